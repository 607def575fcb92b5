"""A whole document judged into a file of results, and a report. No Qt here."""

from __future__ import annotations

import contextlib
import sys
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from desktop_app.command.analyze_arguments import AnalyzeArguments
from desktop_app.command.document_source import DocumentSource, open_source
from desktop_app.command.row_judge import RowJudge
from desktop_app.documents.document_preview import DocumentPreview
from desktop_app.documents.read_options import ReadOptions
from desktop_app.results.destination import check_destination
from desktop_app.results.html_report import write_html_report
from desktop_app.results.provenance import joint_labels
from desktop_app.results.report import Report
from desktop_app.results.report_builder import ReportBuilder
from desktop_app.results.result_error import ResultError
from desktop_app.results.result_row import ResultTable
from desktop_app.results.uncertainty import UNCERTAIN_MARGIN
from desktop_app.results.write_options import Form, WriteOptions, form_of
from desktop_app.results.write_results import write_results
from desktop_app.versions import program_and_version
from export.runtime.progress_line import ProgressLine

if TYPE_CHECKING:
    from desktop_app.command.judge import Judge

OpenSource = Callable[[Path, ReadOptions], AbstractContextManager[DocumentSource]]
OpenJudge: TypeAlias = "Callable[..., Judge]"


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What became of an analysis; its files are written."""

    report: Report
    form: Form
    seconds: float  # for reading, judging and writing


def analyze(
    arguments: AnalyzeArguments,
    *,
    open_source: OpenSource = open_source,
    open_judge: OpenJudge | None = None,
) -> Outcome:
    """Read, judge and write.

    Args:
        arguments: of the command line.
        open_source: makes the source of a path and options.
        open_judge: makes what judges, of the name of a bundle and how; None: of real bundles.

    Raises:
        ValueError: for a document, a bundle or a place that cannot be used.
        OSError: for what cannot be read.
        KeyboardInterrupt: on Ctrl-C; no file was written.
    """
    start = time.monotonic()
    _check_places(arguments)
    form = form_of(arguments.output, arguments.output_format)
    with contextlib.ExitStack() as stack:
        source = stack.enter_context(open_source(arguments.file, _read_options(arguments)))
        preview = source.preview()
        column = _text_column(preview, arguments.column)
        judge = (open_judge or _open_judge())(
            arguments.bundle, long_texts=arguments.long_texts, threads=arguments.threads
        )
        stack.callback(judge.close)
        table = _table(arguments, preview, column, judge)
        builder = ReportBuilder(
            table,
            by=arguments.by,
            over_time=arguments.over_time,
            bucket=arguments.bucket,
            texts=arguments.report is not None,
        )
        # judging takes much longer than reading, so counting first costs little
        total = sum(1 for _ in source.rows()) if sys.stderr.isatty() else None
        with ProgressLine(sys.stderr, total_bytes=total) as line:
            judged = RowJudge(judge, table).rows(
                source.rows(), lambda rows: line.update(texts=rows, bytes_read=rows)
            )
            write_results(
                arguments.output,
                table,
                builder.passing(judged),
                form=form,
                options=WriteOptions(byte_order_mark=arguments.byte_order_mark, raw=arguments.raw),
                source=arguments.file,
            )
    report = builder.report(title=arguments.file.name, created=_now(), warnings=preview.warnings)
    if arguments.report is not None:
        write_html_report(
            arguments.report,
            report,
            language=arguments.report_language,
            source=arguments.file,
        )
    return Outcome(report=report, form=form, seconds=time.monotonic() - start)


def _open_judge() -> OpenJudge:
    from desktop_app.command.judge import open_judge  # heavy: a mistake before it is told at once

    return open_judge


def _check_places(arguments: AnalyzeArguments) -> None:
    """Find out before hours of work whether the results can be written."""
    if "-" in (str(arguments.output), str(arguments.report)):
        raise ResultError(
            "Results are not written to standard output, where their summary is printed; name a "
            "file instead of -."
        )
    check_destination(arguments.output, source=arguments.file)
    if arguments.report is None:
        return
    check_destination(arguments.report, source=arguments.file)
    if arguments.report.resolve() == arguments.output.resolve():
        raise ResultError(
            f"Results and report cannot both be {arguments.output}; choose two names."
        )


def _read_options(arguments: AnalyzeArguments) -> ReadOptions:
    delimiter = "\t" if arguments.delimiter == "\\t" else arguments.delimiter
    return ReadOptions(
        encoding=arguments.encoding,
        delimiter=delimiter,
        header=arguments.header,
        sheet=arguments.sheet,
    )


def _text_column(preview: DocumentPreview, wanted: str | None) -> str:
    names = ", ".join(map(repr, preview.columns))
    if wanted is None:
        if preview.text_column is None:
            raise ResultError(
                f"It cannot be told which column holds the texts; name one of {names} with "
                "--column."
            )
        return preview.text_column
    if wanted in preview.columns:
        return wanted
    alike = [name for name in preview.columns if name.strip().casefold() == wanted.casefold()]
    if len(alike) == 1:
        return alike[0]
    raise ResultError(f"There is no column {wanted!r}; there are {names}.")


def _table(
    arguments: AnalyzeArguments, preview: DocumentPreview, column: str, judge: Judge
) -> ResultTable:
    settings = [("source", arguments.file.name), ("bytes", str(preview.size))]
    settings += [
        (name, value)
        for name, value in (("encoding", preview.encoding), ("sheet", preview.sheet))
        if value is not None
    ]
    settings += [
        ("bundle", arguments.bundle),
        ("long texts", arguments.long_texts),
        ("uncertain below a lead of", f"{UNCERTAIN_MARGIN:.2f}"),
        ("made", _now()),
        ("program", program_and_version()),
    ]
    return ResultTable(
        columns=preview.columns,
        text_column=column,
        labels=joint_labels(judge.provenance),
        provenance=judge.provenance,
        settings=tuple(settings),
    )


def _now() -> str:
    return datetime.now().astimezone().isoformat(timespec="seconds")
