"""Which points no other point beats."""

from __future__ import annotations

from collections.abc import Sequence


def pareto_front(points: Sequence[tuple[float, ...]]) -> list[int]:
    """The places of those points than which none is better.

    A point beats another if it is at most as large in every coordinate and smaller in one; of
    equal points none beats the other.

    Args:
        points: of equally many coordinates, each better the smaller it is.

    Returns:
        Places in `points`, by the first coordinate, then the next.
    """
    left = [
        place
        for place, point in enumerate(points)
        if not any(_beats(other, point) for other in points)
    ]
    return sorted(left, key=lambda place: points[place])


def _beats(first: tuple[float, ...], second: tuple[float, ...]) -> bool:
    return first != second and all(a <= b for a, b in zip(first, second, strict=True))
