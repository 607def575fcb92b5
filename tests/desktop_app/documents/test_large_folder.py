"""Folders and places that could keep a reader busy for ever."""

import os
import time

import pytest

from desktop_app.documents.document_error import DocumentError
from desktop_app.documents.folder_listing import list_folder
from desktop_app.documents.open_document import preview_document


def test_ten_thousand_files_and_every_kind_of_loop_are_listed_with_counts(tmp_path):
    for part in range(10):
        (tmp_path / str(part)).mkdir()
        for number in range(1_000):
            (tmp_path / str(part) / f"{number:03}.txt").touch()
        (tmp_path / str(part) / "up").symlink_to(tmp_path)
    (tmp_path / "itself").symlink_to("itself")
    (tmp_path / "there.txt").symlink_to("back.txt")
    (tmp_path / "back.txt").symlink_to("there.txt")
    os.mkfifo(tmp_path / "pipe.csv")
    (tmp_path / "zero.csv").symlink_to("/dev/zero")
    begun = time.process_time()
    listing = list_folder(tmp_path)
    preview = preview_document(tmp_path)
    assert time.process_time() - begun < 5.0
    beyond = sum(count for what, count in listing.skipped.items() if "beyond" in what)
    assert len(listing.files) + beyond == 10_000
    assert listing.skipped["links to folders"] == 10
    assert listing.skipped["devices and pipes"] == 2
    assert any("10 links to folders" in warning for warning in preview.warnings)
    assert any("2 devices and pipes" in warning for warning in preview.warnings)


@pytest.mark.parametrize("place", ["/dev/zero", "/dev/random", "/dev/tty", "pipe", "loop"])
def test_a_device_is_no_document_and_nobody_waits_for_it(tmp_path, place):
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "loop").symlink_to("loop")
    begun = time.process_time()
    with pytest.raises(DocumentError):
        preview_document(tmp_path / place)  # an absolute place stays as it is
    assert time.process_time() - begun < 1.0
