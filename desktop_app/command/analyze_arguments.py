"""What can be said to `bert-desktop analyze`."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

_DESCRIPTION = (
    "Judge a column of texts in a file, on this computer alone: CSV, TSV, XLSX, XLS, ODS, JSON "
    "lines, TXT, Markdown, DOCX, PDF, or a folder of them. The results are the source's columns, "
    "then label, probabilities, valence, language and status."
)


@dataclass(frozen=True, kw_only=True)
class AnalyzeArguments:
    """One analysis."""

    file: Path  # a document or a folder of them
    column: str | None  # of the texts; None: the one that looks most like it
    output: Path
    output_format: str | None  # None: by the end of the output's name
    report: Path | None
    report_language: Literal["en", "zh_CN"]
    by: list[str] | None  # columns the report divides by; None: any that fit
    over_time: list[str] | None  # columns of dates in the report; None: any that fit
    bucket: Literal["day", "week", "month"] | None
    bundle: str  # "auto": by the language of each text
    sheet: str | None
    encoding: str | None
    delimiter: str | None
    header: bool | None  # None: guess
    long_texts: Literal["truncate", "windows"]
    raw: bool
    byte_order_mark: bool
    threads: int | None
    json: bool
    debug: bool


def parse_analyze(arguments: Sequence[str]) -> AnalyzeArguments:
    """Read the words behind `analyze`; a mistake in them ends the program with exit code 2."""
    return AnalyzeArguments(**vars(analyze_parser().parse_args(arguments)))


def analyze_parser() -> argparse.ArgumentParser:
    """What can be said, in the words of `--help`."""
    parser = argparse.ArgumentParser(
        prog="bert-desktop analyze", description=_DESCRIPTION, allow_abbrev=False
    )
    _add_source(parser)
    _add_output(parser)
    _add_report(parser)
    parser.add_argument(
        "--bundle",
        default="auto",
        metavar="NAME_OR_PATH",
        help="judges every text; if not given, the sentiment bundle of each text's language",
    )
    parser.add_argument(
        "--long",
        dest="long_texts",
        choices=("truncate", "windows"),
        default="truncate",
        help="texts over the limit: read the beginning (default), or all in windows",
    )
    parser.add_argument("--threads", type=_positive, help="processors to use; all, if not given")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    parser.add_argument("--debug", action="store_true", help="show tracebacks")
    return parser


def _add_source(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help="a document, or a folder of them")
    parser.add_argument("--column", help="of the texts; if not given, the likeliest is taken")
    parser.add_argument("--sheet", help="of a workbook; the first, if not given")
    parser.add_argument("--encoding", help="of the file, for example gb18030; else it is told")
    parser.add_argument("--delimiter", help="of a table in text; else it is told; \\t is a tab")
    parser.add_argument(
        "--header",
        action=argparse.BooleanOptionalAction,
        help="whether the first row names the columns; else it is told",
    )


def _add_output(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--output",
        type=Path,
        required=True,
        metavar="FILE",
        help="results: a name that ends with .csv, .xlsx or .jsonl",
    )
    parser.add_argument(
        "--output-format", choices=("csv", "xlsx", "jsonl"), help="whatever the name ends with"
    )
    parser.add_argument(
        "--raw",
        action="store_true",
        help="CSV: leave cells that a spreadsheet would take for formulas as they are",
    )
    parser.add_argument(
        "--no-bom", dest="byte_order_mark", action="store_false", help="CSV: no byte-order mark"
    )


def _add_report(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--report", type=Path, metavar="FILE.html", help="a printable report too")
    parser.add_argument(
        "--report-language", choices=("en", "zh_CN"), default="en", help="of the report's words"
    )
    parser.add_argument(
        "--by",
        action="append",
        metavar="COLUMN",
        help="divide the report by it; may be given several times; else by columns that fit",
    )
    parser.add_argument(
        "--over-time",
        action="append",
        metavar="COLUMN",
        help="of dates; may be given several times; else columns that fit",
    )
    parser.add_argument("--bucket", choices=("day", "week", "month"), help="of the time")


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"must be 1 or more, received {text}")
    return number
