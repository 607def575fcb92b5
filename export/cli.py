"""`bert-export`: from model folders to proven bundles.

Exit codes: 0 = done, 1 = the work failed, or the model or the bundle is not good enough, 2 = wrong
usage.
"""

from __future__ import annotations

import typer

from bert_tf.tensorflow_start import show_crashes
from export.commands.build import build
from export.commands.calibrate import calibrate
from export.commands.inspect import inspect, recipes
from export.commands.pareto import pareto
from export.commands.prune import prune
from export.commands.repack import repack
from export.commands.verify import verify

app = typer.Typer(
    help="Turn a model folder into a bundle for devices, and prove it.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
for verb in (build, verify, calibrate, inspect, recipes, pareto, prune, repack):
    app.command()(verb)


def main() -> None:
    """Entry point of the console script."""
    show_crashes()
    app()
