"""`bert-edge`: use bundles from the command line.

Exit codes: 0 done, 1 a self-test failed or the work broke off, 2 a mistake in what was given,
130 Ctrl-C.
"""

from __future__ import annotations

import signal
import sys
from typing import Annotated, NoReturn

import typer

from export.runtime import stop_request
from export.runtime.commands.bundles import bench, inspect, list_command, selftest
from export.runtime.commands.conventions import show_tracebacks
from export.runtime.commands.judge import classify, explain
from export.runtime.commands.vectors import embed, similarity

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="Run BERT bundles on this machine: sentiment, topics, sentence vectors. Offline.",
)
app.command()(classify)
app.command()(explain)
app.command()(similarity)
app.command()(embed)
app.command("list")(list_command)
app.command()(inspect)
app.command()(selftest)
app.command()(bench)


@app.callback()
def _options(
    debug: Annotated[bool, typer.Option("--debug", help="Show tracebacks, anywhere.")] = False,
) -> None:
    """The option is taken out by `main`; it is declared here for the help."""


def main() -> None:
    """The console script."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    signal.signal(signal.SIGTERM, _terminate)
    stop_request.listen()
    arguments = sys.argv[1:]
    show_tracebacks("--debug" in arguments)
    try:
        app(
            args=[argument for argument in arguments if argument != "--debug"],
            prog_name="bert-edge",
        )
    except KeyboardInterrupt:
        print("bert-edge: Stopped.", file=sys.stderr)
        sys.exit(130)


def _terminate(*_: object) -> NoReturn:
    raise SystemExit(143)  # so that temporary files are removed
