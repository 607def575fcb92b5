"""`bert-desktop rescue`: what can be read of a damaged project, saved into a new one.

Exit codes: 0 done, 1 nothing could be read, 2 a mistake in what was given.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from desktop_app.projects.project_error import ProjectError
from desktop_app.projects.rescue import rescue_project


def run_rescue(words: Sequence[str]) -> int:
    """Run the verb.

    Args:
        words: the command line behind `rescue`.

    Returns:
        The exit code.
    """
    arguments = rescue_parser().parse_args(words)
    try:
        saved = rescue_project(arguments.project, arguments.output)
    except ProjectError as error:
        return _fail(str(error), 1 if error.reason == "damaged" else 2)
    except OSError as error:
        return _fail(f"{arguments.project} cannot be read: {error.strerror or error}.", 2)
    print(
        f"{arguments.output}: {saved.rows:,} rows and {saved.labels:,} labels; "
        f"{saved.rows_lost:,} rows are lost."
    )
    return 0


def rescue_parser() -> argparse.ArgumentParser:
    """What can be said, in the words of `--help`."""
    parser = argparse.ArgumentParser(
        prog="bert-desktop rescue",
        description="Save what can still be read of a damaged project into a new one; the damaged "
        "file is left as it is.",
    )
    parser.add_argument("project", type=Path, help="the damaged file (.bertproject)")
    parser.add_argument("--output", type=Path, required=True, help="the new project to write")
    return parser


def _fail(message: str, code: int) -> int:
    print(f"bert-desktop rescue: {message}", file=sys.stderr)
    return code
