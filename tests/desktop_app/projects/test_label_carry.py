import time
from pathlib import Path

import pytest

from desktop_app.projects.project_error import ProjectError
from desktop_app.projects.same_rows import same_rows
from desktop_app.projects.source_identity import SourceIdentity


def document(project, steps, rows, columns=("id", "text"), text_column=1):
    found = project.add_document(
        path=Path("/data/a.csv"),
        source=SourceIdentity(size=len(project.documents())),
        columns=columns,
        text_column=text_column,
        options={},
    )
    project.append_rows(found.id, [steps.row(*cells) for cells in rows])
    return found


def labels(project, document):
    ids = project.columns({}).rows.tolist()
    found = [row for row in project.rows(ids, {}) if row.document == document.id]
    return [row.corrected for row in found]


def test_of_equal_texts_the_row_with_the_same_cells_keeps_its_label(project, steps):
    old = document(project, steps, [("3", "ok"), ("7", "ok"), ("9", "ok")])
    project.correct_label(2, "positive")
    project.correct_label(3, "negative")
    new = document(project, steps, [("9", "ok"), ("7", "ok")])
    assert project.replace_documents([old.id], new.id) == 0
    assert labels(project, new) == ["negative", "positive"]


def test_cells_are_compared_by_the_names_of_their_columns(project, steps):
    old = document(project, steps, [("3", "ok"), ("7", "ok")])
    project.correct_label(2, "positive")
    new = document(
        project,
        steps,
        [("ok", "new", "7"), ("ok", "new", "3")],
        columns=("text", "extra", "id"),
        text_column=0,
    )
    assert project.replace_documents([old.id], new.id) == 0
    assert labels(project, new) == ["positive", None]


def test_a_row_whose_other_cells_changed_is_known_by_its_first(project, steps):
    columns = ("file", "text", "stars")
    old = document(project, steps, [("a", "ok", "1"), ("b", "ok", "1")], columns)
    project.correct_label(2, "positive")
    new = document(project, steps, [("b", "ok", "2"), ("a", "ok", "2")], columns)
    assert project.replace_documents([old.id], new.id) == 0
    assert labels(project, new) == ["positive", None]


DATED = ("date", "id", "text", "note")


@pytest.mark.parametrize(
    ("columns", "before", "after", "at"),
    [
        # a note was edited, and a row of the same day and text came in above
        (DATED, ["d 1 ok a", "d 2 ok b"], ["d 9 ok z", "d 1 ok a", "d 2 ok c"], 2),
        # of two columns whose values are all different, the first was edited everywhere
        (("note", "id", "text"), ["a 1 ok", "b 2 ok"], ["z 7 ok", "y 1 ok", "x 2 ok"], 2),
        # the row went, and another of its text came
        (DATED[:3], ["d 1 ok", "d 2 ok", "d 3 ok"], ["d 1 ok", "d 3 ok", "d 4 ok"], None),
        # the number of the line says one thing, the id another
        (("line", "id", "text"), ["1 A ok", "2 B ok"], ["1 Z ok", "2 A ok", "3 B ok"], None),
        # all ids are new, and as many rows of the text are there: the place tells
        (("id", "text"), ["1 ok", "2 ok"], ["7 ok", "8 ok"], 1),
        (("id", "text"), ["1 ok", "2 ok"], ["7 ok", "8 ok", "9 ok"], None),
        # no column tells rows apart
        (
            ("date", "text", "note"),
            ["d ok a", "d ok a2", "d x a"],
            ["d ok b", "d ok b", "d x b"],
            1,
        ),
        (("date", "text", "note"), ["d ok a", "d ok a2", "d x a"], ["d ok b", "d x b"], None),
        # nobody else says this: the id was given anew
        (("id", "text"), ["1 ok", "2 fine"], ["1 ok", "3 fine"], 1),
    ],
)
def test_a_label_stays_with_its_row_or_is_lost(project, steps, columns, before, after, at):
    place = columns.index("text")
    old = document(project, steps, [row.split() for row in before], columns, place)
    project.correct_label(2, "positive")
    new = document(project, steps, [row.split() for row in after], columns, place)
    lost = project.replace_documents([old.id], new.id)
    assert lost == (at is None)
    assert labels(project, new) == ["positive" if n == at else None for n in range(len(after))]


