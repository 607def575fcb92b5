"""Colours that carry meaning, chosen to be told apart by colour-blind readers. No Qt.

Two hues for a scale (vermilion to blue through grey) and a series for classes without an order,
after Okabe and Ito, each in a form for light and one for dark ground with a contrast of at least
3 to 1 against it. Words and lengths always say the same; colour never speaks alone.
"""

from __future__ import annotations

from collections.abc import Sequence

Rgb = tuple[int, int, int]

_NEGATIVE = {False: (200, 80, 30), True: (242, 134, 78)}
_NEUTRAL = {False: (132, 139, 148), True: (140, 147, 156)}
_POSITIVE = {False: (0, 108, 180), True: (88, 168, 236)}
_USUAL_PLACES = {
    "very negative": -2.0,
    "negative": -1.0,
    "neutral": 0.0,
    "positive": 1.0,
    "very positive": 2.0,
}  # of the words of sentiment, for a bundle that gives its labels no values
_SERIES: dict[bool, tuple[Rgb, ...]] = {
    False: (
        (0, 114, 178),
        (190, 110, 0),
        (0, 134, 95),
        (184, 85, 143),
        (45, 140, 200),
        (200, 80, 30),
        (134, 120, 0),
    ),
    True: (
        (79, 163, 224),
        (240, 168, 48),
        (53, 196, 150),
        (224, 140, 192),
        (140, 203, 242),
        (240, 129, 74),
        (217, 204, 74),
    ),
}


def scale_colour(position: float, *, dark: bool) -> Rgb:
    """The colour of a place on a scale from -1 (negative) over 0 to 1 (positive)."""
    position = max(-1.0, min(1.0, position))
    end = _POSITIVE[dark] if position > 0 else _NEGATIVE[dark]
    return mixed(_NEUTRAL[dark], end, abs(position) ** 0.8)


def usual_places(labels: Sequence[str]) -> tuple[float, ...] | None:
    """Places from negative to positive of labels that are all usual words of sentiment, or None.

    They order and colour labels as bundles with values do, so that no two bundles give the same
    word opposite colours; nothing is computed with them.
    """
    words = [label.replace("_", " ").replace("-", " ").lower() for label in labels]
    if not words or not set(words) <= _USUAL_PLACES.keys():
        return None
    return tuple(_USUAL_PLACES[word] for word in words)


def label_colours(
    labels: Sequence[str], label_values: Sequence[float] | None, *, dark: bool
) -> dict[str, Rgb]:
    """A colour for every label: along the scale where labels have a place, else from the series.

    Args:
        labels: in the order of the bundle.
        label_values: the value of each label on the valence scale, or None: the usual places.
        dark: True for colours on dark ground.
    """
    label_values = usual_places(labels) if label_values is None else label_values
    if label_values is not None and len(label_values) == len(labels):
        reach = max((abs(value) for value in label_values), default=0.0) or 1.0
        return {
            label: scale_colour(value / reach, dark=dark)
            for label, value in zip(labels, label_values, strict=True)
        }
    series = _SERIES[dark]
    ground = (255, 255, 255) if dark else (0, 0, 0)
    colours = {}
    for number, label in enumerate(labels):  # later rounds of the series are shaded
        lap = number // len(series)
        colours[label] = mixed(series[number % len(series)], ground, min(0.22 * lap, 0.6))
    return colours


def mixed(first: Rgb, second: Rgb, share: float) -> Rgb:
    """A colour between two, `share` of the way to the second."""
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(first, second, strict=True))
    return red, green, blue


def contrast(first: Rgb, second: Rgb) -> float:
    """Contrast ratio of two colours, 1 to 21 (WCAG 2.2)."""
    bright, dim = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


def _luminance(colour: Rgb) -> float:
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (component / 255 for component in colour)
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
