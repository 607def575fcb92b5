"""Charts as SVG text, drawn here: bars, stacked bars, lines over time. Nothing to load, no script.

Colour never speaks alone: every bar has its figure, lines differ by their dashes too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from desktop_app.results.label_scale import ink_on, label_fills
from desktop_app.results.plain_text import markup_text
from desktop_app.results.summary import Distribution, GroupedCounts
from desktop_app.text_cells import text_cells

_WIDTH, _ROW, _BAR = 720, 30, 20  # pixels
_NAMES, _FIGURES = 170, 120  # pixels for names at the left, for figures at the right
_PLOT = _WIDTH - _NAMES - _FIGURES
_FONT = (
    'font-family="system-ui, -apple-system, Segoe UI, Noto Sans, Noto Sans CJK SC, '
    'PingFang SC, Microsoft YaHei, sans-serif" font-size="13"'
)
_TEXT, _QUIET, _GRID = "#1a1e24", "#59616b", "#d9dde2"
_DASHES = ("none", "7 4", "2 4", "9 3 2 3", "12 5", "4 2", "1 3")
_CELLS = 22  # of a name; a wide letter takes two
_TIMES = 8  # names below a time axis at most


@dataclass(frozen=True, kw_only=True)
class ChartStyle:
    """What a chart says beside its figures."""

    title: str  # read out by screen readers, and shown when pointed at
    names: dict[str, str]  # label to the word for it; a missing one speaks for itself
    label_values: tuple[float, ...] | None = None  # places on the valence scale: its colours

    def name(self, label: str) -> str:
        """The word for a label."""
        return self.names.get(label, label)


def distribution_chart(figures: Distribution, style: ChartStyle) -> str:
    """A bar for each label, with count and share of the judged rows."""
    fills = label_fills(figures.labels, style.label_values)
    total, largest = max(figures.judged, 1), max([*figures.counts, 1])
    parts = []
    for place, (label, count) in enumerate(zip(figures.labels, figures.counts, strict=True)):
        top = place * _ROW
        width = _PLOT * count / largest
        parts.append(_name_at_left(style.name(label), top))
        parts.append(_rectangle(_NAMES, top + 5, width, fills[place], style.name(label), count))
        share = f"{count:,} · {count / total:.1%}"
        parts.append(_text(_NAMES + width + 8, top + 20, share, colour=_QUIET))
    return _svg(style.title, len(figures.labels) * _ROW + 4, parts)


def grouped_chart(figures: GroupedCounts, style: ChartStyle) -> str:
    """A bar a group, all of the same length, divided by the shares of the labels."""
    fills = label_fills(figures.labels, style.label_values)
    parts, top = _legend(figures.labels, fills, style)
    for group, counts in zip(figures.groups, figures.counts, strict=True):
        total = sum(counts)
        parts.append(_name_at_left(group or "—", top))
        left = float(_NAMES)
        for label, count, fill in zip(figures.labels, counts, fills, strict=True):
            width = _PLOT * count / max(total, 1)
            if not count:
                continue
            parts.append(_rectangle(left, top + 5, width, fill, style.name(label), count))
            if width >= 38:
                share = f"{count / total:.0%}"
                middle = left + width / 2
                parts.append(_text(middle, top + 20, share, colour=ink_on(fill), anchor="middle"))
            left += width
        parts.append(_text(_NAMES + _PLOT + 8, top + 20, f"{total:,}", colour=_QUIET))
        top += _ROW
    return _svg(style.title, top + 4, parts)


def time_chart(figures: GroupedCounts, style: ChartStyle) -> str:
    """A line a label: its share of the judged rows of each stretch; broken where there are none."""
    fills = label_fills(figures.labels, style.label_values)
    parts, top = _legend(figures.labels, fills, style, lines=True)
    height, width, left = 220.0, _WIDTH - 100.0, 60.0
    top += 14
    ceiling = _ceiling(figures)
    for quarter in range(5):
        y = top + height * (1 - quarter / 4)
        parts.append(f'<path d="M{left} {y:.1f}h{width}" stroke="{_GRID}" fill="none"/>')
        share = f"{ceiling * quarter / 4:.0%}"
        parts.append(_text(left - 8, y + 4, share, colour=_QUIET, anchor="end"))
    step = width / max(len(figures.groups) - 1, 1)
    every = -(-len(figures.groups) // _TIMES)
    for place in range(0, len(figures.groups), max(every, 1)):
        x = left + step * place
        parts.append(
            _text(x, top + height + 20, figures.groups[place], colour=_QUIET, anchor="middle")
        )
    for number, label in enumerate(figures.labels):
        shares = [
            counts[number] / sum(counts) if any(counts) else None for counts in figures.counts
        ]
        points = [
            None if share is None else (left + step * place, top + height * (1 - share / ceiling))
            for place, share in enumerate(shares)
        ]
        parts.append(_line(points, fills[number], number, style.name(label)))
    return _svg(style.title, top + height + 34, parts)


def _ceiling(figures: GroupedCounts) -> float:
    """The share at the top of the axis: a fifth more than the lines need at most."""
    largest = max([max(counts) / sum(counts) for counts in figures.counts if any(counts)] or [1.0])
    return next(share for share in (0.2, 0.4, 0.6, 0.8, 1.0) if largest <= share)


def _line(points: Sequence[tuple[float, float] | None], fill: str, number: int, name: str) -> str:
    path, dots, pen_down = [], [], False
    for place, point in enumerate(points):
        if point is None:
            pen_down = False
            continue
        path.append(f"{'L' if pen_down else 'M'}{point[0]:.1f} {point[1]:.1f}")
        alone = not pen_down and (place + 1 == len(points) or points[place + 1] is None)
        if alone:
            dots.append(f'<circle cx="{point[0]:.1f}" cy="{point[1]:.1f}" r="3" fill="{fill}"/>')
        pen_down = True
    line = (
        f'<path d="{"".join(path)}" fill="none" stroke="{fill}" stroke-width="2.2" '
        f'stroke-dasharray="{_DASHES[number % len(_DASHES)]}"/>'
        if path
        else ""
    )
    return f"<g><title>{markup_text(name)}</title>{line}{''.join(dots)}</g>"


def _legend(
    labels: Sequence[str], fills: Sequence[str], style: ChartStyle, *, lines: bool = False
) -> tuple[list[str], float]:
    """The legend's parts, and where it ends."""
    parts, left, top = [], 0.0, 0.0
    for number, (label, fill) in enumerate(zip(labels, fills, strict=True)):
        name = _fitted(style.name(label))
        needed = 34 + 8.0 * text_cells(name)
        if left and left + needed > _WIDTH:
            left, top = 0.0, top + 22
        if lines:
            dash = _DASHES[number % len(_DASHES)]
            parts.append(
                f'<path d="M{left:.1f} {top + 10:.1f}h22" stroke="{fill}" stroke-width="3" '
                f'stroke-dasharray="{dash}" fill="none"/>'
            )
        else:
            parts.append(
                f'<rect x="{left:.1f}" y="{top + 4:.1f}" width="13" height="13" fill="{fill}"/>'
            )
        parts.append(_text(left + (28 if lines else 19), top + 15, name, colour=_TEXT))
        left += needed
    return parts, top + 28


