"""What all verbs share: options, messages, exit codes."""

from __future__ import annotations

import contextlib
import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, NoReturn

import typer

if TYPE_CHECKING:
    from export.runtime.engine import Engine

AUTO = "auto"  # the bundle of each text's language
ONE_BUNDLE = (
    "Vectors of different bundles cannot be compared, so one bundle embeds every line; name it "
    "with --bundle (`bert-edge list` shows them)."
)
BundleOption = Annotated[str, typer.Option("--bundle", metavar="NAME_OR_PATH")]
RoutedBundleOption = Annotated[
    str,
    typer.Option(
        "--bundle",
        metavar="NAME_OR_PATH",
        help="auto: each line is judged by the sentiment bundle of its language.",
    ),
]
InputOption = Annotated[
    str, typer.Option("--input", metavar="FILE_OR_-", help="UTF-8, one text a line.")
]
OutputOption = Annotated[str, typer.Option("--output", metavar="FILE_OR_-")]
ErrorsOption = Annotated[
    Literal["strict", "replace"],
    typer.Option("--errors", help="strict: stop at invalid UTF-8; replace: U+FFFD."),
]
ThreadsOption = Annotated[
    int | None, typer.Option("--threads", min=1, help="Processors to use; all, if not given.")
]
LongOption = Annotated[
    Literal["truncate", "windows"],
    typer.Option(
        "--long", help="Texts over the limit: read the beginning, or all in overlapping windows."
    ),
]
ResumeOption = Annotated[
    bool,
    typer.Option(
        "--resume", help="Keep what is done beside the output, and go on from it; needs files."
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON.")]
BundleArgument = Annotated[str, typer.Argument(metavar="BUNDLE", help="A name or a path.")]

_TABLES = frozenset({".csv", ".tsv", ".json", ".jsonl", ".ndjson", ".xlsx", ".xls", ".parquet"})
_debug = False  # errors are left as they are


def show_tracebacks(wanted: bool) -> None:
    """Whether errors are left as they are from here on."""
    global _debug
    _debug = wanted


@contextlib.contextmanager
def reported() -> Iterator[None]:
    """Turn errors into a message and an exit code, unless --debug was given."""
    from export.runtime.errors import WorkerError
    from export.runtime.shortage import shortage

    if _debug:
        yield
        return
    try:
        yield
    except KeyboardInterrupt:
        _fail("Stopped. No output was written under its final name.", 130)
    except BrokenPipeError:  # the reader, such as `head`, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        raise typer.Exit(1) from None
    except (ValueError, OSError, MemoryError) as error:
        lacking = shortage(error)
        _fail(lacking or str(error), 1 if lacking else 2)
    except (ArithmeticError, WorkerError) as error:
        _fail(str(error), 1)


def _fail(message: str, code: int) -> NoReturn:
    say(f"bert-edge: {message}")
    raise typer.Exit(code)


def say(message: str) -> None:
    """To people, not into the output."""
    if message:
        print(message, file=sys.stderr)


def print_json(values: Any) -> None:
    """To programs."""
    print(json.dumps(values, indent=2, ensure_ascii=False))


def open_engine(bundle: str, threads: int | None) -> Engine:
    """An Engine for a bundle by name or path, with so many threads; None: all processors.

    A file that is not known here is tried in a process of its own first.
    """
    threads = usable_threads(threads)
    limit_tokenizer(threads)
    from export.runtime.engine import Engine
    from export.runtime.native_notes import native_notes_hidden
    from export.runtime.proof import prove

    proven = prove(bundle)
    with native_notes_hidden(unless=_debug):
        return Engine(proven, num_threads=threads, num_workers=threads)


def usable_threads(threads: int | None) -> int | None:
    """No more than there are processors: each thread more costs memory and gains nothing."""
    from export.runtime.processors import available_processors

    if threads is None or threads <= (most := available_processors()):
        return threads
    say(f"--threads {threads} is more than this process may use; {most} work.")
    return most


def note_on_tables(source: str) -> None:
    """Say that a file of columns or records is read line by line all the same."""
    if Path(source).suffix.lower() in _TABLES:
        say(
            f"{source} is read as plain text, each line a text, headers and quotes included. "
            f"For the columns of a file use `bert-desktop analyze {source}`."
        )


def limit_tokenizer(threads: int | None) -> None:
    """Let the tokenizer use no more processors than it may; before it is imported."""
    if threads is not None:
        os.environ.setdefault("RAYON_NUM_THREADS", str(threads))
