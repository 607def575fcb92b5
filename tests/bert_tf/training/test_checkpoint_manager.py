from pathlib import Path

import numpy as np
import pytest

from bert_tf.training.checkpoint_manager import ARRAYS, MANIFEST, Checkpoint, CheckpointManager


def checkpoint(step: int) -> Checkpoint:
    return Checkpoint(step=step, arrays={"w": np.full(5, step, np.float32)}, values={"best": 0.5})


def test_the_newest_are_kept(tmp_path: Path) -> None:
    manager = CheckpointManager(folder=tmp_path, keep=2)
    for step in (1, 2, 10):
        manager.save(checkpoint(step))
    assert [path.name for path in sorted(tmp_path.iterdir())] == ["step_00000002", "step_00000010"]
    latest = manager.latest()
    assert latest is not None
    assert latest.step == 10
    assert latest.values == {"best": 0.5}
    np.testing.assert_array_equal(latest.arrays["w"], np.full(5, 10))


def test_a_named_one_is_replaced_and_never_dropped(tmp_path: Path) -> None:
    manager = CheckpointManager(folder=tmp_path, keep=1)
    manager.save(checkpoint(1), name="best")
    manager.save(checkpoint(2), name="best")
    manager.save(checkpoint(3))
    manager.save(checkpoint(4))
    best = manager.named("best")
    assert best is not None and best.step == 2
    assert not list(tmp_path.glob(".*"))


@pytest.mark.parametrize("name", [ARRAYS, MANIFEST])
@pytest.mark.parametrize("damage", ["cut", "flip", "gone"])
def test_a_damaged_one_falls_back_to_the_one_before(tmp_path: Path, name: str, damage: str) -> None:
    manager = CheckpointManager(folder=tmp_path)
    manager.save(checkpoint(1))
    path = manager.save(checkpoint(2)) / name
    content = bytearray(path.read_bytes())
    if damage == "gone":
        path.unlink()
    elif damage == "cut":
        path.write_bytes(content[: len(content) // 2])
    else:
        content[len(content) // 2] ^= 0xFF
        path.write_bytes(content)
    latest = manager.latest()
    assert latest is not None and latest.step == 1


def test_a_full_disk_leaves_the_old_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    manager = CheckpointManager(folder=tmp_path)
    manager.save(checkpoint(1))

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="No space left"):
        manager.save(checkpoint(2))
    assert [path.name for path in tmp_path.iterdir()] == ["step_00000001"]


def test_no_checkpoint_is_none(tmp_path: Path) -> None:
    assert CheckpointManager(folder=tmp_path / "nothing").latest() is None
