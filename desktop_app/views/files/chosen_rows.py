"""What is counted of the rows that a filter lets through."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from desktop_app.item_models.row_choice import final_labels
from desktop_app.projects.table_columns import TableColumns
from desktop_app.results.summary import Distribution, distribution
from desktop_app.views.files.project_labels import label_codes, used_labels
from desktop_app.views.verdict_style import VerdictStyle

# Axis letters: N rows that are chosen.


@dataclass(frozen=True, kw_only=True)
class ChosenRows:
    """The arrays stand beside each other."""

    labels: tuple[str, ...]  # to count by, in their order
    places: NDArray[np.int32]  # (N,) in the columns, ascending
    codes: NDArray[np.intp]  # (N,) places in `labels`; -1: none
    valences: NDArray[np.float64]  # (N,) nan: none
    uncertain: NDArray[np.bool_]  # (N,)

    @classmethod
    def of(cls, columns: TableColumns, order: NDArray[np.int32], style: VerdictStyle) -> ChosenRows:
        """Of rows that are shown.

        Args:
            columns: of the project.
            order: (N,) places in the columns, in any order.
            style: of the verdicts.
        """
        shown = np.zeros(len(columns), np.bool_)  # a mark for each is quicker than sorting
        shown[order] = True
        places = np.flatnonzero(shown).astype(np.int32)
        labels = used_labels(columns, style)
        return cls(
            labels=labels,
            places=places,
            codes=label_codes(columns, final_labels(columns)[places], labels),
            valences=columns.valence[places].astype(np.float64),
            uncertain=columns.uncertain[places],
        )

    def distribution(self) -> Distribution:
        """How often each label is."""
        return distribution(
            self.codes, self.labels, uncertain=self.uncertain, valences=self.valences
        )
