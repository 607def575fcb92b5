"""Cells of a CSV file: quoted by RFC 4180, and harmless to the spreadsheet that opens it.

A spreadsheet takes a cell that begins with `=` and the like for a formula, which can read files
and start programs. Such a cell gets a quote in front, as OWASP and ASVS 1.2.10 ask. A program that
splits at `;` or at tabs takes `"` for a letter unless a field begins with it, so it cuts a cell at
each of them and at each line break: what is behind one gets a quote too.
"""

from __future__ import annotations

import re

from desktop_app.results.plain_text import encodable

_FORMULA = re.compile(  # also behind blanks and invisible characters, which some programs drop
    "[\t\r\n\x00]|[\\s\ufeff\u200b-\u200f\u2060]*"
    "[=+\\-@\uff1d\uff0b\uff0d\uff20\ufe66\ufe62\ufe63\ufe6b]"
)
_NEGATIVE_NUMBER = re.compile(r"-\d{1,15}(?:\.\d{1,15})?")
_CUT = "[;\t\r\n]"
_NO_CUT = "[^;\t\r\n]"
_BLANK = '(?:(?![;\t\r\n])[\\s\x00"\ufeff\u200b-\u200f\u2060])'
_SIGN = "[+\\-\uff0b\uff0d\ufe62\ufe63]"
_OPERAND = "[\\w(\uff08[{.$#@'\\\\]"
_INNER_FORMULA = re.compile(
    f"{_CUT}(?={_BLANK}*(?:[=@\uff1d\uff20\ufe66\ufe6b]"
    f"|(?!-\\d{{1,15}}(?:\\.\\d{{1,15}})?(?:{_CUT}|\\Z)){_SIGN}+{_OPERAND}"  # no negative number
    # a point of a list only if it calls something; smileys and rules never
    f"|{_SIGN}(?:{_SIGN}|{_BLANK})+(?={_OPERAND}){_NO_CUT}*[(|!]))"
)
_QUOTED = re.compile('[",;|\t\r\n]|^\\s|\\s$')  # whole where commas split, or alone in a line


def neutralised(cell: str) -> str:
    """The cell with `'` in front of all in it that a spreadsheet could take for a formula.

    That is at its beginning, and behind each `;`, tab and line break. A plain negative number,
    such as -12.5, stays one: it can do nothing but be a number.
    """
    inside = _INNER_FORMULA.sub(r"\g<0>'", cell)
    if _FORMULA.match(cell) and _NEGATIVE_NUMBER.fullmatch(cell) is None:
        return f"'{inside}"
    return inside


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
