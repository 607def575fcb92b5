"""What can be said when the window is started."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, get_args

VERBS = ("analyze", "rescue")  # words that stand first and mean no window
PageName = Literal["classify", "embeddings", "files", "models"]


@dataclass(frozen=True, kw_only=True)
class Arguments:
    """One start of the program."""

    file: str | None  # a bundle, a document, a folder or a project
    page: PageName | None
    language: str | None  # en, zh_CN; None: as last time
    appearance: str | None  # system, light, dark; None: as last time
    text: str | None  # put into the editor of the page
    new_window: bool  # another one, where one is open
    terminal: bool  # no window, even where one is possible
    milestones: bool  # print when the window is seen and when the first verdict is, then leave


def parse_arguments(arguments: Sequence[str] | None = None) -> Arguments:
    """Read the command line; a mistake in it ends the program with exit code 2."""
    return Arguments(**vars(window_parser().parse_args(arguments)))


def window_parser() -> argparse.ArgumentParser:
    """What can be said, in the words of `--help`."""
    parser = argparse.ArgumentParser(
        prog="bert-desktop",
        description="Judge texts and find sentences of similar meaning, on this computer alone.",
        epilog="`bert-desktop analyze FILE --output results.xlsx` judges a whole file without a "
        "window; `bert-desktop analyze --help` says how.",
    )
    parser.add_argument(
        "file",
        nargs="?",
        help="a document, a folder or a project (.bertproject) to analyse, or a model (.tflite); "
        "with --page embeddings a text to search in",
    )
    parser.add_argument("--page", choices=get_args(PageName), help="the page to begin with")
    parser.add_argument("--language", choices=("en", "zh_CN"), help="of the interface")
    parser.add_argument("--appearance", choices=("system", "light", "dark"), help="of the window")
    parser.add_argument("--text", help="a text to begin with")
    parser.add_argument(
        "--new-window",
        action="store_true",
        help="another window; else the one that is open shows what is asked for",
    )
    parser.add_argument(
        "--terminal", action="store_true", help="no window: judge the sample in the terminal"
    )
    parser.add_argument("--milestones", action="store_true", help=argparse.SUPPRESS)
    return parser
