import os
import shutil
from pathlib import Path

import pytest
from make_documents import make_docx, make_pdf, make_xlsx

from desktop_app.documents.document_error import DocumentError
from desktop_app.documents.document_kind import document_kind

XLS = Path(__file__).parent / "samples" / "table.xls"


def test_the_content_decides_before_the_name(tmp_path):
    assert document_kind(make_pdf(tmp_path / "a.txt", [["x"]])) == "pdf"
    assert document_kind(make_docx(tmp_path / "b.csv", "")) == "docx"
    assert document_kind(make_xlsx(tmp_path / "c.xls", {"s": [["x"]]})) == "xlsx"
    assert document_kind(Path(shutil.copy(XLS, tmp_path / "d.csv"))) == "xls"
    assert document_kind(tmp_path) == "folder"


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("a.TSV", "csv"),
        ("a.xls", "csv"),
        ("a.ndjson", "jsonl"),
        ("a.md", "markdown"),
        ("a.txt", "txt"),
        ("README", "txt"),
    ],
)
def test_text_is_of_the_kind_that_its_name_says(tmp_path, name, kind):
    (tmp_path / name).write_text("a\tb\n")
    assert document_kind(tmp_path / name) == kind


def test_what_is_no_document_is_refused(tmp_path):
    with pytest.raises(DocumentError, match="cannot be opened"):
        document_kind(tmp_path / "missing.csv")
    os.mkfifo(tmp_path / "pipe.csv")
    with pytest.raises(DocumentError, match="device"):
        document_kind(tmp_path / "pipe.csv")
    shutil.make_archive(str(tmp_path / "files"), "zip", XLS.parent)
    with pytest.raises(DocumentError, match="no workbook"):
        document_kind(tmp_path / "files.zip")
