import io
import zipfile
from pathlib import Path

import pytest
from make_documents import make_docx, replace_part

from desktop_app.documents import zip_guard
from desktop_app.documents.document_error import DocumentError
from desktop_app.documents.open_document import preview_document
from desktop_app.documents.zip_guard import open_zip


def zip_of(size: int) -> io.BytesIO:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("part.xml", b"\0" * size)
    return stream


def test_what_unpacks_to_a_hundred_times_its_size_is_refused():
    with pytest.raises(DocumentError, match="100 times") as caught:
        open_zip(zip_of(70 << 20), Path("bomb.xlsx"))
    assert caught.value.reason == "too large"
    assert open_zip(zip_of(1 << 20), Path("small.xlsx")).namelist() == ["part.xml"]


def test_sizes_of_many_parts_are_added_up(monkeypatch):
    monkeypatch.setattr(zip_guard, "MAX_UNPACKED_BYTES", 1000)
    with pytest.raises(DocumentError, match="unpacks"):
        open_zip(zip_of(1001), Path("large.xlsx"))


def test_a_part_that_lies_about_its_size_gives_no_more_than_it_declares(tmp_path):
    body = "<w:p><w:r><w:t>" + "x" * 100_000 + "</w:t></w:r></w:p>"
    path = make_docx(tmp_path / "liar.docx", body)
    data = path.read_bytes()
    with zipfile.ZipFile(path) as archive:
        real = archive.getinfo("word/document.xml").file_size
    path.write_bytes(data.replace(real.to_bytes(4, "little"), (500).to_bytes(4, "little")))
    with pytest.raises(DocumentError, match="damaged"):
        preview_document(path)


@pytest.mark.parametrize("part", ["word/document.xml", "word/styles.xml", "_rels/.rels"])
def test_declared_entities_are_refused_in_every_part(tmp_path, part):
    path = make_docx(tmp_path / "bomb.docx", "")
    replace_part(path, part, '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'.encode("utf-16"))
    with pytest.raises(DocumentError, match="entities"):
        preview_document(path)
