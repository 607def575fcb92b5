import errno
import os
from pathlib import Path

import pytest

from bert_tf import atomic_folder as module
from bert_tf.atomic_folder import atomic_folder


def test_a_folder_appears_whole_and_replaces_its_like(tmp_path: Path) -> None:
    for content in ("one", "two"):
        with atomic_folder(tmp_path / "deep" / "new", marker="mark") as folder:
            (folder / "mark").write_text(content)
            (folder / "inner").mkdir()
            (folder / "inner" / "file").write_text(content)
            assert not (tmp_path / "deep" / "new" / "mark").exists() or content == "two"
        assert (tmp_path / "deep" / "new" / "inner" / "file").read_text() == content
    assert [path.name for path in (tmp_path / "deep").iterdir()] == ["new"]


def test_an_error_leaves_what_was_there(tmp_path: Path) -> None:
    with atomic_folder(tmp_path / "a", marker="mark") as folder:
        (folder / "mark").write_text("old")
    for error in (RuntimeError, KeyboardInterrupt):
        with pytest.raises(error), atomic_folder(tmp_path / "a", marker="mark") as folder:
            (folder / "mark").write_text("new")
            raise error
    assert (tmp_path / "a" / "mark").read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


def test_stopped_between_the_two_moves_the_old_one_comes_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with atomic_folder(tmp_path / "a", marker="mark") as folder:
        (folder / "mark").write_text("old")
    moves: list[str] = []
    real = os.replace

    def replace(source: Path, target: Path) -> None:
        moves.append(str(source))
        if len(moves) == 2:
            raise OSError(errno.EIO, "Input/output error")
        real(source, target)

    monkeypatch.setattr(module.os, "replace", replace)
    with (
        pytest.raises(OSError, match="Input/output"),
        atomic_folder(tmp_path / "a", marker="mark") as folder,
    ):
        (folder / "mark").write_text("new")
    assert (tmp_path / "a" / "mark").read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


def test_what_is_not_its_like_is_never_replaced(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("mine")
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "file").write_text("mine")
    for target in (file, folder):
        with (
            pytest.raises(FileExistsError, match="holds something else"),
            atomic_folder(target, marker="mark"),
        ):
            raise AssertionError("must not be entered")
    assert file.read_text() == (folder / "file").read_text() == "mine"
    (folder / "file").unlink()
    with atomic_folder(folder, marker="mark") as inside:  # an empty folder is nobody's
        (inside / "mark").touch()
    assert (folder / "mark").exists()
