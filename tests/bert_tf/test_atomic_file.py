from pathlib import Path

import pytest

from bert_tf.atomic_file import atomic_path, sync_folder, sync_tree


def test_a_file_appears_whole_or_not_at_all(tmp_path: Path) -> None:
    target = tmp_path / "file"
    with atomic_path(target) as path:
        path.write_text("old")
        assert not target.exists()
    with pytest.raises(ZeroDivisionError), atomic_path(target) as path:
        path.write_text("half")
        raise ZeroDivisionError
    assert target.read_text() == "old"
    assert list(tmp_path.iterdir()) == [target]


def test_syncing_changes_nothing_and_follows_no_links(tmp_path: Path) -> None:
    (tmp_path / "folder" / "inner").mkdir(parents=True)
    (tmp_path / "folder" / "file").write_text("text")
    (tmp_path / "folder" / "link").symlink_to(tmp_path / "gone")
    sync_tree(tmp_path / "folder")
    assert (tmp_path / "folder" / "file").read_text() == "text"
    with pytest.raises(FileNotFoundError):
        sync_folder(tmp_path / "gone")
