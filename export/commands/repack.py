"""`bert-export repack`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, NoReturn

import typer

FAILED, USAGE = 1, 2


def repack(
    path: Annotated[Path, typer.Argument(metavar="BUNDLE", help="Of an older schema version.")],
    output: Annotated[Path, typer.Option(help="The .tflite file to write.")],
    force: Annotated[bool, typer.Option("--force", help="Replace an existing file.")] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print one JSON object instead of a line.")
    ] = False,
) -> None:
    """Bring a bundle of an older schema forward; its answers stay what they are."""
    from export.errors import ExportError
    from export.repack import repack as bring_forward
    from export.runtime.atomic_output import atomic_output

    if output.is_file() and not force:
        _fail(f"{output} exists already; choose another name, or add --force.", USAGE)
    try:
        content, report = bring_forward(path)
        with atomic_output(output) as file:
            file.write(content)
    except ExportError as error:
        _fail(str(error), FAILED)
    except (OSError, ValueError) as error:  # a BundleError is a ValueError
        _fail(str(error), USAGE)
    values = {"output": str(output), **report.to_dict()}
    typer.echo(json.dumps(values, indent=2, ensure_ascii=False) if as_json else report.render())


def _fail(message: str, code: int) -> NoReturn:
    typer.echo(f"bert-export: {message}", err=True)
    raise typer.Exit(code)
