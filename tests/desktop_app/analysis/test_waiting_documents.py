"""What waits is remembered with every choice, and nothing in a project is taken on trust."""

import contextlib
import json
import os
import sqlite3
from pathlib import Path

import pytest

from desktop_app.analysis import waiting_documents
from desktop_app.analysis.document_import import ImportWish
from desktop_app.analysis.import_series import FollowingWish
from desktop_app.analysis.name_list import name_list
from desktop_app.analysis.stored_wish import stored_wish, wish_of
from desktop_app.analysis.waiting_documents import WaitingDocuments
from desktop_app.documents.read_options import ReadOptions
from desktop_app.projects.project import Project
from desktop_app.projects.project_error import ProjectError
from desktop_app.projects.source_identity import source_identity

CHOSEN = ReadOptions(encoding="gb18030", delimiter=";", header=False, sheet="Sheet 2")


@pytest.fixture
def wishes(tmp_path):
    """A wish with choices, two that follow it, and a folder."""
    for name in ("a.csv", "b.csv", "c.csv"):
        (tmp_path / name).write_text("id,text\n1,good\n")
    (tmp_path / "folder").mkdir()
    like = {"options": ReadOptions(), "text_column": "", "like": "text"}
    return [
        ImportWish(path=tmp_path / "a.csv", options=CHOSEN, text_column="text"),
        FollowingWish(path=tmp_path / "b.csv", **like),
        FollowingWish(path=tmp_path / "c.csv", **like),
        FollowingWish(path=tmp_path / "folder", **like),
    ]


def names(waiting):
    return [each.path.name for each in waiting._wishes]


def again(project):
    """What the project remembers, as at its next opening."""
    waiting = WaitingDocuments()
    waiting.take_over(project)
    return waiting


@pytest.fixture
def waiting(project, wishes):
    made = again(project)
    made.add(wishes)
    return made


def test_every_choice_comes_back(project, waiting, wishes):
    found = again(project)
    assert list(found._wishes) == list(waiting._wishes)
    first, second, _, folder = found._wishes
    assert (first.options, first.text_column) == (CHOSEN, "text")
    assert isinstance(second, FollowingWish) and second.like == "text"
    status = wishes[0].path.stat()
    assert (first.seen.size, first.seen.modified_ns) == (status.st_size, status.st_mtime_ns)
    assert folder.seen is None
    assert found.told() == (
        "Still to be read: a.csv, b.csv, c.csv, folder. Go on, or cancel to leave out what was "
        "not read."
    )


def test_the_list_is_as_long_as_what_is_left(project, waiting, wishes):
    waiting.end_first()
    assert names(again(project)) == ["b.csv", "c.csv", "folder"]
    waiting.go_on([wishes[0]])
    waiting.go_on(wishes)  # all of them wait already
    assert names(again(project)) == ["b.csv", "c.csv", "folder", "a.csv"]
    waiting.forget([wishes[2]])
    waiting.end_first()
    assert names(again(project)) == ["folder", "a.csv"]
    waiting.clear(resting=True)
    assert len(again(project)) == 0 and again(project).told() == ""


def test_what_is_of_an_earlier_opening_rests_until_somebody_goes_on(project, waiting, wishes):
    found = again(project)
    assert (len(found), found.ready) == (4, 0)
    new = [ImportWish(path=Path(f"/data/{n}.csv"), options=CHOSEN, text_column="") for n in (1, 2)]
    found.add(new)
    found.forget([new[0], wishes[1]])
    assert (names(found), found.ready) == (["2.csv", "a.csv", "c.csv", "folder"], 1)
    found.end_first()
    found.add(new)
    found.clear(resting=False)  # what somebody called off, not what is offered
    assert (names(again(project)), found.ready) == (["a.csv", "c.csv", "folder"], 0)
    found.go_on([])
    assert found.ready == 3
    found.clear(resting=False)
    assert len(again(project)) == 0


def test_a_project_of_before_has_nothing_that_waits(project):
    assert project.settings() == {}
    waiting = again(project)
    assert len(waiting) == 0 and waiting.told() == "" and project.settings() == {}


def test_what_changed_and_what_is_gone_is_named(project, waiting, wishes):
    first, second, third, folder = (each.path for each in wishes)
    os.utime(first, ns=(1, 1))
    second.write_text("longer than before")
    third.unlink()
    folder.rmdir()
    assert again(project).told().split("\n") == [
        "Still to be read: a.csv, b.csv. Go on, or cancel to leave out what was not read.",
        "Changed since it was chosen: a.csv, b.csv. It is read as it is now.",
        "To be read, but no longer there: c.csv, folder. Put it back before you go on, or it is "
        "left out.",
    ]


def test_one_that_was_begun_is_not_named_and_left_out_when_it_has_changed(project, waiting, wishes):
    project.add_document(
        path=wishes[1].path,
        source=source_identity(wishes[1].path),
        columns=("id", "text"),
        text_column=1,
        options=ReadOptions().to_dict(),
    )
    found = again(project)
    assert names(found)[1] == "b.csv" and "b.csv" not in found.told()
    wishes[1].path.write_text("longer than before")  # its document tells that it has changed
    assert names(again(project)) == ["a.csv", "c.csv", "folder"]
    assert names(again(project)) == ["a.csv", "c.csv", "folder"]


