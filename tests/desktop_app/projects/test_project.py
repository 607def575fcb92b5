import subprocess
import sys
import threading
from pathlib import Path

import pytest

from desktop_app.projects.database import ProjectDatabase
from desktop_app.projects.project import Project
from desktop_app.projects.project_error import ProjectError
from desktop_app.projects.source_identity import SourceIdentity

ROUTING = {"en": "e" * 64, "zh": "c" * 64}
TEXTS = ["great phone", "很好", "great phone", "", "mañana", "很好", "bad"]


def test_rows_come_back_as_they_went_in(project, steps):
    document = steps.document(project)
    odd = [
        steps.row("1", "nul \0 inside", status="ragged", note="3 cells for 2 columns"),
        steps.row("2"),
        steps.row("half \ud83d", "half \ud83d of 😀"),
        steps.row("4", "line\nbreak \\ \"quote\" 'x'", "one more"),
    ]
    project.append_rows(document.id, odd)
    found = project.rows([4, 1, 2, 3, 99], ROUTING)
    assert [row.id for row in found] == [4, 1, 2, 3]
    assert found[0].cells == odd[3].cells and found[0].ordinal == 3
    assert (found[1].text, found[1].status) == ("nul \0 inside", "ragged")
    assert found[1].note == "3 cells for 2 columns"
    assert found[2].cells == ("2",) and found[2].text == ""
    assert found[3].cells == ("half \ufffd", "half \ufffd of 😀")
    assert found[1].verdict is None and found[1].corrected is None


def test_an_import_that_was_broken_off_goes_on_where_it_was(path, steps):
    with Project.create(path) as project:
        document = steps.document(project)
        project.append_rows(document.id, [steps.row("0", "a"), steps.row("1", "b")])
    with Project.open(path) as project:
        again = steps.document(project)
        assert (again.id, again.row_count, again.complete) == (document.id, 2, False)
        project.append_rows(again.id, [steps.row("2", "c")])
        assert project.finish_document(again.id).row_count == 3
        assert [row.cells for row in project.rows([1, 2, 3], {})] == [
            ("0", "a"),
            ("1", "b"),
            ("2", "c"),
        ]
        with pytest.raises(ProjectError, match="imported already"):
            project.append_rows(again.id, [steps.row("3", "d")])
        other = steps.document(project)  # complete: the same file anew is another document
        assert other.id != document.id and other.options == {"encoding": "gb18030"}
        changed = steps.document(project, size=11)
        assert changed.id not in (document.id, other.id)


def test_a_broken_off_import_of_a_changed_source_is_not_gone_on_with(project, steps):
    first = steps.document(project)
    project.append_rows(first.id, [steps.row("0", "a")])
    assert steps.document(project, size=99).row_count == 0
    assert steps.document(project).row_count == 1


def test_pasted_texts_are_each_their_own(project, steps):
    assert steps.document(project, path=None).id != steps.document(project, path=None).id
    assert project.source_state(1) == "same"


def test_beyond_the_limit_a_sample_is_offered_and_what_is_there_stays(path, steps):
    with Project.create(path, row_limit=5) as project:
        document = steps.document(project)
        rows = [steps.row(str(number), "x") for number in range(4)]
        project.append_rows(document.id, rows)
        assert project.rows_left == 1
        with pytest.raises(ProjectError, match=r"at most 5 rows.*sample") as caught:
            project.append_rows(document.id, rows[:2])
        assert caught.value.reason == "too many rows"
        assert project.append_rows(document.id, rows[:1]).row_count == 5


def test_settings_survive_and_are_replaced_one_by_one(path):
    with Project.create(path) as project:
        project.store_settings({"threshold": 0.5, "bundles": ROUTING})
        project.store_settings({"threshold": 0.6})
    with Project.open(path) as project:
        assert project.settings() == {"threshold": 0.6, "bundles": ROUTING}


def test_closed_cleanly_a_project_is_one_file(path, steps):
    with Project.create(path) as project:
        steps.imported(project, TEXTS)
        assert {place.name for place in path.parent.iterdir()} > {path.name, f"{path.name}.lock"}
    assert [place.name for place in path.parent.iterdir()] == [path.name]
    project.close()
    with pytest.raises(ProjectError, match="was closed"):
        project.documents()


def test_nothing_is_overwritten_and_unwritable_places_are_told(path, tmp_path):
    path.write_bytes(b"precious")
    with pytest.raises(ProjectError, match="not overwritten") as caught:
        Project.create(path)
    assert caught.value.reason == "exists" and path.read_bytes() == b"precious"
    for place in (Path("/proc/x.bertproject"), tmp_path / "no folder" / "x.bertproject"):
        with pytest.raises(ProjectError, match="may write") as caught:
            Project.create(place)
        assert caught.value.reason == "read-only"


def test_a_new_project_takes_nothing_from_the_log_of_a_deleted_one(path, steps):
    log = path.with_name(path.name + "-wal")
    with Project.create(path) as project:
        steps.imported(project, ["of the old project"])
        left = log.read_bytes()
    path.unlink()
    log.write_bytes(left)  # as after a kill
    for end in ("-shm", "-journal", ".lock"):
        path.with_name(path.name + end).write_bytes(b"of the old project")
    with Project.create(path) as project:
        assert project.documents() == ()
        steps.imported(project, TEXTS)
        project.check()
        assert project.rows([1], ROUTING)[0].text == TEXTS[0]
    assert [place.name for place in path.parent.iterdir()] == [path.name]


