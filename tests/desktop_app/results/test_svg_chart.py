from xml.etree import ElementTree

import pytest

from desktop_app.colour_scale import contrast, label_colours
from desktop_app.results.label_scale import hexadecimal, ink_on, label_fills
from desktop_app.results.summary import Distribution, GroupedCounts
from desktop_app.results.svg_chart import (
    ChartStyle,
    distribution_chart,
    grouped_chart,
    time_chart,
)

SVG = "{http://www.w3.org/2000/svg}"
LABELS = ("negative", "neutral", "positive")
STYLE = ChartStyle(title="How it is", names={"negative": "负面"}, label_values=(-2.0, 0.0, 2.0))
HOSTILE = "</text><script>alert('x')</script>&\x00\x1b\ud800\ufffe\"'"


def groups(**changed) -> GroupedCounts:
    values = {
        "column": "shop",
        "labels": LABELS,
        "groups": ("north", "south", ""),
        "counts": ((1, 1, 2), (0, 0, 0), (0, 5, 0)),
        "not_judged": (0, 3, 0),
        "mean_valence": (0.5, None, 0.0),
        "left_out": 0,
        **changed,
    }
    return GroupedCounts(**values)


def figures(**changed) -> Distribution:
    values = {
        "labels": LABELS,
        "counts": (10, 0, 30),
        "not_judged": 2,
        "uncertain": 1,
        "mean_valence": 1.0,
        **changed,
    }
    return Distribution(**values)


def bars(chart: str) -> list[float]:
    root = ElementTree.fromstring(chart)
    return [float(each.get("width")) for each in root.iter(f"{SVG}rect") if each.get("stroke")]


def words(chart: str) -> list[str]:
    return [each.text for each in ElementTree.fromstring(chart).iter(f"{SVG}text")]


def test_bars_are_as_long_as_counts_and_say_them():
    chart = distribution_chart(figures(), STYLE)
    first, second, third = bars(chart)
    assert (first * 3, second) == (pytest.approx(third, abs=0.2), 0)
    assert words(chart) == [
        *("负面", "10 · 25.0%", "neutral", "0 · 0.0%", "positive", "30 · 75.0%"),
    ]


def test_the_bars_of_a_group_are_its_shares():
    chart = grouped_chart(groups(), STYLE)
    first, second, third, only = bars(chart)
    assert first == pytest.approx(third / 2) == second
    assert first + second + third == pytest.approx(only, abs=0.2)
    shown = words(chart)
    assert {"north", "south", "—", "25%", "50%", "100%"} <= set(shown)


def test_lines_are_shares_over_time_and_break_where_there_are_no_rows():
    chart = time_chart(
        groups(
            groups=("2024-01", "2024-02", "2024-03", "2024-04"),
            counts=((1, 1, 2), (2, 0, 2), (0, 0, 0), (4, 0, 0)),
            not_judged=(0, 0, 0, 0),
            mean_valence=(None,) * 4,
            bucket="month",
        ),
        STYLE,
    )
    root = ElementTree.fromstring(chart)
    lines = [group.find(f"{SVG}path") for group in root.iter(f"{SVG}g")]
    assert len(lines) == 3
    path = lines[0].get("d")
    assert path.count("M") == 2  # one line, a gap, a point
    top, bottom = 42.0, 262.0
    assert f"M60.0 {bottom - 0.25 * (bottom - top):.1f}" in path
    assert {"0%", "25%", "50%", "75%", "100%"} <= set(words(chart))
    dashes = {line.get("stroke-dasharray") for line in lines}
    assert len(dashes) == 3  # colour does not speak alone
    assert len(list(root.iter(f"{SVG}circle"))) == 3  # a lonely month is a dot


@pytest.mark.parametrize("draw", [distribution_chart, grouped_chart, time_chart])
def test_what_is_foreign_is_escaped_and_charts_are_named(draw):
    style = ChartStyle(title=HOSTILE, names={"negative": HOSTILE})
    data = figures() if draw is distribution_chart else groups(groups=(HOSTILE, "b", "c"))
    chart = draw(data, style)
    root = ElementTree.fromstring(chart)
    assert root.get("role") == "img"
    assert "script" in root.get("aria-label")
    assert not list(root.iter(f"{SVG}script"))
    assert "<script" not in chart
    assert "\ud800" not in chart


def test_the_axis_ends_where_the_lines_do():
    even = groups(counts=((1, 1, 1), (1, 1, 1), (3, 4, 3)), bucket="day")
    assert {"10%", "40%"} <= set(words(time_chart(even, STYLE)))
    assert "100%" not in words(time_chart(even, STYLE))


def test_empty_figures_give_a_chart():
    nothing = groups(groups=(), counts=(), not_judged=(), mean_valence=())
    for chart in (
        grouped_chart(nothing, STYLE),
        time_chart(nothing, STYLE),
        distribution_chart(figures(counts=(0, 0, 0)), STYLE),
    ):
        assert ElementTree.fromstring(chart).tag == f"{SVG}svg"


def test_long_names_are_cut_by_the_cells_they_take():
    chart = grouped_chart(groups(groups=("电" * 40, "x" * 40, "short")), STYLE)
    shown = words(chart)
    assert "电" * 10 + "…" in shown
    assert "x" * 21 + "…" in shown


def test_colours_are_those_of_the_window_and_figures_on_them_are_readable():
    values = (-2.0, 0.0, 2.0)
    fills = label_fills(LABELS, values)
    window = label_colours(LABELS, values, dark=False)
    assert fills == tuple(hexadecimal(window[label]) for label in LABELS)
    for fill in [*fills, *label_fills([str(number) for number in range(20)], None)]:
        ground = tuple(int(fill[place : place + 2], 16) for place in (1, 3, 5))
        ink = tuple(int(ink_on(fill)[place : place + 2], 16) for place in (1, 3, 5))
        assert contrast(ink, ground) >= 4.0
