"""What every verb shares: common options, plain errors, output as text or JSON."""

from __future__ import annotations

import errno
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryFile
from typing import Annotated, Any

import typer

from bert_tf.tensorflow_errors import first_line, tensorflow_errors
from bert_tf.training.run_lock import RunLockedError

INTERRUPTED = 130  # exit code after Ctrl-C, as shells use it
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_SMALLER = "Take a smaller batch size or shorter texts, or close other programs."

Json = Annotated[bool, typer.Option("--json", help="Print one JSON object instead of text.")]
Output = Annotated[Path, typer.Option("--output", "-o", help="Folder to write.")]


@contextmanager
def command(*, needs_tensorflow: bool = True, cpu_devices: int = 1) -> Iterator[None]:
    """TensorFlow loaded; a user's mistake is one line and exit code 2, a failed run 1.

    A `typer.Exit` passes through with its own code, although it is a `RuntimeError`.
    """
    from bert_tf.tensorflow_start import start_tensorflow

    try:
        if needs_tensorflow:
            start_tensorflow(cpu_devices=cpu_devices)
        yield
    except typer.Exit:
        raise
    except (
        ImportError,
        ValueError,
        FileExistsError,
        FileNotFoundError,
        IsADirectoryError,
        NotADirectoryError,
        PermissionError,
        RunLockedError,
    ) as error:
        typer.echo(f"error: {error}", err=True)
        raise typer.Exit(2) from error
    except _failures() as error:
        typer.echo(f"error: {_cause(error)}", err=True)
        raise typer.Exit(1) from error


def _failures() -> tuple[type[Exception], ...]:
    """What a failed run raises; TensorFlow has errors beside Python's own, if it is loaded."""
    return RuntimeError, OSError, MemoryError, *tensorflow_errors()


def _cause(error: BaseException) -> str:
    """One line: what was lacking, and what to do, where that is known."""
    name = type(error).__name__
    if isinstance(error, MemoryError) or name == "ResourceExhaustedError":
        text = f"The memory is not enough ({first_line(error) or name}). {_SMALLER}"
    elif isinstance(error, OSError) and error.errno in _FULL:
        place = f" at {error.filename}" if error.filename else ""
        text = f"The disk is full{place} ({error.strerror}). Make room and run it again."
    elif isinstance(error, tensorflow_errors()):
        text = f"TensorFlow stopped with {name}: {first_line(error)}"
    else:
        text = str(error) or name
    return text


def check_output_file(output: Path, source: Path) -> None:
    """Refuse, before any work is done, a file that cannot be written in the end.

    Args:
        output: the file to write; it may exist.
        source: the file that is read.

    Raises:
        ValueError: if both are the same.
        OSError: if the folder is missing or cannot be written, or a folder lies there.
    """
    if output.resolve() == source.resolve():
        raise ValueError(f"--output {output} is the file that is read; name another.")
    if output.is_dir():
        raise IsADirectoryError(f"--output {output} is a folder; name a file in it.")
    if not output.parent.is_dir():
        raise FileNotFoundError(f"The folder {output.parent} does not exist; make it first.")
    with TemporaryFile(dir=output.parent):
        pass


def say(as_json: bool, content: dict[str, Any], text: str) -> None:
    """Print the answer in the form that was asked for."""
    typer.echo(json.dumps(content, ensure_ascii=False) if as_json else text)
