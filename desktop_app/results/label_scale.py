"""Colours of labels as SVG and CSS write them, readable by the colour-blind."""

from __future__ import annotations

from collections.abc import Sequence

from desktop_app.colour_scale import Rgb, contrast, label_colours

_WHITE, _INK = (255, 255, 255), (26, 30, 36)


def label_fills(labels: Sequence[str], values: Sequence[float] | None) -> tuple[str, ...]:
    """A colour for each label on white paper, for example "#0072b2".

    Args:
        labels: in their order.
        values: their places on the valence scale, or None for colours of a series.
    """
    colours = label_colours(labels, values, dark=False)
    return tuple(hexadecimal(colours[label]) for label in labels)


def ink_on(fill: str) -> str:
    """Black or white, whichever is better read on a colour."""
    ground = _parts(fill)
    dark = contrast(_INK, ground) >= contrast(_WHITE, ground)
    return hexadecimal(_INK if dark else _WHITE)


def hexadecimal(colour: Rgb) -> str:
    """For example "#0072b2"."""
    return "#{:02x}{:02x}{:02x}".format(*colour)


def _parts(fill: str) -> Rgb:
    return int(fill[1:3], 16), int(fill[3:5], 16), int(fill[5:7], 16)
