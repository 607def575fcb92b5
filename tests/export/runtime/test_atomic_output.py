"""Complete or not at all."""

import os
import stat
from pathlib import Path

import pytest

from export.runtime.atomic_output import atomic_output


def test_appears_when_the_block_ends(tmp_path):
    path = tmp_path / "out.txt"
    with atomic_output(path) as stream:
        stream.write(b"new")
        assert not path.exists()
    assert path.read_bytes() == b"new"
    assert [file.name for file in tmp_path.iterdir()] == ["out.txt"]


@pytest.mark.parametrize("error", [KeyboardInterrupt, ValueError, SystemExit])
def test_any_exception_leaves_what_was_there(tmp_path, error):
    path = tmp_path / "out.txt"
    path.write_bytes(b"old")
    with pytest.raises(error), atomic_output(path) as stream:
        stream.write(b"new")
        raise error
    assert path.read_bytes() == b"old"
    assert [file.name for file in tmp_path.iterdir()] == ["out.txt"]


def test_links_and_permissions_stay(tmp_path):
    path, link = tmp_path / "file", tmp_path / "link"
    path.write_bytes(b"old")
    path.chmod(0o640)
    link.symlink_to(path)
    with atomic_output(link) as stream:
        stream.write(b"new")
    assert link.is_symlink()
    assert path.read_bytes() == b"new"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_unwritable_places_are_errors_at_once(tmp_path):
    for path, message in [
        (tmp_path, "is a folder"),
        (tmp_path / "missing" / "out", "No such file"),
        (tmp_path / "file" / "out", "Not a directory"),
    ]:
        (tmp_path / "file").write_bytes(b"")
        with pytest.raises(OSError, match=f"Cannot write .*{message}"), atomic_output(path):
            raise AssertionError("the block must not run")


def test_what_is_no_file_is_written_directly():
    with atomic_output(os.devnull) as stream:
        stream.write(b"x")
    assert stat.S_ISCHR(Path(os.devnull).stat().st_mode)
