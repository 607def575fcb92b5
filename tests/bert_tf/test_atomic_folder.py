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


def test_what_the_block_did_not_write_comes_along_where_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "far").write_text("not ours")
    target = tmp_path / "a"
    with atomic_folder(target, marker="mark") as folder:
        (folder / "mark").write_text("old")
    (target / "notes").write_text("mine")
    (target / "notes").chmod(0o444)
    (target / "deep" / "er").mkdir(parents=True)
    (target / "deep" / "er" / "file").write_text("mine too")
    (target / "deep" / "out").symlink_to(elsewhere)
    (target / "link").symlink_to("../elsewhere")
    (target / "gone").symlink_to("nowhere")
    opened: list[tuple[str, int]] = []
    real = os.open

    def watched(path: Path, flags: int, *more: int, **others: int) -> int:
        opened.append((Path(path).name, flags))
        return real(path, flags, *more, **others)

    monkeypatch.setattr(module.os, "open", watched)
    for content in ("new", "newer"):
        with atomic_folder(target, marker="mark", keep_others=True) as folder:
            (folder / "mark").write_text(content)
            assert [path.name for path in folder.iterdir()] == ["mark"]
    names = ["deep", "gone", "link", "mark", "notes"]
    assert sorted(path.name for path in target.iterdir()) == names
    assert (target / "mark").read_text() == "newer"
    assert (target / "deep" / "er" / "file").read_text() == "mine too"
    assert (target / "link").readlink() == Path("../elsewhere")
    assert (target / "gone").readlink() == Path("nowhere")
    assert (target / "deep" / "out").is_symlink()
    assert (target / "notes").stat().st_mode & 0o777 == 0o444
    flags = {flag & os.O_RDWR for name, flag in opened if name == "notes"}
    assert flags == {0} or os.name == "nt"  # read-only files are synced as such
    assert "far" not in {name for name, _ in opened}
    with atomic_folder(target, marker="mark") as folder:  # not asked
        (folder / "mark").write_text("alone")
    assert [path.name for path in target.iterdir()] == ["mark"]
    assert (elsewhere / "far").read_text() == "not ours"


def test_what_cannot_come_along_stops_the_replacement(tmp_path: Path) -> None:
    target = tmp_path / "a"
    with atomic_folder(target, marker="mark") as folder:
        (folder / "mark").write_text("old")
    os.mkfifo(target / "pipe")
    with (
        pytest.raises(OSError, match="pipe"),
        atomic_folder(target, marker="mark", keep_others=True) as folder,
    ):
        (folder / "mark").write_text("new")
    assert (target / "mark").read_text() == "old" and (target / "pipe").exists()
    assert [path.name for path in tmp_path.iterdir()] == ["a"]
