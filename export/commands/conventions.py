"""What the verbs of `bert-export` share: exit codes, plain errors, output as text or JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer
from rich.console import Console, RenderableType

from bert_tf.training.run_lock import RunLockedError
from export.failures import failure_text, failures
from export.runtime.shortage import shortage

FAILED, USAGE = 1, 2  # exit codes: the work failed or is not good enough; wrong usage

Json = Annotated[bool, typer.Option("--json", help="Print one JSON object instead of text.")]
TextColumn = Annotated[str, typer.Option(help="Column of the text.")]
DistributionColumn = Annotated[
    str | None, typer.Option(help="Column with a list: share of raters a class.")
]
ValueColumn = Annotated[
    str | None, typer.Option(help="Column with a number that the valence should meet.")
]
Force = Annotated[bool, typer.Option("--force", help="Replace an existing file.")]


@contextmanager
def reported() -> Iterator[None]:
    """End a user's mistake with one line and `USAGE`, work that failed with one and `FAILED`.

    A fault of the program keeps its traceback.
    """
    try:
        yield
    except (typer.Exit, BrokenPipeError):  # the one is a RuntimeError; Typer ends the other
        raise
    except (ImportError, OSError, ValueError, RunLockedError) as error:
        lacking = shortage(error)
        fail(lacking or str(error), FAILED if lacking else USAGE)
    except failures() as error:
        fail(failure_text(error), FAILED)


def fail(message: str, code: int) -> NoReturn:
    """End with one line on standard error."""
    typer.echo(f"bert-export: {message}", err=True)
    raise typer.Exit(code)


def check_output(output: Path, *, force: bool) -> None:
    """End with `USAGE` rather than replace a file that nobody gave up."""
    if output.is_file() and not force:
        fail(f"{output} exists already; choose another name, or add --force.", USAGE)


def show(values: dict[str, Any], rendered: RenderableType, as_json: bool) -> None:
    """Print the values as one JSON object, or what was rendered for people."""
    if as_json:
        content = json.dumps(values, indent=2, ensure_ascii=False)
        # a text may hold half a character, which no terminal takes
        typer.echo(content.encode("utf-8", "backslashreplace").decode("utf-8"))
    else:
        Console().print(rendered)
