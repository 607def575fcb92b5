"""What a table of a million rows needs in memory: about 40 bytes a row."""

from __future__ import annotations

from dataclasses import dataclass, field, fields

import numpy as np
from numpy.typing import NDArray

from desktop_app.projects.label_history import LabelChange
from desktop_app.projects.results_store import StoredVerdicts

_OF_VERDICTS = ("label", "confidence", "valence", "language", "status", "uncertain")


@dataclass(kw_only=True)
class TableColumns:
    """R rows in the order of their ids. One thread owns it and brings it up to date."""

    rows: NDArray[np.int32]  # (R,) ids, ascending
    documents: NDArray[np.int32]  # (R,) ids
    texts: NDArray[np.int32]  # (R,) ids; equal texts have the same
    read_status: NDArray[np.uint8]  # (R,) place in `statuses`
    label: NDArray[np.int16]  # (R,) place in `labels`; -1: none
    confidence: NDArray[np.float32]  # (R,) of the label, to 2^-24; nan: none
    valence: NDArray[np.float32]  # (R,) nan: none
    language: NDArray[np.int16]  # (R,) place in `languages`; -1: not detected yet
    status: NDArray[np.uint8]  # (R,) of the verdict, place in `statuses`
    uncertain: NDArray[np.bool_]  # (R,)
    corrected: NDArray[np.int16]  # (R,) place in `labels` of a person's label; -1: none
    labels: tuple[str, ...]
    languages: tuple[str, ...]
    statuses: tuple[str, ...]
    _by_text: tuple[NDArray[np.int32], NDArray[np.int32]] | None = field(default=None, repr=False)

    def __len__(self) -> int:
        return len(self.rows)

    def apply(self, stored: StoredVerdicts) -> NDArray[np.intp]:
        """Take over new verdicts.

        Returns:
            The places of the rows that changed.
        """
        places, which = self._places_of_texts(stored.texts)
        for name in _OF_VERDICTS:
            getattr(self, name)[places] = getattr(stored, name)[which]
        self.labels, self.languages = stored.labels, stored.languages
        self.statuses = stored.statuses
        return places

    def apply_labels(self, change: LabelChange) -> NDArray[np.intp]:
        """Take over corrected labels.

        Returns:
            The places of the rows that changed.
        """
        wanted = np.array(change.rows, np.int32)
        places = np.searchsorted(self.rows, wanted)
        places = np.minimum(places, max(0, len(self.rows) - 1))
        found = self.rows[places] == wanted if len(self.rows) else np.zeros(len(wanted), np.bool_)
        self.labels = change.labels
        numbers = {name: number for number, name in enumerate(change.labels)}
        given = [-1 if name is None else numbers[name] for name in change.given]
        self.corrected[places[found]] = np.array(given, np.int16)[found]
        return places[found]

    def extend(self, more: TableColumns) -> None:
        """Take over rows that came behind the last one."""
        for column in fields(self):
            value = getattr(more, column.name)
            if isinstance(value, np.ndarray):
                value = np.concatenate([getattr(self, column.name), value])
            setattr(self, column.name, value)
        self._by_text = None

    def holding(self, texts: NDArray[np.int32]) -> NDArray[np.bool_]:
        """(R,) which rows have one of these texts, for example what a search found."""
        wanted = np.zeros(int(self.texts.max(initial=0)) + 1, np.bool_)
        wanted[texts[texts < len(wanted)]] = True
        return wanted[self.texts]

    def _places_of_texts(
        self, texts: NDArray[np.int32]
    ) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """The places of all rows with these texts, and which of the texts each has."""
        if self._by_text is None:
            order = np.argsort(self.texts, kind="stable").astype(np.int32)
            self._by_text = order, self.texts[order]
        order, ordered = self._by_text
        first = np.searchsorted(ordered, texts, side="left")
        counts = np.searchsorted(ordered, texts, side="right") - first
        which = np.repeat(np.arange(len(texts)), counts)
        inside = np.arange(len(which)) - np.repeat(np.cumsum(counts) - counts, counts)
        return order[first[which] + inside].astype(np.intp), which
