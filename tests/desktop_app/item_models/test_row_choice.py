"""What is shown and in what order, against plain Python on every row."""

import math
from dataclasses import replace

import numpy as np
import pytest
from fake_project_session import LABELS, columns_of

from desktop_app.item_models.row_choice import (
    RowFilter,
    RowSort,
    chosen_rows,
    final_labels,
    present,
    shown_statuses,
    sorted_rows,
)

ROWS = 600


@pytest.fixture
def columns():
    made = columns_of(ROWS)
    made.corrected[[3, 40, 41]] = [0, 2, 4]
    return made


def label(columns, row):
    number = int(columns.corrected[row])
    number = number if number >= 0 else int(columns.label[row])
    return columns.labels[number] if number >= 0 else None


def status(columns, row):
    verdict = columns.statuses[columns.status[row]]
    read = columns.statuses[columns.read_status[row]]
    return read if verdict == "judged" and read != "ok" else verdict


def language(columns, row):
    return columns.languages[columns.language[row]]


CASES = {
    "all": (RowFilter(), lambda c, r: True),
    "label": (RowFilter(label="neutral"), lambda c, r: label(c, r) == "neutral"),
    "no such label": (RowFilter(label="purple"), lambda c, r: False),
    "language": (RowFilter(language="zh"), lambda c, r: language(c, r) == "zh"),
    "untold": (RowFilter(language=""), lambda c, r: language(c, r) == ""),
    "status": (RowFilter(status="ragged"), lambda c, r: status(c, r) == "ragged"),
    "uncertain": (RowFilter(uncertain=True), lambda c, r: bool(c.uncertain[r])),
    "corrected": (RowFilter(corrected=True), lambda c, r: c.corrected[r] >= 0),
    "found": (RowFilter(found=np.array([1, 5, 599, 7000])), lambda c, r: r in (1, 5, 599)),
    "two": (
        RowFilter(label="very positive", uncertain=True),
        lambda c, r: label(c, r) == "very positive" and bool(c.uncertain[r]),
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_a_filter_lets_the_right_rows_through(columns, case):
    wanted, right = CASES[case]
    expected = [row for row in range(ROWS) if right(columns, row)]
    assert chosen_rows(columns, wanted).tolist() == expected
    assert wanted.active == (case != "all")


def test_a_row_shows_the_status_that_says_most(columns):
    columns.status[0] = columns.statuses.index("unsupported language")
    columns.read_status[0] = columns.statuses.index("ragged")
    with_locked = replace(columns, statuses=(*columns.statuses, "locked"))
    with_locked.read_status[1] = len(columns.statuses)
    with_locked.status[1] = columns.statuses.index("blank")
    names = [with_locked.statuses[number] for number in shown_statuses(with_locked)[:3]]
    assert names == ["unsupported language", "locked", "judged"]
    assert final_labels(columns)[40] == 2


def key_of(columns, name, row):
    if name == "label":
        found = label(columns, row)
        return None if found is None else LABELS.index(found)
    if name in ("confidence", "valence"):
        value = float(getattr(columns, name)[row])
        return None if math.isnan(value) else value
    if name == "language":
        return language(columns, row)
    if name == "uncertain":
        return not columns.uncertain[row]
    found = status(columns, row)
    return (found == "judged", found)


@pytest.mark.parametrize("descending", [False, True])
@pytest.mark.parametrize(
    "name", ["label", "confidence", "valence", "language", "uncertain", "status"]
)
def test_sorting_is_stable_with_missing_values_last(columns, name, descending):
    places = chosen_rows(columns, RowFilter())
    sort = RowSort(key=name, descending=descending)
    found = sorted_rows(columns, places, sort, label_order=LABELS).tolist()
    keys = [key_of(columns, name, row) for row in found]
    known = [(key, row) for key, row in zip(keys, found, strict=True) if key is not None]
    assert keys[len(known) :] == [None] * (ROWS - len(known))
    expected = sorted(
        (row for row in range(ROWS) if key_of(columns, name, row) is not None),
        key=lambda row: key_of(columns, name, row),
        reverse=descending,
    )
    assert [row for _, row in known] == expected


def test_nothing_to_sort_is_fine(columns):
    nothing = np.zeros(0, np.int32)
    assert len(sorted_rows(columns, nothing, RowSort(key="valence"))) == 0
    assert sorted_rows(columns, np.arange(3, dtype=np.int32), None).tolist() == [0, 1, 2]


@pytest.mark.parametrize("codes", [[], [3], [-1, 4, 4, 0], [-1, 200, 70], list(range(-1, 40))])
def test_the_codes_that_some_row_has(codes):
    assert present(np.array(codes, np.int16)) == sorted(set(codes))
    known = [code for code in codes if code >= 0]
    assert present(np.array(known, np.uint8)) == sorted(set(known))
