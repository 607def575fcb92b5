import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from bert_tf.training.run_lock import LOCK, RunLockedError, run_lock

HOLD = """
import sys, time
from pathlib import Path
from bert_tf.training.run_lock import run_lock
with run_lock(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


def test_a_second_run_is_refused_with_the_name_of_the_first(tmp_path: Path) -> None:
    folder = tmp_path / "runs" / "mine"
    with (
        run_lock(folder),
        pytest.raises(RunLockedError, match=rf"process {os.getpid()} on {socket.gethostname()}"),
        run_lock(folder),
    ):
        raise AssertionError("both hold the lock")
    with run_lock(folder), run_lock(tmp_path / "runs" / "other"):
        assert (folder / LOCK).read_text().startswith("{")


def test_the_lock_ends_with_an_error_too(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), run_lock(tmp_path):
        raise ZeroDivisionError
    with run_lock(tmp_path):
        pass
    assert (tmp_path / LOCK).read_bytes() == b""


def test_a_killed_process_leaves_no_lock(tmp_path: Path) -> None:
    command = [sys.executable, "-c", HOLD, str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None and holder.stdout.readline() == "held\n"
        with pytest.raises(RunLockedError, match=f"process {holder.pid} "), run_lock(tmp_path):
            raise AssertionError("both hold the lock")
        holder.kill()
    with run_lock(tmp_path):  # what the dead one wrote into the file does not matter
        assert f'"pid": {os.getpid()}' in (tmp_path / LOCK).read_text()


def test_a_damaged_lock_file_does_not_hide_the_refusal(tmp_path: Path) -> None:
    with run_lock(tmp_path):
        (tmp_path / LOCK).write_bytes(b"\xff\x00")
        with pytest.raises(RunLockedError, match=rf"at work in {tmp_path}\. "), run_lock(tmp_path):
            raise AssertionError("both hold the lock")
