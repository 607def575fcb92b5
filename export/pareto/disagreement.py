"""The texts on which a bundle and its float model part."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from export.pareto.trial_data import TrialData
from export.verify import row_cosines

# Axis letters: N texts, D values of the output.
Outputs = NDArray[np.float32]


@dataclass(frozen=True, kw_only=True)
class Disagreement:
    """One text, answered differently."""

    index: int  # of the text among those compared, from 0
    text: str
    float_label: str | None = None  # classification: what the float model said
    label: str | None = None  # what the bundle said
    given: str | None = None  # what people said, where the data tell
    cosine: float | None = None  # vectors: of the two


@dataclass(frozen=True, kw_only=True)
class Disagreements:
    """How often two parted, and the first or the worst of these texts."""

    count: int | None  # texts with another label; None for vectors, which always differ a little
    shown: tuple[Disagreement, ...]  # labels: the first ones; vectors: those of lowest cosine


def find_disagreements(
    found: Outputs, expected: Outputs, data: TrialData, labels: Sequence[str], *, limit: int
) -> Disagreements:
    """Compare the answers of a bundle with its float model's.

    Args:
        found: the bundle's, (N, D).
        expected: the float model's, (N, D).
        data: the N texts.
        labels: of the D classes; empty if the answers are vectors.
        limit: how many texts to show.
    """
    if not labels:
        cosines = row_cosines(found, expected)  # (N,)
        worst = np.argsort(cosines, kind="stable")[:limit].tolist()
        rows = tuple(
            Disagreement(index=row, text=data.texts[row], cosine=float(cosines[row]))
            for row in worst
        )
        return Disagreements(count=None, shown=rows)
    ours, theirs = found.argmax(axis=1), expected.argmax(axis=1)  # (N,) each
    parted = np.flatnonzero(ours != theirs).tolist()
    rows = tuple(
        Disagreement(
            index=row,
            text=data.texts[row],
            float_label=labels[theirs[row]],
            label=labels[ours[row]],
            given=_given(data, labels, row),
        )
        for row in parted[:limit]
    )
    return Disagreements(count=len(parted), shown=rows)


def _given(data: TrialData, labels: Sequence[str], row: int) -> str | None:
    if data.labels is not None:
        return labels[data.labels[row]]
    return None if data.values is None else f"{data.values[row]:g}"
