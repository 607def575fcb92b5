"""Errors that say that the machine ran out of something."""

import errno

import pytest

from export.runtime.atomic_output import atomic_output
from export.runtime.shortage import shortage


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EFBIG])
def test_a_full_disk_is_told_with_its_place(number):
    line = shortage(OSError(number, "No room", "/full/x.npy"))
    assert line == "The disk is full at /full/x.npy (No room). Make room and run it again."


def test_lack_of_memory():
    rest = " Close other programs, or ask for less at once."
    assert shortage(MemoryError()) == f"The memory is not enough.{rest}"
    assert shortage(MemoryError("9 GiB.")) == f"The memory is not enough (9 GiB).{rest}"
    assert "(Cannot allocate)" in shortage(OSError(errno.ENOMEM, "Cannot allocate"))


def test_other_errors_are_not_meant():
    for error in (ValueError("x"), OSError("x"), PermissionError(errno.EACCES, "no"), KeyError()):
        assert shortage(error) is None


def test_a_file_that_cannot_be_begun_tells_why(tmp_path, monkeypatch):
    def refuse(*_):
        raise OSError(errno.EDQUOT, "Disk quota exceeded")

    monkeypatch.setattr("pathlib.Path.open", refuse)
    with pytest.raises(OSError, match="Cannot write") as caught, atomic_output(tmp_path / "x"):
        pass
    assert "The disk is full" in shortage(caught.value)
