"""What every verb shares: common options, plain errors, output as text or JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

INTERRUPTED = 130  # exit code after Ctrl-C, as shells use it

Json = Annotated[bool, typer.Option("--json", help="Print one JSON object instead of text.")]
Output = Annotated[Path, typer.Option("--output", "-o", help="Folder to write.")]


class PoolingChoice(StrEnum):
    """Ways from token vectors to one vector."""

    mean = "mean"
    cls = "cls"


@contextmanager
def command(*, needs_tensorflow: bool = True) -> Iterator[None]:
    """TensorFlow loaded; a user's mistake is one line and exit code 2, a failed run 1.

    A `typer.Exit` passes through with its own code, although it is a `RuntimeError`.
    """
    from bert_tf.tensorflow_start import start_tensorflow

    try:
        if needs_tensorflow:
            start_tensorflow()
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
    ) as error:
        typer.echo(f"error: {error}", err=True)
        raise typer.Exit(2) from error
    except (RuntimeError, OSError) as error:
        typer.echo(f"error: {error}", err=True)
        raise typer.Exit(1) from error


def say(as_json: bool, content: dict[str, Any], text: str) -> None:
    """Print the answer in the form that was asked for."""
    typer.echo(json.dumps(content, ensure_ascii=False) if as_json else text)
