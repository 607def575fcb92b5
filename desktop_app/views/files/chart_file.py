"""A chart to a file: as a picture, as a drawing, or as the figures behind it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from PySide6.QtCore import QBuffer, QIODevice, QPoint
from PySide6.QtGui import QPalette, QPixmap, QRegion
from PySide6.QtWidgets import QWidget

from desktop_app.results.chart_table import chart_csv
from desktop_app.results.destination import check_destination, destination, place_error
from desktop_app.views.files.chart import Chart

ChartForm = Literal["png", "svg", "csv"]
_SHARPNESS = 2  # pixels per unit: sharp in print
_MARGIN = 16


def write_chart(path: Path, chart: Chart, form: ChartForm, *, sources: Sequence[Path] = ()) -> None:
    """Write a chart, whole or not at all.

    Args:
        path: of the file.
        chart: that has figures.
        form: of the file.
        sources: what was analysed, which is never written over.

    Raises:
        ResultError: if it cannot be written there.
    """
    for source in sources:
        check_destination(path, source)
    if form == "svg":
        content = chart.svg().encode()
    elif form == "csv":
        content = chart_csv(chart.cells())
    else:
        content = png_of(chart)
    try:
        with destination(path) as stream:
            stream.write(content)
    except OSError as error:
        raise place_error(path, error) from error


def png_of(chart: Chart) -> bytes:
    """The chart as it is seen, at twice the sharpness and with a margin."""
    size = chart.size()
    pixmap = QPixmap((size.width() + 2 * _MARGIN) * _SHARPNESS,
                     (size.height() + 2 * _MARGIN) * _SHARPNESS)  # fmt: skip
    pixmap.setDevicePixelRatio(_SHARPNESS)
    pixmap.fill(chart.palette().color(QPalette.ColorRole.Base))
    flags = QWidget.RenderFlag.DrawChildren
    chart.render(pixmap, QPoint(_MARGIN, _MARGIN), QRegion(), flags)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    pixmap.save(buffer, "PNG")
    return bytes(buffer.data().data())
