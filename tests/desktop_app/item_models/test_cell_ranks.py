"""The order of cells as people expect it, of a million as of ten."""

import itertools
import random
import time

import numpy as np
import pytest

from desktop_app.item_models import cell_ranks
from desktop_app.item_models.cell_ranks import CellRanks


def ranks_of(cells):
    found = CellRanks(len(cells))
    half = len(cells) // 2
    for places in (np.arange(half, len(cells)), np.arange(half)):
        found.add(places, [cells[place] for place in places])
    return found.ranks()


def in_order(cells):
    ranks = ranks_of(cells)
    known = np.flatnonzero(ranks >= 0)
    return [cells[place] for place in known[np.argsort(ranks[known], kind="stable")]]


@pytest.mark.parametrize(
    "cells",
    [
        ["-3", "-0.5", "0", "2", "9", "10", "100", "1,000", "1e4"],
        ["$1.50", "$12", "$1,200.00"],
        ["-$10", "-$5", "$-4", "$3", "+€5", "$10"],
        ["5%", "10%", "99.5%"],
        ["2", "10", "n/a"],  # most are numbers; what is none comes behind
        ["2023-12-31", "2024-01-05", "2024-01-31 09:00", "2024-01-31 17:30", "2025-02-01"],
        [
            "2024-01-04 23:00",
            "2024-01-05",
            "2024-01-05T9:30:00",
            "2024-01-05 9:30:07",
            "2024-01-05 10:00",
        ],
        ["1/4/2024 1:00 PM", "1/5/2024 12:05 a.m.", "1/5/2024 10:00 AM", "1/5/2024 9:00 PM"],
        [
            "2024年1月4日",
            "2024年1月5日 9:30",
            "2024年1月5日 10:00",
            "2024年1月5日 下午1:00",
            "2024年1月5日 2:00 下午",
        ],
        ["9:15", "10:30", "23:00", "noon"],
        ["12:10 AM", "9:05 a.m.", "12:30 PM", "1:00 PM"],
        ["10:30 is late", "9:15 is early", "John 3:16"],
        ["- 7", "-$-1", "--5", "x"],
        ["1,5", "10,2", "2,3"],  # decimal commas are text
        ["31.1.2023", "1.2.2023", "28.2.2024"],
        ["2023年12月31日", "2024年1月5日", "2024年10月5日"],
        ["28 Feb 2023", "1 Jan 2024", "15 Mar 2024", "someday"],
        ["apple", "Banana", "cherry", "Übel", "好"],
        ["1 apple", "2 pears", "pears"],
        ["A1", "A10", "A2", "B1"],
    ],
)
def test_numbers_days_and_texts(cells):
    for seed in range(3):
        mixed = random.Random(seed).sample(cells, len(cells))
        assert in_order(mixed) == cells


def test_equal_cells_are_equal_and_blank_ones_have_no_rank():
    assert ranks_of(["b", " ", "a", "B", "", "b "]).tolist() == [1, -1, 0, 1, -1, 1]
    assert ranks_of(["1.0", "x", "1", "01", "2"]).tolist() == [0, 2, 0, 0, 1]
    assert ranks_of(["", ""]).tolist() == [-1, -1]
    assert ranks_of(["1e999", "-1e999", "5", "1e999"]).tolist() == [2, 0, 1, 2]


def test_what_is_forgotten_between_two_parts_is_equal_all_the_same(monkeypatch):
    monkeypatch.setattr(cell_ranks, "_REMEMBERED", 7)
    cells = [f"w{number * 7919 % 101:04}" for number in range(300)]
    found = CellRanks(300)
    for start in range(0, 300, 10):
        places = np.arange(start, start + 10)
        found.add(places, [cells[place] for place in places])
    order = {cell: rank for rank, cell in enumerate(sorted(set(cells)))}
    assert found.ranks().tolist() == [order[cell] for cell in cells]
    assert found.ranks(lambda: True) is None


@pytest.mark.parametrize(
    "cells",
    [
        ["1/2/2024", "2/20/2024", "3/1/2024"],  # the second one says that months are first
        ["3/1/2024", "1/2/2024", "20/2/2024"],  # the third one says that days are
    ],
)
def test_one_date_says_how_all_are_read_wherever_it_stands(cells):
    for mixed in itertools.permutations(cells):
        assert in_order(mixed) == cells


def test_a_million_rows_take_a_bounded_part_of_each_cell():
    found = CellRanks(1_000_000)
    found.add(np.arange(3), ["b", "a" * 67 + "z", "a" * 67 + "y"])
    assert found.ranks()[:3].tolist() == [1, 0, 0]


def test_fifty_thousand_different_cells_in_bounded_time():
    cells = [f"{number * 7919 % 50_021:07}x" for number in range(50_000)]
    begun = time.process_time()
    ranks = ranks_of(cells)
    assert time.process_time() - begun < 2.0
    assert sorted(ranks.tolist()) == list(range(50_000))
    assert cells[int(np.flatnonzero(ranks == 0)[0])] == min(cells)
