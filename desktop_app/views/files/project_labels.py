"""The labels of a project: in their order, with their colours, and as places for counting."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from desktop_app.projects.table_columns import TableColumns
from desktop_app.results.provenance import Provenance, joint_labels, joint_values
from desktop_app.views.verdict_style import VerdictStyle


def project_style(provenance: Sequence[Provenance]) -> VerdictStyle:
    """How the labels of all bundles that judge look, from one end of the scale to the other."""
    bundles = tuple(provenance)
    labels, values = joint_labels(bundles), joint_values(bundles)
    if values is None:
        return VerdictStyle(labels=labels)
    return VerdictStyle(labels=labels, label_values=tuple(values[label] for label in labels))


def used_labels(columns: TableColumns, style: VerdictStyle) -> tuple[str, ...]:
    """The labels of the bundles, then names that only a person gave."""
    given = np.unique(columns.corrected[columns.corrected >= 0])
    own = [columns.labels[number] for number in given.tolist()]
    return (*style.labels, *(name for name in own if name not in style.labels))


def label_codes(
    columns: TableColumns, final: NDArray[np.int16], labels: tuple[str, ...]
) -> NDArray[np.intp]:
    """(N,) places in `labels` of the labels of N rows, -1: none.

    Args:
        columns: of the project, for its names.
        final: (N,) places in `columns.labels`.
        labels: to count by.
    """
    places = {label: place for place, label in enumerate(labels)}
    table = np.array([*(places.get(name, -1) for name in columns.labels), -1], np.intp)
    return table[final]
