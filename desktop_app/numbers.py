"""Numbers as the reader's locale writes them."""

from __future__ import annotations

from PySide6.QtCore import QLocale


def whole(number: int) -> str:
    """A count with its group separators."""
    return QLocale().toString(number)


def percent(share: float) -> str:
    """A probability without decimals; what is nearly nothing or nearly all says so."""
    if 0.0 < share < 0.005:
        return "<1" + QLocale().percent()
    if 0.995 <= share < 1.0:
        return ">99" + QLocale().percent()
    return QLocale().toString(round(100 * share)) + QLocale().percent()


def similarity(cosine: float) -> str:
    """A cosine with two decimals."""
    return _with_minus(QLocale().toString(abs(cosine), "f", 2), negative=round(cosine, 2) < 0)


def signed(value: float, decimals: int = 1) -> str:
    """A place on a scale around zero, with its sign."""
    digits = QLocale().toString(abs(value), "f", decimals)
    rounded = round(value, decimals)
    return "+" + digits if rounded > 0 else _with_minus(digits, negative=rounded < 0)


def _with_minus(digits: str, *, negative: bool) -> str:
    return "\N{MINUS SIGN}" + digits if negative else digits
