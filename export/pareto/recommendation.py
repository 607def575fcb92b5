"""Which recipe to take, and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from export.pareto.byte_size import megabytes

SAME_SIZE = 0.01  # files that differ by less than this share count as equally large


@dataclass(frozen=True, kw_only=True)
class Bounds:
    """What the user can afford; None = no bound."""

    max_size: int | None = None  # bytes of the file
    max_loss: float | None = None  # percent points of the task's metric, on all texts

    def __post_init__(self) -> None:
        if self.max_loss is not None and not 0 <= self.max_loss <= 100:
            raise ValueError(
                f"The largest loss is given in percent points, 0 to 100, received {self.max_loss}."
            )

    def __str__(self) -> str:
        parts = []
        if self.max_size is not None:
            parts.append(f"at most {megabytes(self.max_size)}")
        if self.max_loss is not None:
            parts.append(f"at most {self.max_loss:g} points of loss")
        return " and ".join(parts) or "no bounds"


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """What a choice hangs on."""

    recipe: str
    size: int  # bytes
    loss: float  # percent points
    loss_high: float  # upper end of its interval
    latency_ms: float  # of a single short text
    within_tolerance: bool  # of the recipe itself


@dataclass(frozen=True, kw_only=True)
class Recommendation:
    """The choice."""

    recipe: str | None  # None: none is within the bounds
    why: str  # in sentences


def recommend(candidates: Sequence[Candidate], bounds: Bounds) -> Recommendation:
    """The smallest file within the bounds whose recipe keeps its own tolerance.

    Among files that are as large as the smallest, up to `SAME_SIZE`, the fastest is taken.

    Args:
        candidates: what there is.
        bounds: what may be spent.
    """
    fitting = [each for each in candidates if not list(_obstacles(each, bounds))]
    if not fitting:
        return Recommendation(recipe=None, why=_why_none(candidates, bounds))
    smallest = min(each.size for each in fitting)
    equal = [each for each in fitting if each.size <= smallest * (1 + SAME_SIZE)]
    best = min(equal, key=lambda each: (each.latency_ms, each.size))
    return Recommendation(recipe=best.recipe, why=_why(best, equal, fitting, bounds))


def _obstacles(candidate: Candidate, bounds: Bounds) -> Iterator[str]:
    if not candidate.within_tolerance:
        yield "it breaks its own tolerance"
    if bounds.max_size is not None and candidate.size > bounds.max_size:
        yield f"it has {megabytes(candidate.size)}"
    if bounds.max_loss is not None and not candidate.loss <= bounds.max_loss:
        yield f"it loses {candidate.loss:.2f} points"


def _why(
    best: Candidate, equal: Sequence[Candidate], fitting: Sequence[Candidate], bounds: Bounds
) -> str:
    who = f"the smallest of the {len(fitting)} recipes" if len(fitting) > 1 else "the only recipe"
    keep = "keep" if len(fitting) > 1 else "keeps"
    own = "their own tolerance" if len(fitting) > 1 else "its own tolerance"
    limits = "" if bounds == Bounds() else f" and the bounds ({bounds})"
    why = (
        f"{best.recipe} is {who} that {keep} {own}{limits}: {megabytes(best.size)}, "
        f"{best.loss:.2f} points of loss, {best.latency_ms:.1f} ms for a short text."
    )
    if others := [each.recipe for each in equal if each is not best]:
        why += f" {', '.join(others)} is as large within 1 %, but slower."
    if bounds.max_loss is not None and best.loss_high > bounds.max_loss:
        why += (
            f" These texts are too few to be sure: its loss may be as high as "
            f"{best.loss_high:.2f} points, beyond the bound."
        )
    return why


def _why_none(candidates: Sequence[Candidate], bounds: Bounds) -> str:
    if not candidates:
        return "No recipe could be built and run."
    reasons = "; ".join(
        f"{each.recipe}: {' and '.join(_obstacles(each, bounds))}" for each in candidates
    )
    return f"No recipe is within the bounds ({bounds}). {reasons}."
