"""How a document is to be read, where a person knows better than the guess."""

from __future__ import annotations

import codecs
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, Literal, Self, get_args

TextUnit = Literal["line", "paragraph"]


@dataclass(frozen=True, kw_only=True)
class ReadOptions:
    """None means: guess."""

    encoding: str | None = None  # a Python codec, e.g. "gb18030"
    delimiter: str | None = None  # one character; "": every line is one cell
    header: bool | None = None  # the first row names the columns
    sheet: str | None = None  # of a workbook; None: the first one
    unit: TextUnit = "line"  # what is a row of a plain text file
    max_cell_characters: int = 1_000_000  # a longer cell is cut and marked
    max_columns: int = 1_000  # further ones are joined into the last
    columns: tuple[str, ...] | None = None  # of a folder, as its preview told them

    def __post_init__(self) -> None:
        """Check the values.

        Raises:
            ValueError: naming the field that is wrong.
        """
        if self.encoding is not None:
            _check_encoding(self.encoding)
        if self.delimiter is not None and (
            len(self.delimiter) > 1 or self.delimiter in ('"', "\n", "\r", "\0", "\ufffd")
        ):
            raise ValueError(
                f"delimiter must be one character other than a quote, or empty for lines of one "
                f"cell, received {self.delimiter!r}."
            )
        if self.unit not in get_args(TextUnit):
            raise ValueError(f"unit must be line or paragraph, received {self.unit!r}.")
        if self.columns is not None and len(self.columns) < 2:
            raise ValueError(
                f"columns must be those of a folder, file and one more at least, received "
                f"{self.columns!r}."
            )
        for name, least in (("max_cell_characters", 1), ("max_columns", 1)):
            if getattr(self, name) < least:
                raise ValueError(f"{name} must be {least} or more, received {getattr(self, name)}.")

    def to_dict(self) -> dict[str, Any]:
        """For JSON; without the columns of a folder where they are to be guessed."""
        values = asdict(self)
        if self.columns is None:
            del values["columns"]
        return values

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> Self:
        """The options that `to_dict` gave; unknown names are refused.

        Raises:
            ValueError: for names or values that are no options.
        """
        known = {field.name for field in fields(cls)}
        if unknown := sorted(set(values) - known):
            raise ValueError(f"Unknown read options {unknown}; known are {sorted(known)}.")
        given = dict(values)
        if given.get("columns") is not None:
            given["columns"] = tuple(given["columns"])
        return cls(**given)


def _check_encoding(name: str) -> None:
    try:
        text = "a".encode(name).decode(name)
        codecs.getincrementaldecoder(name)("replace")
    except (LookupError, UnicodeError, TypeError, AttributeError, ValueError):
        text = ""
    if text != "a":
        raise ValueError(
            f"encoding must name an encoding of text such as utf-8, gb18030, big5 or cp1252, "
            f"received {name!r}."
        )
