"""What the user may choose about a file of results."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from desktop_app.results.result_error import ResultError

Form = Literal["csv", "xlsx", "jsonl"]
_SUFFIXES: dict[str, Form] = {
    ".csv": "csv",
    ".xlsx": "xlsx",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
}


@dataclass(frozen=True, kw_only=True)
class WriteOptions:
    """Both matter for CSV alone."""

    byte_order_mark: bool = True  # Excel takes a file without one for the system's code page
    raw: bool = False  # cells that look like formulas are written as they are


def form_of(path: Path, form: str | None = None) -> Form:
    """The form that is named, or that the end of the file's name says.

    Raises:
        ResultError: for another one.
    """
    known = ", ".join(get_args(Form))
    if form is not None:
        for name in get_args(Form):
            if form == name:
                return name
        raise ResultError(f"There is no output format {form!r}; choose one of {known}.")
    found = _SUFFIXES.get(path.suffix.lower())
    if found is None:
        raise ResultError(
            f"The name {path.name!r} does not say in what form to write; end it with "
            f"{', '.join(_SUFFIXES)}, or name a format ({known})."
        )
    return found