def test_where_a_column_was_renamed_rows_that_came_move_no_label(project, steps):
    old = document(project, steps, [("1", "ok"), ("2", "ok")])
    project.correct_label(2, "positive")
    rows = [("0", "ok"), ("1", "ok"), ("2", "ok")]
    new = document(project, steps, rows, columns=("number", "text"))
    assert project.replace_documents([old.id], new.id) == 1
    assert labels(project, new) == [None, None, None]


def test_a_hundred_thousand_rows_of_one_text_in_linear_time():
    rows = [(number, 1, ("d", str(number), "a")) for number in range(1, 100_001)]
    edited = [(number + 200_000, 1, ("d", cells[1], "b")) for number, _, cells in rows[1:]]
    begun = time.process_time()
    pairs = same_rows(lambda: rows, lambda: edited, [50_000], same_columns=True)
    assert time.process_time() - begun < 5.0
    assert pairs == {number: number + 200_000 for number in range(2, 100_001)}


def test_of_two_labels_the_later_one_counts(project, steps):
    old = document(project, steps, [("1", "ok"), ("2", "fine")])
    new = document(project, steps, [("1", "ok"), ("2", "fine")])
    project.correct_labels([1, 2], "negative")
    project.correct_label(3, "positive")
    with project._database.write(durable=True) as connection:
        for row, made in ((1, "2026-01-02"), (2, "2026-01-02"), (3, "2026-01-03")):
            connection.execute("UPDATE corrections SET made = ? WHERE row = ?", (made, row))
    assert project.replace_documents([old.id], new.id) == 0
    assert labels(project, new) == ["positive", "negative"]


def test_most_of_many_labels_are_not_lost(project, steps):
    old = document(project, steps, [(str(n), f"old {n}") for n in range(12)])
    project.correct_labels(range(1, 12), "positive")
    new = document(project, steps, [("0", "old 0")])
    with pytest.raises(ProjectError, match="10 of 11 corrected labels") as told:
        project.replace_documents([old.id], new.id)
    assert told.value.reason == "labels lost"
    assert [each.complete for each in project.documents()] == [False, False]
    assert labels(project, old).count("positive") == 11
    with pytest.raises(ProjectError, match="1 of 2"):
        few = document(project, steps, [("1", "x"), ("2", "y")])
        project.correct_labels([14, 15], "positive")
        project.replace_documents(
            [few.id], document(project, steps, [("1", "x")]).id, keep_labels=True
        )
    with pytest.raises(ProjectError, match="2 of 2"):
        project.replace_documents([few.id], document(project, steps, [("1", "z")]).id)


def test_a_failed_document_hands_its_labels_on_or_stays(project, steps):
    kept = document(project, steps, [("1", "ok")])
    failed = document(project, steps, [("1", "ok")])
    project.correct_label(2, "positive")
    assert not project.abandon_document(failed.id, heir=None)
    assert project.abandon_document(failed.id, heir=kept.id)
    assert labels(project, kept) == ["positive"]
    assert [each.id for each in project.documents()] == [kept.id]


def test_commands_about_other_rows_can_still_be_undone(project, steps):
    first = document(project, steps, [("1", "a"), ("2", "b")])
    gone = document(project, steps, [("1", "c")])
    project.append_rows(first.id, [steps.row("3", "d")])  # its rows lie on both sides now
    project.correct_labels([1, 3, 4], "positive")
    project.correct_labels([3], "negative")
    project.remove_document(gone.id)
    assert project.undo_steps() == (1, 0)
    project.undo()
    assert labels(project, first) == [None, None, None]
    project.redo()
    assert labels(project, first) == ["positive", None, "positive"]
