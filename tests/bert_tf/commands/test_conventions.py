import errno
from pathlib import Path

import pytest
import tensorflow as tf
import typer

from bert_tf.commands.conventions import command
from bert_tf.training.checkpoint_manager import CheckpointError
from bert_tf.training.run_lock import RunLockedError, run_lock


def outcome(error: BaseException, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    with pytest.raises(typer.Exit) as stop, command(needs_tensorflow=False):
        raise error
    return stop.value.exit_code, capsys.readouterr().err


@pytest.mark.parametrize(
    ("error", "code", "line"),
    [
        (ValueError("rate must be positive."), 2, "rate must be positive."),
        (RunLockedError("Another run is at work."), 2, "Another run is at work."),
        (CheckpointError("No checkpoint is intact."), 1, "No checkpoint is intact."),
        (
            OSError(errno.ENOSPC, "No space left on device", "/full/v.npy"),
            1,
            "The disk is full at /full/v.npy (No space left on device). Make room and run it "
            "again.",
        ),
        (OSError(errno.EIO, "Input/output error"), 1, "[Errno 5] Input/output error"),
        (
            MemoryError(),
            1,
            "The memory is not enough (MemoryError). Take a smaller batch size or shorter texts, "
            "or close other programs.",
        ),
        (
            tf.errors.ResourceExhaustedError(None, None, "OOM when allocating tensor\n\t[[node]]"),
            1,
            "The memory is not enough (OOM when allocating tensor). Take a smaller batch size or "
            "shorter texts, or close other programs.",
        ),
        (
            tf.errors.InvalidArgumentError(None, None, "\nindices[0] = 9 is not in [0, 3)\nmore"),
            1,
            "TensorFlow stopped with InvalidArgumentError: indices[0] = 9 is not in [0, 3)",
        ),
    ],
)
def test_a_failure_is_one_line_with_its_code(
    error: BaseException, code: int, line: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert outcome(error, capsys) == (code, f"error: {line}\n")


def test_a_second_run_on_a_folder_is_a_mistake(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with run_lock(tmp_path), pytest.raises(typer.Exit) as stop, command(needs_tensorflow=False):
        run_lock(tmp_path).__enter__()
    assert stop.value.exit_code == 2
    assert "Another run is at work" in capsys.readouterr().err


def test_what_is_no_known_failure_keeps_its_traceback() -> None:
    with pytest.raises(ZeroDivisionError), command(needs_tensorflow=False):
        raise ZeroDivisionError
    with pytest.raises(typer.Exit) as stop, command(needs_tensorflow=False):
        raise typer.Exit(130)
    assert stop.value.exit_code == 130