def _name_at_left(name: str, top: float) -> str:
    shown = _text(_NAMES - 10, top + 20, _fitted(name), colour=_TEXT, anchor="end")
    return f"<g><title>{markup_text(name)}</title>{shown}</g>"


def _rectangle(left: float, top: float, width: float, fill: str, name: str, count: int) -> str:
    return (
        f'<rect x="{left:.1f}" y="{top:.1f}" width="{width:.1f}" height="{_BAR}" fill="{fill}" '
        f'stroke="#ffffff"><title>{markup_text(name)}: {count:,}</title></rect>'
    )


def _text(x: float, y: float, text: str, *, colour: str, anchor: str = "start") -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" fill="{colour}" text-anchor="{anchor}">'
        f"{markup_text(text)}</text>"
    )


def _svg(title: str, height: float, parts: Sequence[str]) -> str:
    safe = markup_text(title)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height:.0f}" '
        f'width="{_WIDTH}" height="{height:.0f}" role="img" aria-label="{safe}" {_FONT}>'
        f"<title>{safe}</title>{''.join(parts)}</svg>\n"
    )


def _fitted(name: str) -> str:
    """The name, cut behind as many cells as there is room for."""
    name = " ".join(name.split())
    if text_cells(name) <= _CELLS:
        return name
    kept = ""
    for letter in name:
        if text_cells(kept + letter) > _CELLS - 1:
            break
        kept += letter
    return kept + "…"
