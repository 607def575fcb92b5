import errno
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from bert_tf.training.checkpoint_manager import (
    ARRAYS,
    MANIFEST,
    MANIFEST_HASH,
    Checkpoint,
    CheckpointError,
    CheckpointManager,
)

FILES = (ARRAYS, MANIFEST, MANIFEST_HASH)


def checkpoint(step: int) -> Checkpoint:
    arrays = {"w": np.full(5, step, np.float32), "seed": np.asarray(step, np.uint32)}
    return Checkpoint(step=step, arrays=arrays, values={"best": 0.5, "text": "字"})


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def damage(path: Path, how: str, place: float) -> None:
    content = bytearray(path.read_bytes())
    position = min(len(content) - 1, int(place * len(content)))
    if how == "cut":
        del content[position:]
    else:
        content[position] ^= 1 << (position % 8)
    path.write_bytes(content)


def test_the_newest_are_kept(tmp_path: Path) -> None:
    manager = CheckpointManager(folder=tmp_path, keep=2)
    for step in (1, 2, 10):
        manager.save(checkpoint(step))
    assert names(tmp_path) == ["step_00000002", "step_00000010"]
    latest = manager.latest()
    assert latest is not None
    assert latest.step == 10
    assert latest.values == {"best": 0.5, "text": "字"}
    np.testing.assert_array_equal(latest.arrays["w"], np.full(5, 10))
    assert latest.arrays["seed"].shape == () and latest.arrays["seed"] == 10


def test_a_named_one_is_replaced_and_never_dropped(tmp_path: Path) -> None:
    manager = CheckpointManager(folder=tmp_path, keep=1)
    for step in (1, 2):
        manager.save(checkpoint(step), name="best")
    for step in (3, 4):
        manager.save(checkpoint(step))
    best = manager.named("best")
    assert best is not None and best.step == 2
    assert names(tmp_path) == ["best_00000002", "step_00000004"]
    assert manager.named("other") is None


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("how", ["cut", "flip"])
@pytest.mark.parametrize("place", [0.0, 0.2, 0.4, 0.6, 0.8, 1.0])
def test_a_damaged_one_falls_back_to_the_one_before(
    tmp_path: Path, name: str, how: str, place: float
) -> None:
    told: list[Path] = []
    manager = CheckpointManager(folder=tmp_path, on_damaged=lambda path, why: told.append(path))
    manager.save(checkpoint(1))
    newest = manager.save(checkpoint(2))
    damage(newest / name, how, place)
    latest = manager.latest()
    assert latest is not None and latest.step == 1
    assert told == [newest]


@pytest.mark.parametrize("name", FILES)
def test_a_missing_file_is_said_in_the_log(
    tmp_path: Path, name: str, caplog: pytest.LogCaptureFixture
) -> None:
    manager = CheckpointManager(folder=tmp_path)
    manager.save(checkpoint(1))
    (manager.save(checkpoint(2)) / name).unlink()
    latest = manager.latest()
    assert latest is not None and latest.step == 1
    assert "step_00000002 is passed over" in caplog.text and name in caplog.text


def test_all_damaged_is_an_error_and_no_silent_restart(tmp_path: Path) -> None:
    manager = CheckpointManager(folder=tmp_path)
    damage(manager.save(checkpoint(1)) / ARRAYS, "cut", 0.5)
    damage(manager.save(checkpoint(2)) / MANIFEST, "flip", 0.5)
    damage(manager.save(checkpoint(2), name="best") / ARRAYS, "flip", 0.5)
    with pytest.raises(CheckpointError, match=r"step_00000002: .*hash; step_00000001: .*24 bytes"):
        manager.latest()
    with pytest.raises(CheckpointError, match="best_00000002"):
        manager.named("best")


def test_what_was_passed_over_takes_no_place(tmp_path: Path) -> None:
    manager = CheckpointManager(folder=tmp_path, keep=2)
    manager.save(checkpoint(10))
    damage(manager.save(checkpoint(20)) / ARRAYS, "cut", 0.5)
    assert manager.latest() is not None
    manager.save(checkpoint(15))  # a shorter interval than before
    assert names(tmp_path) == ["step_00000010", "step_00000015"]
    damage(manager.save(checkpoint(20)) / ARRAYS, "cut", 0.5)
    again = manager.save(checkpoint(20))
    assert names(tmp_path) == ["step_00000015", again.name]
    latest = manager.latest()
    assert latest is not None and latest.step == 20


def test_what_a_killed_run_left_is_swept(tmp_path: Path) -> None:
    (tmp_path / ".writing-abc").mkdir()
    (tmp_path / ".writing-abc" / ARRAYS).write_bytes(b"half")
    manager = CheckpointManager(folder=tmp_path)
    assert manager.latest() is None
    manager.save(checkpoint(1))
    assert names(tmp_path) == ["step_00000001"]


@pytest.mark.parametrize("failing", ["fsync", "replace"])
def test_a_full_disk_leaves_the_old_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failing: str
) -> None:
    manager = CheckpointManager(folder=tmp_path)
    manager.save(checkpoint(1))

    def full(*arguments: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, failing, full)
    with pytest.raises(CheckpointError, match=r"after step 2 cannot be saved.*No space left"):
        manager.save(checkpoint(2))
    assert names(tmp_path) == ["step_00000001"]


LIMITED = """
import resource, sys
from pathlib import Path
import numpy as np
from bert_tf.training.checkpoint_manager import Checkpoint, CheckpointManager
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
manager = CheckpointManager(folder=Path(sys.argv[1]))
manager.save(Checkpoint(step=1, arrays={"w": np.ones(1000, np.float32)}))
try:
    manager.save(Checkpoint(step=2, arrays={"w": np.ones(100_000, np.float32)}))
except Exception as error:
    print(type(error).__name__, error)
print(manager.latest().step)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="the limit is one of POSIX")
def test_a_disk_that_takes_a_part_of_the_file_leaves_the_old_one(tmp_path: Path) -> None:
    command = [sys.executable, "-c", LIMITED, str(tmp_path)]
    output = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert output.startswith("CheckpointError The state after step 2 cannot be saved")
    assert output.endswith("\n1\n")
    assert names(tmp_path) == ["step_00000001"]


def test_no_checkpoint_is_none(tmp_path: Path) -> None:
    assert CheckpointManager(folder=tmp_path / "nothing").latest() is None