def test_more_than_can_be_remembered_is_remembered_in_its_turn(project, wishes, monkeypatch):
    monkeypatch.setattr(waiting_documents, "MOST", 2)
    waiting = again(project)
    waiting.add(wishes)
    assert names(again(project)) == ["a.csv", "b.csv"]
    waiting.end_first()
    waiting.end_first()
    assert names(again(project)) == ["c.csv", "folder"]
    waiting.add(wishes[:1])
    assert waiting.leave() == (
        "Not read yet: c.csv, folder. Open the project again to go on.\n"
        "Not read: a.csv. Import them again."
    )
    assert len(waiting) == 0
    monkeypatch.setattr(waiting_documents, "MOST_BYTES", 1)
    waiting = again(project)
    waiting.add(wishes)
    assert len(again(project)) == 0 and len(waiting) == 6


def test_what_cannot_be_remembered_is_not_taken(project, waiting, wishes):
    project.close()
    with pytest.raises(ProjectError):
        waiting.add(wishes)
    assert len(waiting) == 4


FORGED = {
    "no object": 7,
    "a field too many": {"more": 1},
    "a relative path": {"path": "a.csv"},
    "a path with an end": {"path": "/a\0.csv"},
    "a path without end": {"path": "/" + "a" * 40_000},
    "a path of numbers": {"path": 5},
    "a size below zero": {"size": -1},
    "a size beyond numbers": {"size": 2**70},
    "half a state": {"size": None},
    "a truth for a size": {"size": True},
    "a column of numbers": {"text_column": 3},
    "a list of likes": {"like": ["text"]},
    "no options": {"options": None},
    "an unknown option": {"options": {"command": "x"}},
    "an encoding that is none": {"options": {"encoding": "rot13"}},
    "a list for a sheet": {"options": {"sheet": [[[]]]}},
    "a text for a truth": {"options": {"header": "yes"}},
    "cells without end": {"options": {"max_cell_characters": 10**12}},
    "columns of lists": {"options": {"columns": [["a"], ["b"]]}},
}


@pytest.mark.parametrize("change", FORGED.values(), ids=FORGED)
def test_a_forged_entry_is_told_once_and_the_others_stay(project, waiting, change):
    entries = [stored_wish(each) for each in waiting._wishes]
    entries[1] = entries[1] | change if isinstance(change, dict) else change
    with pytest.raises(ValueError, match=r"\w"):
        wish_of(json.loads(json.dumps(entries[1])))
    project.store_settings({"waiting_documents": entries, "waiting_documents_read": 0})
    found = again(project)
    assert names(found) == ["a.csv", "c.csv", "folder"]
    assert found.told().startswith("The list of what is still to be read is damaged.")
    assert "damaged" not in again(project).told()


@pytest.mark.parametrize(
    ("entries", "read", "left"),
    [
        ({}, 0, 0),
        ("x", 0, 0),
        ([None] * 20_001, 0, 0),
        (None, 5, 4),
        (None, -1, 4),
        (None, "1", 4),
        (None, True, 4),
    ],
    ids=["object", "text", "too many", "beyond", "negative", "text for a number", "truth"],
)
def test_a_list_that_is_none_is_told(project, waiting, entries, read, left):
    known = [stored_wish(each) for each in waiting._wishes] if entries is None else entries
    project.store_settings({"waiting_documents": known, "waiting_documents_read": read})
    found = again(project)
    assert len(found) == left and "is damaged" in found.told()


def test_names_that_are_no_utf_8_and_paths_of_other_systems(project, waiting):
    odd = [Path("/data/\udcff.csv"), Path("C:\\Daten\\März.csv")]
    waiting.add([ImportWish(path=each, options=CHOSEN, text_column="") for each in odd])
    found = again(project)
    assert [each.path for each in found._wishes][-2:] == odd
    assert "no longer there: \udcff.csv" in found.told()


def test_of_many_names_the_first_are_said():
    paths = [Path(f"/a/{number}.csv") for number in range(1_012)]
    assert name_list(paths[:2]) == "0.csv, 1.csv"
    assert name_list(paths).endswith("8.csv, 9.csv, and 1,002 more")


def test_ten_thousand_cost_few_bytes_a_step(tmp_path):
    path = tmp_path / "large.bertproject"
    with Project.create(path) as project:
        waiting = again(project)
        waiting.add(
            FollowingWish(
                path=Path(f"/data/of a survey/{n}.csv"),
                options=ReadOptions(),
                text_column="",
                like="text",
            )
            for n in range(10_000)
        )
        assert len(again(project)) == 10_000  # 4 MiB are enough for them
        with contextlib.closing(sqlite3.connect(path)) as connection:
            before = connection.execute("SELECT value FROM settings").fetchall()
            waiting.end_first()
            after = connection.execute("SELECT value FROM settings").fetchall()
        assert [len(new) for (new,) in after if (new,) not in before] == [1]
        assert project.settings()["waiting_documents_read"] == 1
