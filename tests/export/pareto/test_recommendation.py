"""The choice: smallest within the bounds, ties by latency, and words for why."""

from __future__ import annotations

import pytest

from export.pareto.recommendation import Bounds, Candidate, recommend

MB = 1_000_000


def candidate(recipe: str, size: float, loss: float, **changes: object) -> Candidate:
    fields: dict = {"loss_high": loss, "latency_ms": 2.0, "within_tolerance": True}
    return Candidate(recipe=recipe, size=int(size * MB), loss=loss, **{**fields, **changes})


FLOAT = candidate("float32", 91, 0.0)
INT8 = candidate("int8", 24, 0.13)
TABLE4 = candidate("table4", 18, 0.35, loss_high=0.6)
MIXED = candidate("mixed", 15.4, 1.9)
ALL = [FLOAT, INT8, TABLE4, MIXED]


@pytest.mark.parametrize(
    ("size", "loss", "expected"),
    [
        (None, None, "mixed"),
        (None, 0.5, "table4"),
        (None, 0.2, "int8"),
        (20, None, "mixed"),
        (20, 0.5, "table4"),
        (16, 0.5, None),
        (None, 0.0, "float32"),
        (18, 0.35, "table4"),
    ],
)
def test_the_smallest_within_both_bounds(
    size: float | None, loss: float | None, expected: str | None
) -> None:
    bounds = Bounds(max_size=None if size is None else int(size * MB), max_loss=loss)
    assert recommend(ALL, bounds).recipe == expected


def test_ties_are_broken_by_latency() -> None:
    slow = candidate("slow", 18.0, 0.1, latency_ms=3.0)
    fast = candidate("fast", 18.1, 0.4, latency_ms=1.5)
    larger = candidate("larger", 18.3, 0.0, latency_ms=0.1)
    found = recommend([slow, fast, larger], Bounds())
    assert found.recipe == "fast"
    assert "slow is as large" in found.why and "larger" not in found.why


def test_what_breaks_its_tolerance_or_is_no_number_is_never_taken() -> None:
    broken = candidate("broken", 1, 0.0, within_tolerance=False)
    unknown = candidate("unknown", 2, float("nan"))
    assert recommend([broken, unknown, INT8], Bounds(max_loss=0.5)).recipe == "int8"
    none = recommend([broken], Bounds())
    assert none.recipe is None and "breaks its own tolerance" in none.why


def test_the_reason_says_bounds_doubt_and_what_stood_in_the_way() -> None:
    found = recommend(ALL, Bounds(max_size=20 * MB, max_loss=0.5))
    for part in ("table4", "18.0 MB", "at most 20.0 MB and at most 0.5 points", "0.60 points"):
        assert part in found.why
    none = recommend(ALL, Bounds(max_size=16 * MB, max_loss=0.5)).why
    for part in ("int8: it has 24.0 MB", "mixed: it loses 1.90 points"):
        assert part in none
    assert recommend([], Bounds()).recipe is None


def test_a_bound_that_is_no_percentage_is_refused() -> None:
    for loss in (-0.1, 101.0, float("nan")):
        with pytest.raises(ValueError, match="percent points"):
            Bounds(max_loss=loss)
