"""`bert-export repack`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from export.commands.conventions import Force, Json, check_output, reported, show


def repack(
    path: Annotated[Path, typer.Argument(metavar="BUNDLE", help="Of an older schema version.")],
    output: Annotated[Path, typer.Option(help="The .tflite file to write.")],
    force: Force = False,
    as_json: Json = False,
) -> None:
    """Bring a bundle of an older schema forward; its answers stay what they are."""
    from export.repack import repack as bring_forward
    from export.runtime.atomic_output import atomic_output

    with reported():
        check_output(output, force=force)
        content, report = bring_forward(path)
        with atomic_output(output) as file:
            file.write(content)
        show({"output": str(output), **report.to_dict()}, report.render(), as_json)
