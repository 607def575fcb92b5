from pathlib import Path

import pytest

from desktop_app.projects.source_identity import SourceIdentity

COLUMNS = ("file", "page", "text")


@pytest.fixture
def add(project, steps):
    def document(*rows, columns=COLUMNS):
        found = project.add_document(
            path=Path("/data/folder"),
            source=SourceIdentity(size=len(project.documents())),
            columns=columns,
            text_column=len(columns) - 1,
            options={},
        )
        project.append_rows(
            found.id,
            [steps.row(*cells, status=status, note=note) for *cells, status, note in rows],
        )
        return found.id

    return document


def names(project, old, new, *, parted=True):
    return [part.name for part in project.lost_parts(old=old, new=new, parted=parted)]


READ = (
    ("a.csv", "", "good", "ok", ""),
    ("b.pdf", "1", "fine", "ok", ""),
    ("b.pdf", "2", "bad", "ok", ""),
)


def test_a_file_a_locked_file_and_a_page_of_a_file_are_parts(project, add):
    old = add(*READ, ("x.csv", "", "", "unreadable", "never could be"))
    new = add(
        ("a.csv", "", "", "locked", "wants a password"),
        ("b.pdf", "1", "fine", "ok", ""),
        ("b.pdf", "2", "", "unreadable", "the page is damaged"),
        ("new.csv", "", "", "unreadable", "a new one"),
        ("x.csv", "", "", "unreadable", "never could be"),
    )
    assert names(project, old, new) == ["a.csv", "b.pdf, 2"]
    assert names(project, new, old) == []


def test_rows_that_were_read_badly_are_no_parts(project, add):
    old = add(*READ)
    new = add(*READ, ("a.csv", "", "half \ufffd", "unreadable", "1 characters are damaged"))
    assert names(project, old, new) == []
    assert not project.has_unread_parts(new, parted=True)


def test_a_document_of_one_part_is_lost_as_a_whole(project, add):
    old = add(("1", "good", "ok", ""), columns=("id", "text"))
    locked = add(("", "locked", "wants a password"), columns=("text",))
    assert names(project, old, locked, parted=False) == [""]
    assert project.has_unread_parts(locked, parted=False)
    bad_line = add(("1", "{", "unreadable", "not JSON"), columns=("id", "text"))
    assert names(project, old, bad_line, parted=False) == []


def test_files_in_folders_that_cannot_be_reached(project, add):
    old = add(("sub/a.csv", "", "good", "ok", ""), ("100%.csv", "", "fine", "ok", ""))
    assert project.first_read_place(old, ["other", "sub"]) == "sub"
    assert project.first_read_place(old, ["100%.csv"]) == "100%.csv"
    assert project.first_read_place(old, ["su", "sub/a", "100_.csv"]) == ""
    assert project.first_read_place(old, []) == ""
