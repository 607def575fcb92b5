"""One row of results beside the source's cells, and the head of a table of them."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.results.provenance import Provenance, joint_values

OK = "ok"


@dataclass(frozen=True, slots=True)
class ResultRow:
    """A verdict, or the reason why there is none. Made by the million."""

    cells: tuple[str, ...]  # the source's, in order
    status: str  # "ok", or why there is no verdict, or what was odd
    label: str | None  # the verdict; None where the row was not judged
    scores: tuple[float, ...]  # beside ResultTable.labels, nan: the bundle has no such label
    valence: float | None  # None: not judged, or labels without values
    language: str  # BCP 47, for example "en"; "" = unknown
    uncertain: bool  # the two best labels are close, see uncertainty.py
    corrected: str | None = None  # the label a person gave instead

    @property
    def final_label(self) -> str | None:
        """What counts: the person's label before the network's."""
        return self.label if self.corrected is None else self.corrected


@dataclass(frozen=True, kw_only=True)
class ResultTable:
    """What is the same for all rows; the rows are streamed beside it."""

    columns: tuple[str, ...]  # the source's, in order; names may be empty or equal
    text_column: str  # the one that was judged
    labels: tuple[str, ...]  # of all bundles used
    provenance: tuple[Provenance, ...]  # the bundles used
    settings: tuple[tuple[str, str], ...] = ()  # name and value of what decided the results

    @property
    def label_values(self) -> tuple[float, ...] | None:
        """The place of each label on the valence scale; None where one has no place."""
        values = joint_values(self.provenance)
        if values is None or not set(self.labels) <= set(values):
            return None
        return tuple(values[label] for label in self.labels)

    def judge_of(self, row: ResultRow) -> Provenance | None:
        """The bundle that judged a row: the only one, or the one of its language."""
        if row.label is None:
            return None
        if len(self.provenance) == 1:
            return self.provenance[0]
        for bundle in self.provenance:
            if bundle.language.lower().split("-")[0] == row.language.lower().split("-")[0]:
                return bundle
        return None
