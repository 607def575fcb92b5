from PySide6.QtGui import QColor

from desktop_app.results.summary import Distribution
from desktop_app.views.design import track_colour
from desktop_app.views.files.label_chart import LabelChart
from desktop_app.views.verdict_style import VerdictStyle

LABELS = ("negative", "positive")


def test_a_bar_over_the_whole_width_would_be_all_rows(qtbot):
    chart = LabelChart()
    qtbot.addWidget(chart)
    style = VerdictStyle(labels=LABELS)
    figures = Distribution(
        labels=LABELS, counts=(3, 1), not_judged=0, uncertain=0, mean_valence=None
    )
    chart.show_figures(figures, style)
    chart.resize(600, 80)
    line = chart.grab().toImage()
    colour, track = style.colour("negative", dark=False), track_colour(chart.palette())
    row = [QColor(line.pixelColor(x, 15)).rgb() for x in range(line.width())]
    bar, rest = row.count(colour.rgb()), row.count(track.rgb())
    assert bar > 100
    assert abs(bar / (bar + rest) - 0.75) < 0.03
