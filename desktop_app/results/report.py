"""All that a report says about one analysis, as values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from desktop_app.results.result_row import ResultTable
from desktop_app.results.summary import Distribution, GroupedCounts
from desktop_app.results.top_phrases import Phrase


@dataclass(frozen=True, kw_only=True)
class Example:
    """A row that shows what a class is."""

    text: str  # its beginning
    confidence: float  # probability of the label
    valence: float | None
    language: str  # "" = unknown


@dataclass(frozen=True, kw_only=True)
class Report:
    """Figures, phrases and examples; tuples of tuples are beside `table.labels`."""

    title: str  # what was analysed, usually the name of the file
    created: str  # date and time, ISO 8601
    table: ResultTable
    rows: int
    corrected: int  # rows whose label a person changed
    distribution: Distribution
    statuses: tuple[tuple[str, int], ...]  # status and rows, the most frequent first
    languages: tuple[tuple[str, int], ...]  # language ("" = unknown) and rows
    by_column: tuple[GroupedCounts, ...]
    over_time: tuple[GroupedCounts, ...]
    phrases: tuple[tuple[Phrase, ...], ...]
    examples: tuple[tuple[Example, ...], ...]
    warnings: tuple[str, ...] = ()  # about the source, for people

    def to_dict(self) -> dict[str, Any]:
        """The figures as plain JSON values, without texts of the source."""
        figures = self.distribution
        return {
            "title": self.title,
            "rows": self.rows,
            "judged": figures.judged,
            "uncertain": figures.uncertain,
            "corrected": self.corrected,
            "mean_valence": figures.mean_valence,
            "rows_with_valence": figures.rated,
            "labels": dict(zip(figures.labels, figures.counts, strict=True)),
            "statuses": dict(self.statuses),
            "languages": {language or "unknown": rows for language, rows in self.languages},
            "models": [
                {"name": bundle.name, "sha256": bundle.sha256, "recipe": bundle.recipe}
                for bundle in self.table.provenance
            ],
            "settings": dict(self.table.settings),
            "warnings": list(self.warnings),
        }
