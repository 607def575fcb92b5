"""The figures behind a chart, as a CSV file."""

from __future__ import annotations

import codecs

from desktop_app.results.csv_text import csv_line, neutralised
from desktop_app.results.summary import Distribution, GroupedCounts
from desktop_app.results.top_phrases import Phrase

Cells = list[list[str]]


def distribution_table(figures: Distribution) -> Cells:
    """A row a label, then the rows without a verdict; the first row is the head."""
    total = max(figures.judged, 1)
    rows = [["label", "rows", "share"]]
    for label, count in zip(figures.labels, figures.counts, strict=True):
        rows.append([label, str(count), f"{count / total:.6f}"])
    return [*rows, ["(not judged)", str(figures.not_judged), ""]]


def grouped_table(figures: GroupedCounts) -> Cells:
    """A row a group or stretch of time: rows of each label, not judged, mean valence."""
    head = figures.bucket or figures.column
    rows = [[head, *figures.labels, "(not judged)", "mean valence"]]
    for place, group in enumerate(figures.groups):
        mean = figures.mean_valence[place]
        rows.append(
            [
                group,
                *map(str, figures.counts[place]),
                str(figures.not_judged[place]),
                "" if mean is None else f"{mean:.6f}",
            ]
        )
    return rows


def phrase_table(labels: tuple[str, ...], phrases: tuple[tuple[Phrase, ...], ...]) -> Cells:
    """A row a phrase, label by label."""
    rows = [["label", "phrase", "score", "texts", "texts of other labels"]]
    for label, found in zip(labels, phrases, strict=True):
        for each in found:
            rows.append(
                [label, each.text, f"{each.score:.6f}", str(each.texts), str(each.other_texts)]
            )
    return rows


def chart_csv(table: Cells) -> bytes:
    """The table as a CSV file with a byte-order mark; what could be a formula is neutralised."""
    lines = [csv_line([neutralised(cell) for cell in row]) for row in table]
    return codecs.BOM_UTF8 + "".join(lines).encode()
