"""Cells of a CSV file: quoted by RFC 4180, and harmless to the spreadsheet that opens it.

A spreadsheet takes a cell that begins with `=` and the like for a formula, which can read files
and start programs. Such a cell gets a quote in front, as OWASP and ASVS 1.2.10 ask.
"""

from __future__ import annotations

import re

from desktop_app.results.plain_text import encodable

_FORMULA = re.compile(  # also behind blanks and invisible characters, which some programs drop
    "[\t\r\n\x00]|[\\s\ufeff\u200b-\u200f\u2060]*"
    "[=+\\-@\uff1d\uff0b\uff0d\uff20\ufe66\ufe62\ufe63\ufe6b]"
)
_NEGATIVE_NUMBER = re.compile(r"-\d{1,15}(?:\.\d{1,15})?")
_QUOTED = re.compile('[",;|\t\r\n]|^\\s|\\s$')  # any program's delimiter keeps a cell whole


def neutralised(cell: str) -> str:
    """The cell with `'` in front if a spreadsheet could take it for a formula.

    A plain negative number, such as -12.5, stays one: it can do nothing but be a number.
    """
    if _FORMULA.match(cell) and _NEGATIVE_NUMBER.fullmatch(cell) is None:
        return f"'{cell}"
    return cell


def csv_line(cells: list[str]) -> str:
    """Cells as a line with its end, CRLF; a decimal point is a dot whatever the locale."""
    if len(cells) == 1 and not cells[0]:
        return '""\r\n'  # else a reader would skip the line
    return ",".join(map(_field, cells)) + "\r\n"


def _field(cell: str) -> str:
    cell = encodable(cell)
    if _QUOTED.search(cell):
        return '"' + cell.replace('"', '""') + '"'
    return cell
