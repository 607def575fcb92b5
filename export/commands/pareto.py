"""`bert-export pareto`."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from export.commands.conventions import (
    FAILED,
    DistributionColumn,
    Json,
    TextColumn,
    ValueColumn,
    reported,
)
from export.commands.conventions import show as show_values
from export.recipes import RECIPES, Recipe, find_recipe

if TYPE_CHECKING:
    from export.pareto.comparison import Comparison
    from export.pareto.report import ParetoReport

JSON_FILE, PAGE_FILE, PLOT_FILE = "pareto.json", "pareto.html", "pareto.png"


def pareto(
    folder: Annotated[Path, typer.Argument(metavar="MODEL_FOLDER", help="From bert-tf.")],
    data: Annotated[Path, typer.Option(help="Texts to compare on: .txt, .csv or .jsonl.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="Folder to write.")] = Path(
        "pareto"
    ),
    recipes: Annotated[
        str | None, typer.Option(metavar="A,B,C", help="Those to compare; all, if not given.")
    ] = None,
    max_size: Annotated[
        str | None, typer.Option(metavar="SIZE", help="Largest file, such as 16MB or 16MiB.")
    ] = None,
    max_loss: Annotated[
        float | None, typer.Option(metavar="POINTS", help="Largest loss, in percent points.")
    ] = None,
    text_column: TextColumn = "text",
    label_column: Annotated[
        str | None, typer.Option(help="Column of the class; `label` is read where there is one.")
    ] = None,
    distribution_column: DistributionColumn = None,
    value_column: ValueColumn = None,
    build_data: Annotated[
        Path | None, typer.Option(help="Other texts for recipes that are fitted to texts.")
    ] = None,
    seconds: Annotated[
        float, typer.Option(min=0.0, max=3600.0, help="To measure the speed of each recipe.")
    ] = 20.0,
    rounds: Annotated[
        int, typer.Option(min=1, max=99, help="That these seconds are cut into, in turns.")
    ] = 3,
    show: Annotated[int, typer.Option(min=0, help="Texts of disagreement a recipe.")] = 20,
    rebuild: Annotated[
        bool, typer.Option("--rebuild", help="Build also what an earlier run has built.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Build every recipe, measure size, memory, speed and loss, and recommend one.

    Exit code 1: no recipe is within the bounds. Builds that finished are kept in the output
    folder; the same command goes on from them.

    Example: bert-export pareto runs/mine/model --data dev.csv --max-size 16MB --max-loss 0.5
    """
    from bert_tf.tensorflow_start import start_tensorflow
    from bert_tf.training.run_lock import run_lock
    from export.pareto.byte_size import parse_byte_size
    from export.pareto.recommendation import Bounds

    with reported():
        chosen = _recipes(recipes)
        size = None if max_size is None else parse_byte_size(max_size)
        bounds = Bounds(max_size=size, max_loss=max_loss)
        _check_inputs(data, *([] if build_data is None else [build_data]))
        start_tensorflow()
        from export.pareto.comparison import Comparison
        from export.pareto.trial_data import TrialColumns

        columns = TrialColumns(
            text=text_column,
            label=label_column,
            distribution=distribution_column,
            value=value_column,
        )
        comparison = Comparison(
            folder=folder, output=output, recipes=chosen, data=data, columns=columns,
            build_data=build_data, bounds=bounds, seconds=seconds, rounds=rounds, shown=show,
            rebuild=rebuild,
        )  # fmt: skip
        with run_lock(output):
            report = _run(comparison)
        from export.pareto.terminal import render_terminal

        show_values(report.to_dict(), render_terminal(report), as_json)
    if report.recommendation.recipe is None:
        raise typer.Exit(FAILED)


def _run(comparison: Comparison) -> ParetoReport:
    """Compare, and write the three files."""
    from export.pareto.comparison import compare
    from export.pareto.page import render_page
    from export.pareto.plot import render_plot
    from export.runtime.atomic_output import atomic_output

    with _progress() as progress:
        report = compare(comparison, progress=progress)
    plot = render_plot(report) if report.measured else None
    files = {
        JSON_FILE: json.dumps(report.to_dict(), indent=2, ensure_ascii=False).encode(
            "utf-8", "backslashreplace"
        ),
        PAGE_FILE: render_page(report, plot).encode("utf-8", "replace"),
        PLOT_FILE: plot,
    }
    for name, content in files.items():
        if content is None:
            (comparison.output / name).unlink(missing_ok=True)  # of an earlier run
            continue
        with atomic_output(comparison.output / name) as file:
            file.write(content)
    return report


def _recipes(names: str | None) -> tuple[Recipe, ...]:
    """Those named, each once, or all."""
    if names is None:
        return tuple(RECIPES.values())
    chosen = tuple(dict.fromkeys(name.strip() for name in names.split(",") if name.strip()))
    if not chosen:
        raise ValueError(f"Name at least one recipe of {', '.join(RECIPES)}, or leave it out.")
    return tuple(map(find_recipe, chosen))


def _check_inputs(*files: Path) -> None:
    """Mistakes that are told before TensorFlow is loaded."""
    for file in files:
        if not file.is_file():
            raise FileNotFoundError(f"{file} is not a file; name one with texts.")


@contextmanager
def _progress() -> Iterator[Callable[[str, int, int], None]]:
    """A bar on standard error; a line a step where there is no terminal."""
    from bert_tf.progress_bar import make_bar, say_plainly

    bar, plain = make_bar(quiet=False)
    start = time.monotonic()
    with bar:
        shown = bar.add_task("", total=None, rate="")

        def update(what: str, done: int, total: int) -> None:
            bar.update(shown, description=what, completed=done, total=total)
            if plain:
                say_plainly(f"{done}/{total} {what}{_left(time.monotonic() - start, done, total)}")

        yield update


def _left(elapsed: float, done: int, total: int) -> str:
    """For example ", about 2:05 left"; nothing before the first step is done."""
    if not 0 < done < total:
        return ""
    left = round(elapsed / done * (total - done))
    return f", about {left // 60}:{left % 60:02} left"
