"""The measure of everything that is seen: distances, type sizes, shades of the palette."""

from __future__ import annotations

from enum import Enum, IntEnum

from PySide6.QtGui import QColor, QFont, QFontInfo, QPalette, QPen
from PySide6.QtWidgets import QApplication, QWidget

from desktop_app.colour_scale import Rgb


class Space(IntEnum):
    """Distances in device-independent pixels, each about half again as large."""

    HAIR = 4
    SMALL = 8
    MEDIUM = 12
    LARGE = 16
    WIDE = 24
    PAGE = 32


_CHINESE_FAMILIES = (
    "PingFang SC",
    "Microsoft YaHei UI",
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "WenQuanYi Micro Hei",
)
CORNER = 10  # radius of cards


class Type(Enum):
    """Steps of the type scale: size relative to the reader's own font, and weight."""

    CAPTION = (0.92, QFont.Weight.Normal)
    BODY = (1.05, QFont.Weight.Normal)
    STRONG = (1.05, QFont.Weight.DemiBold)
    READING = (1.22, QFont.Weight.Normal)
    TITLE = (1.75, QFont.Weight.DemiBold)
    DISPLAY = (2.3, QFont.Weight.DemiBold)


def font_of(step: Type, base: QFont) -> QFont:
    """The reader's font at a step of the type scale."""
    factor, weight = step.value
    font = QFont(base)
    if base.pointSizeF() > 0:
        font.setPointSizeF(max(base.pointSizeF(), 9.5) * factor)
    else:
        font.setPixelSize(round(base.pixelSize() * factor))
    font.setWeight(weight)
    return font


def add_chinese_fonts(application: QApplication) -> None:
    """Let Chinese be set in Simplified Chinese forms, and all else in the reader's own font."""
    font = application.font()
    own = QFontInfo(font).family()  # "Sans Serif" is no name that a list may begin with
    font.setFamilies([own, *(name for name in _CHINESE_FAMILIES if name != own)])
    application.setFont(font)


def set_type(widget: QWidget, step: Type) -> None:
    """Give a widget the application's font at a step of the type scale."""
    widget.setFont(font_of(step, QApplication.font()))


def is_dark(palette: QPalette) -> bool:
    """True when text is lighter than the ground it stands on."""
    window = palette.color(QPalette.ColorRole.Window)
    return palette.color(QPalette.ColorRole.WindowText).lightness() > window.lightness()


def blend(palette: QPalette, share: float, *, ground: QPalette.ColorRole) -> QColor:
    """The ground with a share of the text colour: lines, tracks and quiet text."""
    text, base = palette.color(QPalette.ColorRole.Text), palette.color(ground)
    return over(text, base, share)


def over(top: QColor, ground: QColor, share: float) -> QColor:
    """An opaque colour: a share of `top` laid over `ground`."""
    return QColor(
        *(
            round(b + (a - b) * share)
            for a, b in zip(top.getRgb()[:3], ground.getRgb()[:3], strict=True)  # type: ignore[index]
        )
    )


def line_colour(palette: QPalette) -> QColor:
    """Borders of cards and separators."""
    return blend(palette, 0.13, ground=QPalette.ColorRole.Base)


def track_colour(palette: QPalette) -> QColor:
    """The empty part of a bar."""
    return blend(palette, 0.09, ground=QPalette.ColorRole.Base)


def focus_pen(palette: QPalette) -> QPen:
    """The outline of what the keyboard stands on; wider than any other, so that it is seen."""
    return QPen(palette.color(QPalette.ColorRole.Highlight), 2)


def quiet_text(palette: QPalette) -> QColor:
    """Text of second rank, still at a contrast above 4.5 to 1."""
    return blend(palette, 0.66, ground=QPalette.ColorRole.Base)


def qcolor(colour: Rgb) -> QColor:
    """A colour of the scale as Qt's own."""
    return QColor(*colour)
