"""Which points no other beats."""

from __future__ import annotations

import numpy as np

from export.pareto.front import pareto_front


def test_what_is_beaten_is_left_out() -> None:
    points = [(3.0, 1.0), (1.0, 3.0), (2.0, 2.0), (2.5, 2.5), (3.0, 1.5)]
    assert pareto_front(points) == [1, 2, 0]


def test_equal_points_beat_neither_and_one_point_is_the_front() -> None:
    assert pareto_front([(1.0, 1.0), (1.0, 1.0), (1.0, 2.0)]) == [0, 1]
    assert pareto_front([(5.0,)]) == [0]
    assert pareto_front([]) == []


def test_everything_beside_the_front_is_beaten_by_something_on_it() -> None:
    points = [tuple(row) for row in np.random.default_rng(3).integers(0, 30, (200, 3)).tolist()]
    front = set(pareto_front(points))
    for place, point in enumerate(points):
        beaten = any(
            points[other] != point
            and all(a <= b for a, b in zip(points[other], point, strict=True))
            for other in front
        )
        assert beaten == (place not in front)
