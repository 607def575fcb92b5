"""`bert-export inspect` and `recipes`: what a bundle holds, and how one can be stored."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Annotated

import typer

from export.commands.conventions import Json, reported, show
from export.recipes import RECIPES


def inspect(
    path: Annotated[Path, typer.Argument(metavar="BUNDLE", help="The .tflite file.")],
    as_json: Json = False,
) -> None:
    """Show a bundle's operators and how the delegate cuts its graph.

    A file that is not known here is tried in a process of its own first.
    """
    from export.graph_inspection import inspect_graph
    from export.report import render_graph
    from export.runtime.proof import prove

    with reported():
        facts = inspect_graph(prove(path).graph)
        show(dataclasses.asdict(facts), render_graph(facts), as_json)


def recipes(as_json: Json = False) -> None:
    """List the recipes."""
    with reported():
        values = {item.name: item.description for item in RECIPES.values()}
        lines = "\n".join(f"{name}  {text}" for name, text in values.items())
        show(values, lines, as_json)
