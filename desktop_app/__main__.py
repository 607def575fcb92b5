"""`python -m desktop_app`: the window, or a report in the terminal where no window can be."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from concurrent.futures import Future
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.command_line import Arguments, parse_arguments
from desktop_app.display_check import missing_display, missing_qt
from desktop_app.first_window import seat_or_ask
from desktop_app.window_request import WindowRequest
from desktop_app.workers.worker_start import StartedWorker, close_quietly, start_worker

if TYPE_CHECKING:
    from desktop_app.workers.worker_start import WorkerLike

_SHIPPED = {
    "classify": "sentiment-en",
    "embeddings": "embedding-en",
    "files": "sentiment-en",
    "models": "sentiment-en",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program.

    Returns:
        The exit code: 0, or 1 where not even the terminal report was possible, or what is
        printed is no longer read; those of the verbs `analyze` and `rescue` where one of them
        comes first.
    """
    try:
        code = _run(sys.argv[1:] if arguments is None else list(arguments))
        for stream in (sys.stdout, sys.stderr):
            if stream is not None:  # a program without a console has none
                stream.flush()
    except BrokenPipeError:  # the reader, such as `head`, has seen enough
        _drop_output()
        return 1
    return code


def _run(words: list[str]) -> int:
    if words[:1] == ["analyze"]:
        from desktop_app.command.run_analyze import run_analyze

        return run_analyze(words[1:])
    if words[:1] == ["rescue"]:
        from desktop_app.command.rescue import run_rescue

        return run_rescue(words[1:])
    chosen = parse_arguments(words)
    bundle = chosen.file if _is_bundle(chosen.file) else None
    if chosen.terminal:
        return _report_in_terminal(bundle, reason=None)
    reason = missing_display()
    if reason is not None:
        return _report_in_terminal(bundle, reason)
    seat = None
    if not (chosen.new_window or chosen.milestones):
        found = seat_or_ask(WindowRequest.of(chosen))
        if found == "asked":
            return 0
        seat = found
    first = bundle or _SHIPPED[_first_page(chosen)]
    started = start_worker(first)  # works on while Qt is being loaded
    reason = missing_qt()
    if reason is not None:
        started.add_done_callback(_drop)
        return _report_in_terminal(bundle, reason)
    from desktop_app.window_run import run_window

    return run_window(chosen, first, started, seat)


def _drop_output() -> None:
    """So that what is still held back is no error when the program ends."""
    sink = os.open(os.devnull, os.O_WRONLY)
    for descriptor in (1, 2):
        os.dup2(sink, descriptor)


def _is_bundle(file: str | None) -> bool:
    return file is not None and Path(file).suffix.lower() == ".tflite"


def _first_page(chosen: Arguments) -> str:
    if chosen.page is not None:
        return chosen.page
    return "classify" if chosen.file is None or _is_bundle(chosen.file) else "files"


def _drop(started: Future[StartedWorker]) -> None:
    if started.exception() is None:
        worker: WorkerLike = started.result().worker
        close_quietly(worker)


def _report_in_terminal(bundle: str | None, reason: str | None) -> int:
    from desktop_app.terminal_report import report_sample

    if reason is not None:
        print(f"No window can be opened here: {reason}\n", file=sys.stderr, flush=True)
    try:
        report_sample(bundle, sys.stdout)
    except BrokenPipeError:
        raise
    except (ValueError, OSError) as error:
        print(f"The sample could not be judged either: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
