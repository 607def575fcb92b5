"""When a verdict is too close to call: the margin rule of docs/decisions/results.md."""

from __future__ import annotations

from collections.abc import Iterable

UNCERTAIN_MARGIN = 0.15  # of probability, between the two best labels


def is_uncertain(scores: Iterable[float], margin: float = UNCERTAIN_MARGIN) -> bool:
    """Whether the best label leads the second by less than `margin`.

    Args:
        scores: probabilities of the labels; nan where the bundle has no such label.
        margin: 0 to 1.

    Returns:
        False where there are fewer than two probabilities: nothing is close to the only one.
    """
    best = sorted((score for score in scores if score == score), reverse=True)[:2]
    return len(best) == 2 and best[0] - best[1] < margin
