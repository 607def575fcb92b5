"""Offsets in Python's text (code points) and in Qt's documents (UTF-16 units)."""

from __future__ import annotations


class TextOffsets:
    """Converts between the two ways of counting, for one text."""

    def __init__(self, text: str) -> None:
        """Texts without characters beyond U+FFFF convert to themselves."""
        self._text = text
        self._same = text.isascii() or max(text, default="") <= "\uffff"

    def to_qt(self, offset: int) -> int:
        """The UTF-16 offset of a code point offset."""
        if self._same:
            return offset
        return len(self._text[:offset].encode("utf-16-le", "surrogatepass")) // 2

    def from_qt(self, position: int) -> int:
        """The code point offset of a UTF-16 offset; inside a pair, that of its character."""
        if self._same:
            return position
        before = self._text[:position].encode("utf-16-le", "surrogatepass")[: 2 * position]
        return len(before.decode("utf-16-le", "ignore"))