def test_a_folder_that_cannot_be_written_is_told(path):
    Project.create(path).close()
    content = path.read_bytes()
    path.with_name(path.name + ".lock").mkdir()
    with pytest.raises(ProjectError, match="folder where you may write") as caught:
        Project.open(path)
    assert caught.value.reason == "read-only"
    assert path.read_bytes() == content


def test_a_link_is_no_second_project(path):
    link = path.with_name("link.bertproject")
    with Project.create(path):
        link.symlink_to(path)
        with pytest.raises(ProjectError) as caught:
            Project.open(link)
        assert caught.value.reason == "in use"
    with Project.open(link) as project:
        assert project.path == path


def test_a_second_process_is_refused_until_the_first_lets_go(path):
    code = (
        "import sys; from pathlib import Path; from desktop_app.projects.project import Project\n"
        "from desktop_app.projects.project_error import ProjectError\n"
        "try: Project.open(Path(sys.argv[1]))\n"
        "except ProjectError as error: print(error.reason)\n"
    )
    with Project.create(path):
        with pytest.raises(ProjectError, match="another window"):
            Project.open(path)
        command = [sys.executable, "-c", code, str(path)]
        second = subprocess.run(command, capture_output=True, text=True, check=True)
        assert second.stdout.strip() == "in use"
    Project.open(path).close()


@pytest.mark.parametrize("journal", ["WAL", "DELETE"])
def test_both_kinds_of_journal_keep_everything(path, steps, journal):
    Project.create(path).close()
    database = ProjectDatabase(path, journal=journal)
    assert database.journal_mode == journal.lower()
    with Project(database) as project:
        steps.imported(project, TEXTS)
        steps.analysed(project)
        project.correct_label(1, "positive")
    with Project.open(path) as project:
        assert project.rows([1], ROUTING)[0].corrected == "positive"
        assert project.waiting_count(ROUTING) == 0
        project.check()


def test_labels_and_settings_are_forced_to_the_disk_and_batches_are_not(path, steps):
    class Recording(ProjectDatabase):
        forced: list[int]

        def write(self, *, durable):
            with super().write(durable=durable) as connection:
                self.forced.append(connection.execute("PRAGMA synchronous").fetchone()[0])
            return super().write(durable=durable)

    Project.create(path).close()
    database = Recording.__new__(Recording)
    database.forced = []
    database.__init__(path)
    with Project(database) as project:
        document = steps.document(project)
        project.append_rows(document.id, [steps.row("0", "a")])
        steps.analysed(project)
        assert set(database.forced) == {1}
        database.forced.clear()
        project.correct_label(1, "positive")
        project.undo()
        project.redo()
        project.store_settings({"a": 1})
        project.finish_document(document.id)
        assert set(database.forced) == {2}


def test_reading_does_not_wait_for_a_writer(path, steps):
    Project.create(path).close()
    database = ProjectDatabase(path)
    with Project(database) as project:
        steps.imported(project, TEXTS)
        with database.write(durable=False) as connection:
            connection.execute("DELETE FROM rows")
            seen = []
            reader = threading.Thread(target=lambda: seen.append(len(project.columns(ROUTING))))
            reader.start()
            reader.join(timeout=20)
            assert seen == [len(TEXTS)]
        assert len(project.columns(ROUTING)) == 0


def test_a_replaced_document_hands_on_its_labels_and_results(project, steps):
    old = steps.imported(project, ["same", "twice", "gone", "twice"])
    steps.analysed(project)
    project.correct_labels([1], "positive")
    project.correct_labels([3], "neutral")
    project.correct_labels([4], "negative")
    new = steps.imported(project, ["fresh", "twice", "same", "twice"], size=11)
    assert project.replace_documents([old.id], new.id) == 1
    rows = project.rows([5, 6, 7, 8], ROUTING)
    assert [row.corrected for row in rows] == [None, None, "positive", "negative"]
    assert project.undo() is None  # those commands were about rows that are gone
    assert steps.analysed(project) == ["fresh"]
    assert [document.id for document in project.documents()] == [new.id]
    project.check()


def test_nothing_of_a_removed_document_stays_in_the_file(path, steps):
    with Project.create(path) as project:
        kept = steps.imported(project, ["kept", "shared"])
        gone = steps.imported(project, ["shared", "confidential answer"], path="/secret.csv")
        steps.analysed(project)
        columns = project.columns(ROUTING)
        project.remove_document(gone.id)
        assert [row.text for row in project.rows([1, 2, 3, 4], ROUTING)] == ["kept", "shared"]
        late = steps.verdict(type("Late", (), {"id": int(columns.texts[3]), "text": "late"})())
        assert len(project.store_results([late]).texts) == 0  # judged while it was removed
        again = steps.imported(project, ["new"])
        assert project.rows([5], ROUTING)[0].verdict is None and again.id != kept.id
        with pytest.raises(ProjectError, match="no document 2"):
            project.remove_document(2)
    assert b"confidential" not in path.read_bytes()
    assert b"secret.csv" not in path.read_bytes()


def test_source_identity_is_kept(project, tmp_path, steps):
    document = steps.document(project)
    assert document.source == SourceIdentity(size=10, modified_ns=5, fingerprint="abc")
    assert project.source_state(document.id) == "missing"
