"""`bert-export build`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress

from bert_tf.tensorflow_start import start_tensorflow
from export.commands.conventions import USAGE, Force, Json, check_output, fail, reported, show
from export.recipes import RECIPES, find_recipe


def build(
    folder: Annotated[Path, typer.Argument(metavar="MODEL_FOLDER", help="From bert-tf.")],
    output: Annotated[Path, typer.Option(help="The .tflite file to write.")],
    recipe: Annotated[str, typer.Option(help=f"One of: {', '.join(RECIPES)}.")] = (
        "dynamic_wi8_afp32"
    ),
    data: Annotated[
        Path | None,
        typer.Option(
            help="At least 100 real texts, .txt, .csv or .jsonl: a mixed or a static recipe is "
            "fitted to some, and the answers are compared on the others."
        ),
    ] = None,
    force: Force = False,
    as_json: Json = False,
) -> None:
    """Convert, quantize and pack a model; exit 1 beyond the recipe's tolerance.

    The answers are compared with the float model's on the texts of --data, or without on the nine
    golden texts, which are too few for low percentiles and correlations.
    """
    with reported():
        chosen = find_recipe(recipe)
        if chosen.why_texts is not None and data is None:
            fail(f"{recipe} {chosen.why_texts}: name some, --data.", USAGE)
        check_output(output, force=force)
        start_tensorflow()
        from export.build import build_from_folder
        from export.runtime.atomic_output import atomic_output
        from export.texts import read_texts

        texts = None if data is None else read_texts(data)
        with atomic_output(output) as file, _kernel_progress(quiet=as_json) as progress:
            content, report = build_from_folder(folder, chosen, texts=texts, progress=progress)
            file.write(content)
        show({"output": str(output), **report.to_dict()}, report.render(), as_json)


@contextmanager
def _kernel_progress(*, quiet: bool) -> Iterator[Callable[[int, int], None]]:
    """A bar on standard error while kernels or texts are measured."""
    with Progress(console=Console(stderr=True), disable=quiet, transient=True) as bar:
        shown = bar.add_task("measuring", total=None, visible=False)
        yield lambda done, total: bar.update(shown, completed=done, total=total, visible=True)
