import contextlib
import random
import sqlite3
import time

import pytest

from desktop_app.projects.project import Project
from desktop_app.projects.project_error import ProjectError
from desktop_app.projects.schema import APPLICATION_ID, MIGRATIONS, apply_migrations

ROUTING = {"en": "e" * 64, "zh": "c" * 64}


@pytest.fixture
def content(path, steps) -> bytes:
    """Of a project of some forty pages."""
    with Project.create(path) as project:
        steps.imported(project, [f"some text, number {number}" for number in range(600)])
        steps.analysed(project, limit=1000)
        project.correct_labels([1, 2, 3], "good")
    return path.read_bytes()


def refused(path) -> ProjectError:
    before = path.read_bytes()
    with pytest.raises(ProjectError) as caught:
        Project.open(path)
    assert path.read_bytes() == before
    assert str(path) in str(caught.value)
    return caught.value


@pytest.mark.parametrize(
    "junk", [b"", b"id,text\n1,good\n" * 99, random.Random(1).randbytes(9000), b"SQLite format 3\0"]
)
def test_what_is_no_database_is_refused(path, junk):
    path.write_bytes(junk)
    assert refused(path).reason == "not a project"


def test_what_is_not_there_is_told(path):
    with pytest.raises(ProjectError, match="no project") as caught:
        Project.open(path)
    assert caught.value.reason == "missing"
    assert list(path.parent.iterdir()) == []


def test_the_database_of_another_program_is_refused(path):
    with contextlib.closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE rows(id)")
        other.commit()
    assert refused(path).reason == "not a project"


@pytest.mark.parametrize(
    "addition",
    [
        "CREATE TRIGGER t AFTER INSERT ON rows BEGIN DELETE FROM corrections; END",
        "CREATE TABLE more(id)",
        "CREATE VIEW v AS SELECT * FROM rows",
        "DROP TABLE settings",
    ],
)
def test_a_forged_structure_is_refused(path, addition):
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as forged:
        forged.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        apply_migrations(forged, MIGRATIONS, start=0)
        forged.execute(addition)
    error = refused(path)
    assert error.reason == "damaged" and "unexpected structure" in str(error)


@pytest.mark.parametrize("share", [0.02, 0.3, 0.7, 0.999])
def test_a_cut_file_is_refused(path, content, share):
    path.write_bytes(content[: int(len(content) * share)])
    assert refused(path).reason == "damaged"
    assert refused(path).reason == "damaged"  # the second look is not more trusting


def everything(project: Project) -> None:
    project.documents()
    project.bundles()
    project.settings()
    project.undo_steps()
    project.waiting_count(ROUTING)
    columns = project.columns(ROUTING)
    project.rows(columns.rows[:700].tolist(), ROUTING)
    project.search("number")
    project.correct_label(1, "bad")
    project.undo()


def test_changed_bytes_are_harmless_or_told(path, content):
    rng, told = random.Random(3), 0
    for _ in range(40):
        broken = bytearray(content)
        for _ in range(rng.choice([1, 20, 400])):
            broken[rng.randrange(100, len(broken))] = rng.randrange(256)
        path.write_bytes(broken)
        for left in path.parent.glob(f"{path.name}-*"):
            left.unlink()
        try:
            with Project.open(path) as project:
                everything(project)
        except ProjectError as error:
            assert error.reason in ("damaged", "unknown"), error
            told += 1
    assert told > 10


def test_damage_that_was_met_is_looked_for_at_the_next_opening(path, content):
    broken = bytearray(content)
    with contextlib.closing(sqlite3.connect(path)) as reader:
        root = reader.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'rows'").fetchone()[
            0
        ]
    broken[(root - 1) * 4096 : root * 4096] = bytes(4096)
    path.write_bytes(broken)
    project = Project.open(path)
    with pytest.raises(ProjectError, match="damaged"):
        project.columns(ROUTING)
    project.close()
    assert refused(path).reason == "damaged"


@pytest.mark.parametrize("far", [2**40, -5])
def test_ids_that_were_never_given_end_no_program(path, content, far):
    with contextlib.closing(sqlite3.connect(path)) as writer:
        writer.execute("UPDATE texts SET id = ? WHERE id = (SELECT max(id) FROM texts)", [far])
        writer.execute("UPDATE rows SET text = ? WHERE id = 600", [far])
        writer.commit()
    started = time.monotonic()
    with contextlib.suppress(ProjectError), Project.open(path) as project:
        with contextlib.suppress(ProjectError):
            project.columns(ROUTING)
        with contextlib.suppress(ProjectError):
            project.search("number")
    assert time.monotonic() - started < 5


@pytest.mark.parametrize("place", [2, -1, 10**6])
def test_a_text_column_that_a_document_does_not_have_is_damage(path, content, place):
    path.write_bytes(content)
    with contextlib.closing(sqlite3.connect(path)) as forged:
        forged.execute("UPDATE documents SET text_column = ?", (place,))
        forged.commit()
    with Project.open(path) as project, pytest.raises(ProjectError) as caught:
        project.documents()
    assert caught.value.reason == "damaged"
