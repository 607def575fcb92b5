import contextlib
import sqlite3

import pytest

from desktop_app.projects.project import Project
from desktop_app.projects.project_error import ProjectError
from desktop_app.projects.rescue import rescue_project

ROUTING = {"en": "e" * 64, "zh": "c" * 64}
TEXTS = [f"some text, number {number} " + "x" * 100 for number in range(2000)]


@pytest.fixture
def content(path, steps) -> bytes:
    with Project.create(path) as project:
        steps.imported(project, TEXTS)
        steps.analysed(project, limit=2000)
        project.correct_labels(range(1, 2001, 100), "good")
        project.store_settings({"threshold": 0.5})
    return path.read_bytes()


def page_of(path, table: str) -> int:
    with contextlib.closing(sqlite3.connect(path)) as reader:
        query = "SELECT rootpage FROM sqlite_schema WHERE name = ?"
        return reader.execute(query, (table,)).fetchone()[0] - 1


def test_all_but_the_damaged_pages_is_saved(path, content):
    broken = bytearray(content)
    for page in (20, 47, len(content) // 4096 // 2):
        broken[page * 4096 : (page + 1) * 4096] = b"\xff" * 4096
    path.write_bytes(broken)
    target = path.with_name("saved.bertproject")
    rescue = rescue_project(path, target)
    assert path.read_bytes() == broken
    assert 1800 < rescue.rows < 2000 and rescue.rows_lost == 2000 - rescue.rows
    with Project.open(target) as project:
        project.check()
        columns = project.columns(ROUTING)
        rows = project.rows(columns.rows.tolist(), ROUTING)
        assert len(rows) == rescue.rows == project.documents()[0].row_count
        for row in rows:
            assert row.text == TEXTS[row.id - 1] and row.cells == (str(row.id - 1), row.text)
        assert sum(row.corrected == "good" for row in rows) == rescue.labels >= 17
        assert sum(row.verdict is not None for row in rows) > 1700
        assert project.settings() == {"threshold": 0.5}


def test_the_log_of_a_deleted_project_does_not_get_into_the_saved_one(path, content, steps):
    target = path.with_name("saved.bertproject")
    log = target.with_name(target.name + "-wal")
    with Project.create(target) as project:
        steps.imported(project, ["of the old project"])
        left = log.read_bytes()
    target.unlink()
    log.write_bytes(left)
    assert rescue_project(path, target).rows == 2000
    with Project.open(target) as project:
        project.check()
        assert [row.text for row in project.rows([1, 2000], ROUTING)] == [TEXTS[0], TEXTS[-1]]


@pytest.mark.parametrize("table", ["statuses", "labels", "documents", "results", "sqlite_sequence"])
def test_a_lost_table_takes_no_rows_with_it(path, content, table):
    broken = bytearray(content)
    page = page_of(path, table)
    broken[page * 4096 : (page + 1) * 4096] = bytes(4096)
    path.write_bytes(broken)
    rescue = rescue_project(path, path.with_name("saved.bertproject"))
    assert (rescue.rows, rescue.labels) == (2000, 20)
    with Project.open(path.with_name("saved.bertproject")) as project:
        project.check()
        rows = project.rows(list(range(1, 2001)), ROUTING)
        assert [row.text for row in rows] == TEXTS
        assert all(row.corrected for row in rows[::100])


def test_where_nothing_can_be_read_nothing_is_made(path, content):
    path.write_bytes(content[:100] + bytes(len(content) - 100))
    target = path.with_name("saved.bertproject")
    with pytest.raises(ProjectError, match="Nothing of"):
        rescue_project(path, target)
    assert not target.exists()
    target.write_bytes(b"mine")
    with pytest.raises(ProjectError, match="not overwritten"):
        rescue_project(path, target)
    assert target.read_bytes() == b"mine"


def test_rows_that_were_counted_far_are_saved_too(path, content):
    with contextlib.closing(sqlite3.connect(path)) as writer:
        for table, key in (("rows", "id"), ("cells", "row"), ("corrections", "row")):
            writer.execute(f"UPDATE {table} SET {key} = {key} + 5000000")
        writer.commit()
    target = path.with_name("saved.bertproject")
    rescue = rescue_project(path, target)
    assert (rescue.rows, rescue.labels, rescue.rows_lost) == (2000, 20, 0)
