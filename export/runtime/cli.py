"""`bert-edge`: use bundles from the command line.

Exit codes: 0 done, 1 a self-test failed or the work broke off, 2 a mistake in what was given,
130 Ctrl-C, 129 and 143 where the terminal was closed or the process told to end.
"""

# What takes time to import is imported inside `main`, where Ctrl-C is heard.
import io
import os
import sys

TYPE_CHECKING = False  # of `typing`, which takes time too
if TYPE_CHECKING:
    from typing import Any, NoReturn

    import typer


def main() -> None:
    """The console script."""
    arguments = sys.argv[1:]
    debug = "--debug" in arguments
    try:
        _open_closed_streams()
        _hear_signals()
        app = _application()

        from export.runtime.commands.conventions import show_tracebacks

        show_tracebacks(debug)
        app(
            args=[argument for argument in arguments if argument != "--debug"],
            prog_name="bert-edge",
        )
    except KeyboardInterrupt:
        _end("Stopped.", 130)
    except ClosedStreamError as error:
        _end(str(error), 2)
    except BaseException as error:
        if debug or type(error).__name__ != "PanicException":  # of libraries written in Rust
            raise
        _end(f"A library broke off: {error}. --debug shows where it was called.", 1)


def __getattr__(name: str) -> "Any":
    if name != "app":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return _application()


def _application() -> "typer.Typer":
    from typing import Annotated

    import typer

    from export.runtime.commands.bundles import bench, inspect, list_command, selftest
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
    def options(
        debug: Annotated[bool, typer.Option("--debug", help="Show tracebacks, anywhere.")] = False,
        version: Annotated[
            bool,
            typer.Option(
                "--version",
                help="Show the version of this and of its runtime.",
                callback=_show_version,
                is_eager=True,
            ),
        ] = False,
    ) -> None:
        """The first is taken out by `main`, the second answered at once: here for the help."""

    return app


def _show_version(wanted: bool) -> None:
    if not wanted:
        return
    from importlib.metadata import PackageNotFoundError, version

    import typer

    from export.runtime.backend import BACKEND

    try:
        own = version("bert_tf")
    except PackageNotFoundError:  # a checkout that is not installed
        own = "unknown"
    print(f"bert-edge {own} ({BACKEND.package} {BACKEND.version})")
    raise typer.Exit


def _end(message: str, code: int) -> "NoReturn":
    print(f"bert-edge: {message}", file=sys.stderr)
    sys.exit(code)


# Signals


def _hear_signals() -> None:
    """Let every usual request to end be an exception, so that temporary files are removed."""
    import signal

    from export.runtime import stop_request

    signal.signal(signal.SIGTERM, _terminate)
    hangup = getattr(signal, "SIGHUP", None)  # the terminal was closed; Windows has none
    if hangup is not None and signal.getsignal(hangup) is not signal.SIG_IGN:  # as under `nohup`
        signal.signal(hangup, _terminate)
    stop_request.listen()


def _terminate(number: int, _: object) -> "NoReturn":
    raise SystemExit(128 + number)


# Standard streams


class ClosedStreamError(OSError):
    """A standard stream was needed that was closed before the start."""


class _ClosedStream(io.BufferedIOBase):
    """Stands where a standard stream was closed: an error for who uses it, none for others."""

    name = os.devnull

    def __init__(self, message: str) -> None:
        self._message = message

    def readable(self) -> bool:
        return True

    def writable(self) -> bool:
        return True

    def read(self, *_: object) -> bytes:
        raise ClosedStreamError(self._message)

    read1 = read

    def write(self, _: object) -> int:
        raise ClosedStreamError(self._message)


def _open_closed_streams() -> None:
    """Give `sys` all three streams, UTF-8 going out, and nobody else their descriptors."""
    for descriptor in range(3):
        try:
            os.fstat(descriptor)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # gets the lowest number that is free: this one
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w")  # noqa: SIM115, PTH123  as long as the process
    if sys.stdin is None:
        sys.stdin = _closed("Standard input is closed: open it, or name a file with --input.")
    if sys.stdout is None:
        sys.stdout = _closed("Standard output is closed: open it, or name a file with --output.")
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _closed(message: str) -> io.TextIOWrapper:
    return io.TextIOWrapper(_ClosedStream(message), encoding="utf-8", write_through=True)
