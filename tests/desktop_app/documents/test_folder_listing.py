import os

import pytest

from desktop_app.documents.document_error import DocumentError
from desktop_app.documents.folder_listing import folder_state, list_folder


def state(folder):
    return folder_state(folder, list_folder(folder))


def test_the_state_is_that_of_the_documents_alone(tmp_path):
    (tmp_path / "b").mkdir()
    (tmp_path / "a.csv").write_text("1234")
    (tmp_path / "b" / "c.txt").write_text("12")
    os.utime(tmp_path / "a.csv", ns=(7, 7))
    os.utime(tmp_path / "b" / "c.txt", ns=(9, 9))
    first = state(tmp_path)
    assert (first.size, first.modified_ns) == (6, 9)
    for name in ("p.bertproject", "p.bertproject-wal", "p.bertproject.lock", ".d.csv", "~$e.xlsx"):
        (tmp_path / name).write_text("x")
    assert state(tmp_path) == first
    (tmp_path / "a.csv").rename(tmp_path / "z.csv")
    renamed = state(tmp_path)
    assert renamed.fingerprint != first.fingerprint and renamed.size == first.size


def test_a_link_is_what_it_leads_to(tmp_path):
    folder = tmp_path / "folder"
    folder.mkdir()
    (tmp_path / "far.csv").write_text("1234")
    (folder / "link.csv").symlink_to(tmp_path / "far.csv")
    first = state(folder)
    assert first.size == 4
    (tmp_path / "far.csv").write_text("12345")
    assert state(folder).fingerprint != first.fingerprint


def test_what_cannot_be_reached_is_named(tmp_path):
    (tmp_path / "a.csv").touch()
    (tmp_path / "broken.csv").symlink_to("nowhere")
    listing = list_folder(tmp_path)
    assert [path.name for path in listing.unreachable] == ["broken.csv"]
    assert [path.name for path in listing.files] == ["a.csv"]
    with pytest.raises(DocumentError, match="cannot be listed"):
        list_folder(tmp_path / "none")


def test_a_file_that_vanishes_after_it_was_listed_is_noted(tmp_path):
    (tmp_path / "a.csv").touch()
    listing = list_folder(tmp_path)
    there = folder_state(tmp_path, listing)
    (tmp_path / "a.csv").unlink()
    assert folder_state(tmp_path, listing).fingerprint != there.fingerprint
