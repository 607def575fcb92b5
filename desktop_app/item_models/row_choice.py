"""Which rows of a table are shown, and in what order: numpy over the columns. No Qt."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from desktop_app.analysis.judgement import WITHOUT_TEXT
from desktop_app.item_models.row_order import ordered_places
from desktop_app.projects.table_columns import TableColumns
from desktop_app.projects.verdict import BLANK_LANGUAGE, JUDGED

# Axis letters: R rows of the project, S rows that are shown.
SortKey = Literal["label", "confidence", "valence", "language", "uncertain", "status", "source"]
READ_WELL = "ok"
_FEW_CODES = 16  # each looked for by itself: a pass takes 0.3 ms of a million, counting all 9 ms
NO_LANGUAGE = ("", BLANK_LANGUAGE)  # not told, and no linguistic content


@dataclass(frozen=True, kw_only=True)
class RowFilter:
    """What a row must have to be shown; the defaults ask for nothing."""

    label: str | None = None  # a person's before the network's
    language: str | None = None  # as detected; "": one that cannot be told
    status: str | None = None  # one of `shown_statuses`
    uncertain: bool = False  # only verdicts that are too close to call
    corrected: bool = False  # only rows with a person's label
    found: NDArray[np.int_] | None = field(default=None, compare=False)  # places with the words

    @property
    def active(self) -> bool:
        """True when some rows may be left out."""
        return self.found is not None or self != RowFilter()


@dataclass(frozen=True, kw_only=True)
class RowSort:
    """By which column rows are sorted; rows without a value are last either way."""

    key: SortKey
    column: str = ""  # name, of a column that a source brought along
    descending: bool = False


def final_labels(columns: TableColumns) -> NDArray[np.int16]:
    """(R,) places in `labels` of what counts: the person's label before the network's; -1: none."""
    return np.where(columns.corrected >= 0, columns.corrected, columns.label)


def shown_statuses(columns: TableColumns) -> NDArray[np.uint8]:
    """(R,) places in `statuses` of the one status that says most about a row.

    A row without text says so; else why it was not judged; else what reading it found odd.
    """
    names = {name: number for number, name in enumerate(columns.statuses)}
    without = np.array([names[name] for name in WITHOUT_TEXT if name in names], np.uint8)
    judged = columns.status == names.get(JUDGED, 0)
    read_well = columns.read_status == names.get(READ_WELL, 255)
    shown = np.where(judged & ~read_well, columns.read_status, columns.status)
    if len(without):
        shown = np.where(np.isin(columns.read_status, without), columns.read_status, shown)
    return shown.astype(np.uint8)


def present(codes: NDArray[np.int16] | NDArray[np.uint8]) -> list[int]:
    """The codes that some row has, -1 among them, ascending; quicker than to sort them."""
    low, high = (int(codes.min()), int(codes.max())) if len(codes) else (0, -1)
    if high - low < _FEW_CODES:
        return [code for code in range(low, high + 1) if (codes == code).any()]
    counts = np.bincount(codes.astype(np.intp) - low)
    return [low + number for number in np.flatnonzero(counts).tolist()]


def chosen_rows(columns: TableColumns, wanted: RowFilter) -> NDArray[np.int32]:
    """(S,) places of the rows that a filter lets through, ascending."""
    keep = np.ones(len(columns), np.bool_)  # (R,)
    if wanted.label is not None:
        keep &= final_labels(columns) == _place(columns.labels, wanted.label)
    if wanted.language is not None:
        keep &= _has_language(columns, wanted.language)
    if wanted.status is not None:
        keep &= shown_statuses(columns) == _place(columns.statuses, wanted.status)
    if wanted.uncertain:
        keep &= columns.uncertain
    if wanted.corrected:
        keep &= columns.corrected >= 0
    if wanted.found is not None:
        hit = np.zeros(len(columns), np.bool_)
        hit[wanted.found[wanted.found < len(columns)]] = True
        keep &= hit
    return np.flatnonzero(keep).astype(np.int32)


def sorted_rows(
    columns: TableColumns,
    places: NDArray[np.int32],
    sort: RowSort | None,
    *,
    label_order: tuple[str, ...] = (),
    ranks: NDArray[np.int32] | None = None,
) -> NDArray[np.int32]:
    """Rows in the order of a column; equal ones stay as they stand in the source.

    Args:
        columns: of all rows.
        places: (S,) of the rows to sort, ascending.
        sort: None: as they are.
        label_order: labels from first to last; others come behind by name.
        ranks: (R,) of a source's column, -1: blank; None: not known yet, and nothing is sorted.

    Returns:
        (S,) the same places.
    """
    if sort is None or len(places) == 0 or (sort.key == "source" and ranks is None):
        return places
    values: NDArray[np.float32] | NDArray[np.int32]  # (R,)
    if sort.key == "source" and ranks is not None:
        values, missing = ranks, ranks < 0  # (R,) both
    else:
        values, missing = _sort_values(columns, sort.key, label_order)
    if len(places) < len(values):
        values, missing = values[places], missing[places]
    return ordered_places(places, values, missing, descending=sort.descending)


def _sort_values(
    columns: TableColumns, key: SortKey, label_order: tuple[str, ...]
) -> tuple[NDArray[np.float32], NDArray[np.bool_]]:
    """(R,) numbers to sort by, and where there is none."""
    if key == "confidence":
        return columns.confidence, np.isnan(columns.confidence)
    if key == "valence":
        return columns.valence, np.isnan(columns.valence)
    if key == "uncertain":
        never = np.zeros(len(columns), np.bool_)
        return (~columns.uncertain).astype(np.float32), never
    if key == "label":
        known = {name: rank for rank, name in enumerate(label_order)}
        ranks = _ranks(columns.labels, lambda name: (known.get(name, len(known)), name))
        numbers = final_labels(columns).astype(np.intp)
    elif key == "language":
        ranks = _ranks(columns.languages, lambda name: (0, name))
        numbers = columns.language.astype(np.intp)
    else:
        ranks = _ranks(columns.statuses, lambda name: (name == JUDGED, name))
        numbers = shown_statuses(columns).astype(np.intp)
    return np.append(ranks, 0).astype(np.float32)[numbers], numbers < 0


def _ranks(names: tuple[str, ...], key: Callable[[str], Any]) -> NDArray[np.float32]:
    order = sorted(range(len(names)), key=lambda number: key(names[number]))
    ranks = np.zeros(len(names), np.float32)
    ranks[order] = np.arange(len(names), dtype=np.float32)
    return ranks


def _has_language(columns: TableColumns, language: str) -> NDArray[np.bool_]:
    if language != "":
        return columns.language == _place(columns.languages, language)
    untold = [number for number, name in enumerate(columns.languages) if name in NO_LANGUAGE]
    return np.isin(columns.language, [-1, *untold])


def _place(names: tuple[str, ...], name: str) -> int:
    return names.index(name) if name in names else -2
