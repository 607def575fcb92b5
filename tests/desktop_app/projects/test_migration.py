import contextlib
import resource
import sqlite3

import pytest

from desktop_app.projects.project import Project
from desktop_app.projects.project_error import ProjectError
from desktop_app.projects.schema import MIGRATIONS

ADDED = (*MIGRATIONS, ("CREATE TABLE notes(row INTEGER PRIMARY KEY, note TEXT) STRICT",))
LARGE = (
    *MIGRATIONS,
    (
        "CREATE TABLE large(value BLOB) STRICT",
        "INSERT INTO large WITH n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 40) "
        "SELECT randomblob(1000000) FROM n",
    ),
)


@contextlib.contextmanager
def file_limit(size: int):
    """No file may grow beyond this, as on a full drive."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def made(path, steps):
    with Project.create(path) as project:
        steps.imported(project, ["a", "b"])
        project.correct_label(2, "good")


def test_an_older_project_is_copied_and_brought_up_to_date(path, steps):
    made(path, steps)
    with Project.open(path, migrations=ADDED) as project:
        copy = project.backup
        assert project.rows([2], {})[0].corrected == "good"
    assert copy.name == f"{path.name}.v1-backup"
    assert len(list(path.parent.iterdir())) == 2
    with Project.open(copy) as old:  # and the copy is a project of the old version
        assert old.rows([2], {})[0].corrected == "good" and old.backup is None
    with Project.open(path, migrations=ADDED) as project:
        assert project.backup is None


def test_a_newer_project_is_refused_untouched(path, steps):
    made(path, steps)
    Project.open(path, migrations=ADDED).close()
    content, changed = path.read_bytes(), path.stat().st_mtime_ns
    files = set(path.parent.iterdir())
    with pytest.raises(
        ProjectError, match=r"later version.*version 2, known are up to 1"
    ) as caught:
        Project.open(path)
    assert caught.value.reason == "newer"
    assert (path.read_bytes(), path.stat().st_mtime_ns) == (content, changed)
    assert set(path.parent.iterdir()) == files


def test_a_drive_that_fills_up_meanwhile_leaves_the_old_version(path, steps):
    made(path, steps)
    with file_limit(8 << 20), pytest.raises(ProjectError, match="full") as caught:
        Project.open(path, migrations=LARGE)
    assert caught.value.reason == "full"
    with Project.open(path) as project:
        assert project.rows([2], {})[0].corrected == "good"
        project.check()
    assert len(list(path.parent.glob("*-backup"))) == 1


def test_without_room_for_the_copy_nothing_is_begun(path, steps):
    made(path, steps)
    with file_limit(40 << 10), pytest.raises(ProjectError):
        Project.open(path, migrations=ADDED)
    assert [place.name for place in path.parent.iterdir()] == [path.name]
    with Project.open(path) as project:
        assert project.rows([2], {})[0].corrected == "good"


def test_a_step_that_fails_undoes_those_before(path, steps):
    made(path, steps)
    broken = (*ADDED, ("CREATE TABLE one(a)", "CREATE TABLE one(a)"))
    with pytest.raises(sqlite3.OperationalError, match="already exists"):
        Project.open(path, migrations=broken)
    with Project.open(path) as project:
        assert project.rows([1], {})[0].text == "a"


def test_a_full_drive_stops_an_import_and_keeps_what_is_saved(path, steps):
    with Project.create(path) as project:
        document = steps.document(project)
        project.append_rows(document.id, [steps.row("0", "first")])
        project.correct_label(1, "good")
        rows = [steps.row(str(number), f"{number}" * 50_000) for number in range(100)]
        with file_limit(4 << 20), pytest.raises(ProjectError, match="full") as caught:
            project.append_rows(document.id, rows)
        assert caught.value.reason == "full"
        assert project.documents()[0].row_count == 1
        assert project.append_rows(document.id, rows[:5]).row_count == 6
    with Project.open(path) as project:
        assert project.rows([1], {})[0].corrected == "good"
        project.check()
