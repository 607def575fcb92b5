"""A project of before: its name, and the folder it is in."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QAbstractButton, QApplication, QSizePolicy, QWidget

from desktop_app.tooltip_text import tooltip_text
from desktop_app.views.design import Space, Type, blend, focus_pen, font_of, quiet_text
from desktop_app.views.icons import Icon, draw_icon

_HEIGHT, _ICON = 52, 20.0


class RecentButton(QAbstractButton):
    """A row to click."""

    def __init__(self, path: Path, parent: QWidget | None = None) -> None:
        """For one project file."""
        super().__init__(parent)
        self._path = path
        self.setText(path.stem)
        self.setToolTip(tooltip_text(str(path)))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.retranslate()

    def retranslate(self) -> None:
        """Say everything in the current language."""
        self.setAccessibleName(self.tr("Open the project %1").replace("%1", self._path.stem))

    def sizeHint(self) -> QSize:
        """Two lines."""
        return QSize(320, _HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw icon, name and folder."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        palette = self.palette()
        area = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.setPen(focus_pen(palette) if self.hasFocus() else Qt.PenStyle.NoPen)
        hover = blend(palette, 0.05, ground=QPalette.ColorRole.Base)
        painter.setBrush(hover if self.underMouse() else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(area, 8, 8)
        icon = QRectF(area.left() + Space.MEDIUM, area.center().y() - _ICON / 2, _ICON, _ICON)
        draw_icon(painter, Icon.PROJECT, icon, quiet_text(palette))
        left = icon.right() + Space.MEDIUM
        width = area.right() - Space.MEDIUM - left
        name, place = (font_of(step, QApplication.font()) for step in (Type.STRONG, Type.CAPTION))
        heights = [QFontMetricsF(font).height() for font in (name, place)]
        top = area.center().y() - sum(heights) / 2 - 1
        flag = Qt.TextFlag.TextDontClip  # other scripts are taller than the font says
        painter.setFont(name)
        painter.setPen(palette.color(QPalette.ColorRole.Text))
        metrics = QFontMetricsF(name)
        shown = metrics.elidedText(self.text(), Qt.TextElideMode.ElideRight, width)
        painter.drawText(QRectF(left, top, width, heights[0]), flag, shown)
        painter.setFont(place)
        painter.setPen(quiet_text(palette))
        folder = QFontMetricsF(place).elidedText(
            str(self._path.parent), Qt.TextElideMode.ElideMiddle, width
        )
        painter.drawText(QRectF(left, top + heights[0] + 2, width, heights[1]), flag, folder)
