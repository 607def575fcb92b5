"""`bert-desktop analyze`: a whole file judged from the command line, without Qt.

Exit codes: 0 done, 1 nothing could be judged or the work broke off, 2 a mistake in what was
given, 130 Ctrl-C. A file of results appears whole or not at all.
"""

from __future__ import annotations

import json
import signal
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NoReturn

from desktop_app.command.analyze_arguments import AnalyzeArguments, parse_analyze
from export.runtime import stop_request
from export.runtime.errors import WorkerError

if TYPE_CHECKING:
    from desktop_app.command.analyze import Outcome


def run_analyze(words: Sequence[str]) -> int:
    """Run the verb.

    Args:
        words: the command line behind `analyze`.

    Returns:
        The exit code.
    """
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    arguments = parse_analyze(words)
    signal.signal(signal.SIGTERM, _terminate)
    stop_request.listen()
    if arguments.debug:
        return _done(arguments)
    try:
        return _done(arguments)
    except KeyboardInterrupt:
        return _fail("Stopped. A file that was not finished was not written.", 130)
    except BrokenPipeError:  # the reader of what is printed has seen enough: `main` ends quietly
        raise
    except (ValueError, OSError) as error:
        return _fail(str(error), 2)
    except (ArithmeticError, WorkerError) as error:
        return _fail(str(error), 1)
    except MemoryError:
        return _fail("There is not enough memory for this.", 1)


def _done(arguments: AnalyzeArguments) -> int:
    from desktop_app.command.analyze import analyze  # numpy and more, not for --help

    return _tell(arguments, analyze(arguments))


def _tell(arguments: AnalyzeArguments, outcome: Outcome) -> int:
    """Print what was found; exit code 1 where nothing could be judged."""
    report, figures = outcome.report, outcome.report.distribution
    if arguments.json:
        print(json.dumps(_as_dict(arguments, outcome), indent=2, ensure_ascii=False))
    else:
        print(
            f"{report.rows:,} rows in {outcome.seconds:.1f} s, {figures.judged:,} judged, "
            f"{figures.uncertain:,} uncertain, by the column {report.table.text_column!r}:"
        )
        for label, count in zip(figures.labels, figures.counts, strict=True):
            print(f"{count:>10,}  {count / max(figures.judged, 1):6.1%}  {label}")
        for path in filter(None, (arguments.output, arguments.report)):
            print(f"written: {path}")
    for warning in report.warnings:
        print(f"bert-desktop analyze: {warning}", file=sys.stderr)
    odd = [f"{rows:,} {status}" for status, rows in report.statuses if status != "ok"]
    if odd:
        print(f"bert-desktop analyze: rows by status: {', '.join(odd)}.", file=sys.stderr)
    if report.rows and not figures.judged:
        return _fail("No row could be judged; the column status says why.", 1)
    return 0


def _as_dict(arguments: AnalyzeArguments, outcome: Outcome) -> dict[str, Any]:
    return {
        "output": str(arguments.output),
        "format": outcome.form,
        "report": None if arguments.report is None else str(arguments.report),
        "seconds": round(outcome.seconds, 3),
        "text_column": outcome.report.table.text_column,
        **outcome.report.to_dict(),
    }


def _fail(message: str, code: int) -> int:
    print(f"bert-desktop analyze: {message}", file=sys.stderr)
    return code


def _terminate(*_: object) -> NoReturn:
    raise SystemExit(143)  # so that temporary files are removed
