"""`bert-export`: build, verify and inspect bundles.

Exit codes: 0 = done, 1 = the model or the bundle is not good enough, 2 = wrong usage.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer
from rich.console import Console, RenderableType
from rich.progress import Progress

from export.commands.pareto import pareto
from export.commands.prune import prune
from export.commands.repack import repack
from export.recipes import RECIPES, find_recipe

FAILED, USAGE = 1, 2
app = typer.Typer(
    help="Turn a model folder into a bundle for devices, and prove it.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command()(pareto)
app.command()(prune)
app.command()(repack)
_Json = Annotated[bool, typer.Option("--json", help="Print one JSON object instead of a table.")]


@app.command()
def build(
    folder: Annotated[Path, typer.Argument(metavar="MODEL_FOLDER", help="From bert-tf.")],
    output: Annotated[Path, typer.Option(help="The .tflite file to write.")],
    recipe: Annotated[str, typer.Option(help=f"One of: {', '.join(RECIPES)}.")] = (
        "dynamic_wi8_afp32"
    ),
    data: Annotated[
        Path | None,
        typer.Option(help="Texts for a mixed or a static recipe: .txt, .csv or .jsonl."),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace an existing file.")] = False,
    as_json: _Json = False,
) -> None:
    """Convert, quantize and pack a model."""
    from export.errors import ExportError

    try:
        chosen = find_recipe(recipe)
    except ValueError as error:
        _fail(str(error), USAGE)
    if chosen.why_texts is not None and data is None:
        _fail(f"{recipe} {chosen.why_texts}: name some, --data.", USAGE)
    if chosen.why_texts is None and data is not None:
        _fail(f"{recipe} does not look at texts; leave --data out.", USAGE)
    _check_output(output, force=force)
    _start_tensorflow()
    from export.build import build_from_folder
    from export.runtime.atomic_output import atomic_output
    from export.texts import read_texts

    try:
        texts = None if data is None else read_texts(data)
        with atomic_output(output) as file, _kernel_progress(quiet=as_json) as progress:
            content, report = build_from_folder(folder, chosen, texts=texts, progress=progress)
            file.write(content)
    except ExportError as error:
        _fail(str(error), FAILED)
    except (OSError, ValueError) as error:
        _fail(str(error), USAGE)
    _show({"output": str(output), **report.to_dict()}, report.render(), as_json)


@app.command()
def verify(
    path: Annotated[Path, typer.Argument(metavar="BUNDLE", help="The .tflite file.")],
    reference: Annotated[Path, typer.Option(help="The model folder it was built from.")],
    data: Annotated[Path, typer.Option(help="At least 500 texts: .txt, .csv or .jsonl.")],
    as_json: _Json = False,
) -> None:
    """Compare a bundle with its float model on real text; exit 1 beyond the tolerance."""
    from export.runtime.bundle import read_bundle
    from export.texts import read_texts

    try:
        texts = read_texts(data)
        bundle = read_bundle(path)
    except (OSError, ValueError) as error:
        _fail(str(error), USAGE)
    _start_tensorflow()
    from bert_tf.models.model_folder import load_model
    from export.verify import verify as compare

    try:
        report = compare(bundle, load_model(reference), texts)
    except (OSError, ValueError) as error:
        _fail(str(error), USAGE)
    _show(report.to_dict(), report.render(), as_json)
    if not report.passed:
        raise typer.Exit(FAILED)


@app.command()
def inspect(
    path: Annotated[Path, typer.Argument(metavar="BUNDLE", help="The .tflite file.")],
    as_json: _Json = False,
) -> None:
    """Show a bundle's operators and how the delegate cuts its graph."""
    from export.graph_inspection import inspect_graph
    from export.report import render_graph
    from export.runtime.bundle import read_bundle

    try:
        facts = inspect_graph(read_bundle(path).graph)
    except (OSError, ValueError) as error:
        _fail(str(error), USAGE)
    _show(dataclasses.asdict(facts), render_graph(facts), as_json)


@app.command()
def recipes(as_json: _Json = False) -> None:
    """List the recipes."""
    values = {item.name: item.description for item in RECIPES.values()}
    lines = "\n".join(f"{name}  {text}" for name, text in values.items())
    _show(values, lines, as_json)


def main() -> None:
    """Entry point of the console script."""
    app()


@contextmanager
def _kernel_progress(*, quiet: bool) -> Iterator[Callable[[int, int], None]]:
    """A bar on standard error while kernels or texts are measured."""
    with Progress(console=Console(stderr=True), disable=quiet, transient=True) as bar:
        shown = bar.add_task("measuring", total=None, visible=False)
        yield lambda done, total: bar.update(shown, completed=done, total=total, visible=True)


def _check_output(output: Path, *, force: bool) -> None:
    if output.is_file() and not force:
        _fail(f"{output} exists already; choose another name, or add --force.", USAGE)


def _start_tensorflow() -> None:
    from bert_tf.tensorflow_start import start_tensorflow

    try:
        start_tensorflow()
    except ImportError as error:
        _fail(str(error), USAGE)


def _show(values: dict[str, Any], rendered: RenderableType, as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps(values, indent=2, ensure_ascii=False))
    else:
        Console().print(rendered)


def _fail(message: str, code: int) -> NoReturn:
    typer.echo(f"bert-export: {message}", err=True)
    raise typer.Exit(code)
