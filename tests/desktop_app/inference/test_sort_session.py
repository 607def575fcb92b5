"""Columns of real projects in order, found on another thread."""

import sqlite3
import threading

import numpy as np
import pytest

from desktop_app.documents.table_row import TableRow
from desktop_app.inference import sort_session
from desktop_app.inference.sort_session import SortRequest, SortSession, rank_column
from desktop_app.item_models.source_columns import SourceColumns
from desktop_app.projects.project import Project
from desktop_app.projects.project_error import ProjectError
from desktop_app.projects.source_identity import SourceIdentity


@pytest.fixture
def project(tmp_path):
    """Two documents that share the column "score"; the second has no column "shop"."""
    with Project.create(tmp_path / "a.bertproject") as made:
        first = [("a", "10", "x"), ("b", "9", ""), ("c", "", "w")]
        second = [("9.5", "d"), ("100", "a" * 500)]
        for name, columns, rows in (
            ("b.csv", ("text", "score", "shop"), first),
            ("a.csv", ("score", "text"), second),
        ):
            document = made.add_document(
                path=tmp_path / name,
                source=SourceIdentity(),
                columns=columns,
                text_column=columns.index("text"),
                options={},
            )
            made.append_rows(document.id, [TableRow(cells) for cells in rows])
            made.finish_document(document.id)
        yield made


def request_of(project, column):
    columns = project.columns({})
    return SortRequest(
        column=column,
        source=SourceColumns(project.documents()),
        rows=columns.rows,
        documents=columns.documents,
    )


def read_of(project):
    return lambda place, first, last: project.cells(place, first=first, last=last)


@pytest.mark.parametrize("chunk", [1, 2, 2_000])
@pytest.mark.parametrize(
    ("column", "ranks"),
    [
        ("score", [2, 0, -1, 1, 3]),
        ("shop", [1, -1, 0, -1, -1]),
        ("file", [1, 1, 1, 0, 0]),
        ("nowhere", [-1] * 5),
    ],
)
def test_columns_of_several_documents(project, monkeypatch, chunk, column, ranks):
    monkeypatch.setattr(sort_session, "_CHUNK", chunk)
    found = rank_column(request_of(project, column), read_of(project), lambda: False)
    assert found.tolist() == ranks


def test_ranks_come_from_another_thread_and_only_of_the_last_wish(qtbot, project):
    threads, go_on = set(), threading.Event()

    def read(place, first, last):
        threads.add(threading.current_thread())
        go_on.wait(10)
        return project.cells(place, first=first, last=last)

    session = SortSession(read)
    told = []
    session.ranked.connect(lambda request, ranks: told.append((request.column, ranks.tolist())))
    session.ask(request_of(project, "shop"))
    session.ask(request_of(project, "score"))
    with qtbot.waitSignal(session.ranked):
        go_on.set()
    assert told == [("score", [2, 0, -1, 1, 3])]
    assert threading.main_thread() not in threads
    session.close()


def test_a_damaged_project_is_told(qtbot, project):
    with project._database.write(durable=False) as connection:
        connection.execute("UPDATE cells SET cells = '[1' WHERE row = 2")
    with pytest.raises(ProjectError, match="its cells are no lists") as caught:
        project.cells(0, first=1, last=5)
    assert caught.value.reason == "damaged"
    assert not isinstance(caught.value, sqlite3.Error)
    session = SortSession(read_of(project))
    with qtbot.waitSignal(session.failed) as failed:
        session.ask(request_of(project, "score"))
    assert "damaged" in failed.args[0]
    session.close()


def test_rows_that_are_gone_and_a_project_that_is_closed_end_it_quietly(qtbot, project):
    request = request_of(project, "score")
    session, failures = SortSession(read_of(project)), []
    session.failed.connect(failures.append)
    project.remove_document(1)
    with qtbot.waitSignal(session.given_up):
        session.ask(request)
    project.close()
    with qtbot.waitSignal(session.given_up):
        session.ask(request)
    assert failures == []
    session.close()


def test_cells_are_cut_for_sorting(project):
    assert project.cells(1, first=5, last=5) == [(5, "")]  # the text stands elsewhere
    assert project.cells(0, first=4, last=5) == [(4, "9.5"), (5, "100")]
    assert rank_column(request_of(project, "score"), read_of(project), lambda: True) is None
    assert np.all(np.diff(request_of(project, "score").rows) > 0)
