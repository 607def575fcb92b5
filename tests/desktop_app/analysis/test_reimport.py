"""A document is read again: its labels stay with their rows, whatever happens meanwhile."""

import os

import pytest
from undisturbed import Undisturbed

from desktop_app.analysis.document_import import DocumentImport, ImportWish
from desktop_app.analysis.job_control import JobStopped
from desktop_app.documents.document_error import DocumentError
from desktop_app.documents.open_document import preview_document
from desktop_app.documents.parser_process import ParserProcess
from desktop_app.documents.read_options import ReadOptions
from desktop_app.documents.table_row import TableRow
from desktop_app.projects.project import Project
from desktop_app.projects.source_identity import source_identity

PNG = b"\x89PNG\r\n"


def table(path, rows, head="id,text"):
    path.write_text("\n".join([head, *rows, ""]), encoding="utf-8")


def numbered(*numbers):
    return [f"{n},this is sentence number {n}" for n in numbers]


def read(project, path, *, parser=None, control=None, appended=lambda _: None, preview=None):
    wish = ImportWish(
        path=path,
        options=ReadOptions(),
        text_column="text",
        preview=preview or preview_document(path),
    )
    job = DocumentImport(
        project, wish, parser or ParserProcess(), control or Undisturbed(), appended=appended
    )
    return job.run()


def rows(project):
    return project.rows(project.columns({}).rows.tolist(), {})


def labelled(project):
    """Text to label of the rows that have one."""
    return {row.text: row.corrected for row in rows(project) if row.corrected is not None}


def label(project, texts, name="positive"):
    project.correct_labels([row.id for row in rows(project) if row.text in texts], name)


@pytest.fixture
def folder(tmp_path):
    path = tmp_path / "folder"
    path.mkdir()
    table(path / "a.csv", ["1,first of a", "2,second of a"])
    table(path / "b.csv", ["1,first of b", "2,second of b"])
    return path


class Losing(ParserProcess):
    """Gives a part as lost, as when its process died, and then breaks off."""

    def __init__(self, part, *, rows_of_part):
        super().__init__()
        self._part, self._count = part, rows_of_part

    def row_batches(self, path, options=None):
        found = [row for batch in super().row_batches(path, options) for row in batch]
        place = next(at for at, row in enumerate(found) if row.cells[0] == self._part)
        note = "the process that read this was lost (exit code -9)"
        lost = TableRow((self._part, *[""] * (len(found[0].cells) - 1)), "unreadable", note)
        yield [*found[:place], lost, *found[place + self._count :][:1]]
        raise DocumentError("Reading was cancelled.", reason="cancelled")


def test_a_document_that_outgrew_the_project_stays_as_it_was(tmp_path):
    path = tmp_path / "x.csv"
    with Project.create(tmp_path / "p.bertproject", row_limit=10) as project:
        table(path, numbered(*range(8)))
        first = read(project, path).document
        label(project, {"this is sentence number 7"})
        table(path, numbered(*range(11)))
        with pytest.raises(DocumentError, match=r"at most 10 rows.*stays, with its labels") as told:
            read(project, path)
        assert told.value.reason == "too large"
        assert [each.id for each in project.documents()] == [first.id]
        assert labelled(project) == {"this is sentence number 7": "positive"}
        table(path, numbered(*range(2, 11)))  # fits in the place of what was there
        outcome = read(project, path)
        assert not outcome.cut and outcome.document.row_count == 9
        assert labelled(project) == {"this is sentence number 7": "positive"}


def test_a_cut_document_is_read_again_where_there_is_room(tmp_path):
    other, path = tmp_path / "other.csv", tmp_path / "x.csv"
    table(other, numbered(*range(100, 106)))
    table(path, numbered(*range(8)))
    with Project.create(tmp_path / "p.bertproject", row_limit=10) as project:
        filled = read(project, other).document
        assert read(project, path).cut and project.documents()[1].row_count == 4
        label(project, {"this is sentence number 3"})
        project.remove_document(filled.id)
        outcome = read(project, path)
        assert not outcome.cut and [each.row_count for each in project.documents()] == [8]
        assert labelled(project) == {"this is sentence number 3": "positive"}


def test_a_file_of_a_folder_that_cannot_be_read_now_costs_no_label(project, folder):
    first = read(project, folder).document
    label(project, {"first of a", "second of a"})
    kept = (folder / "a.csv").read_bytes()
    (folder / "a.csv").write_bytes(PNG + kept)
    table(folder / "b.csv", ["1,first of b", "2,second of b", "3,third of b"])
    with pytest.raises(DocumentError, match=r"cannot be read whole now \(a\.csv: .*labels"):
        read(project, folder)
    assert [each.id for each in project.documents()] == [first.id]
    assert len(labelled(project)) == 2
    (folder / "a.csv").write_bytes(kept)
    outcome = read(project, folder)
    assert outcome.labels_lost == 0 and outcome.document.row_count == 5
    assert set(labelled(project)) == {"first of a", "second of a"}


def test_a_file_that_could_never_be_read_holds_nothing_up(project, folder):
    (folder / "broken.csv").write_bytes(PNG)
    read(project, folder)
    label(project, {"first of a"})
    table(folder / "b.csv", ["1,another text"])
    (folder / "new.csv").write_bytes(PNG)
    outcome = read(project, folder)
    assert outcome.labels_lost == 0 and len(project.documents()) == 1
    assert labelled(project) == {"first of a": "positive"}


def test_a_folder_inside_that_cannot_be_reached_costs_no_label(project, folder, tmp_path):
    """A link that leads nowhere for now stands for a drive that is not there."""
    (tmp_path / "drive.csv").write_text("id,text\n1,text on a drive\n")
    (folder / "link.csv").symlink_to(tmp_path / "drive.csv")
    read(project, folder)
    label(project, {"text on a drive"})
    (tmp_path / "drive.csv").rename(tmp_path / "away.csv")
    with pytest.raises(DocumentError, match=r"link\.csv cannot be reached"):
        read(project, folder)
    assert labelled(project) == {"text on a drive": "positive"}
    (folder / "link.csv").unlink()  # on purpose
    assert read(project, folder).labels_lost == 1


def test_a_broken_off_import_with_a_lost_part_is_begun_anew(project, folder):
    with pytest.raises(DocumentError, match="cancelled"):
        read(project, folder, parser=Losing("a.csv", rows_of_part=2))
    (broken_off,) = project.documents()
    assert not broken_off.complete and broken_off.row_count == 2
    label(project, {"first of b"})
    outcome = read(project, folder)
    assert outcome.document.id != broken_off.id and outcome.labels_lost == 0
    assert len(project.documents()) == 1
    assert [row.text for row in rows(project)] == [
        "first of a",
        "second of a",
        "first of b",
        "second of b",
    ]
    assert labelled(project) == {"first of b": "positive"}


def test_a_broken_off_import_with_other_rows_is_begun_anew(project, tmp_path, control):
    path = tmp_path / "x.csv"
    table(path, numbered(*range(1_500)))
    control.stop_after = 4
    with pytest.raises(JobStopped):
        read(project, path, control=control)
    (broken_off,) = project.documents()
    number = project.columns({}).rows.tolist()[3]
    with project._database.write(durable=True) as connection:  # as another reader would have it
        connection.execute("UPDATE cells SET cells = '[\"other\",null]' WHERE row = ?", (number,))
    outcome = read(project, path)
    assert outcome.document.id != broken_off.id
    assert [row.cells[0] for row in rows(project)] == [str(n) for n in range(1_500)]


def test_a_failed_import_leaves_nothing_but_labels_somebody_gave(project, tmp_path):
    path = tmp_path / "x.csv"
    table(path, numbered(*range(2_600)))

    def change(_):
        with path.open("a") as stream:
            stream.write("9,more\n")

    with pytest.raises(DocumentError, match="changed while"):
        read(project, path, appended=change)
    assert project.documents() == () and project.rows_left == 1_000_000

    def label_and_change(_):
        label(project, {"this is sentence number 1"})
        change(_)

    with pytest.raises(DocumentError, match="changed while"):
        read(project, path, appended=label_and_change)
    assert labelled(project) == {"this is sentence number 1": "positive"}
    assert read(project, path).labels_lost == 0
    assert len(project.documents()) == 1
    assert labelled(project) == {"this is sentence number 1": "positive"}


def test_labels_of_a_failed_second_import_go_to_the_first(project, tmp_path):
    path = tmp_path / "x.csv"
    table(path, numbered(1, 2))
    first = read(project, path).document
    label(project, {"this is sentence number 2"}, "negative")
    table(path, numbered(2, 1))

    def label_and_change(document):
        if document.id != first.id:
            ids = [row.id for row in rows(project) if row.document == document.id]
            project.correct_labels(ids, "positive")
        os.truncate(path, 3)

    with pytest.raises(DocumentError, match="changed while"):
        read(project, path, appended=label_and_change)
    assert [each.id for each in project.documents()] == [first.id]
    assert labelled(project)["this is sentence number 1"] == "positive"


def test_a_project_inside_the_folder_does_not_change_it(folder):
    table(folder / "a.csv", numbered(*range(3_000)))
    (folder / "notes.bin").write_bytes(b"x")
    known = source_identity(folder)
    with Project.create(folder / "p.bertproject") as project:
        outcome = read(project, folder)
        assert outcome.document.complete and outcome.document.row_count == 3_002
        (folder / ".hidden.csv").write_text("a\n")
        assert project.source_state(outcome.document.id) == "same"
        assert read(project, folder).document.id == outcome.document.id
    assert source_identity(folder) == known


def test_a_folder_with_a_new_column_keeps_labels(project, folder):
    read(project, folder)
    label(project, {"second of b"})
    table(folder / "0.csv", ["x,y,first of 0"], head="other,more,text")
    outcome = read(project, folder)
    assert len(project.documents()) == 1 and outcome.labels_lost == 0
    assert labelled(project) == {"second of b": "positive"}


def test_a_preview_of_other_files_is_not_believed(project, folder):
    """Two files change their names: sizes and times stay, the order of the columns does not."""
    table(folder / "b.csv", ["first of b,1", "second of b,2"], head="text,id")
    for name in ("a.csv", "b.csv"):
        os.utime(folder / name, ns=(1, 1))
    seen = preview_document(folder)
    assert seen.columns == ("file", "id", "text")
    (folder / "a.csv").rename(folder / "c.csv")
    outcome = read(project, folder, preview=seen)
    assert outcome.document.columns == ("file", "text", "id")
    assert {row.text for row in rows(project)} == {
        "first of a",
        "second of a",
        "first of b",
        "second of b",
    }


def test_most_of_many_labels_are_not_lost_to_another_reading(project, tmp_path):
    path = tmp_path / "x.csv"
    table(path, numbered(*range(30)))
    first = read(project, path).document
    project.correct_labels(project.columns({}).rows.tolist()[:20], "positive")
    table(path, numbered(*range(15, 45)))
    with pytest.raises(DocumentError, match="15 of 20 corrected labels"):
        read(project, path)
    assert [each.id for each in project.documents()] == [first.id]
    assert len(labelled(project)) == 20
    table(path, numbered(*range(5, 30)))
    assert read(project, path).labels_lost == 5
    assert len(labelled(project)) == 15


def test_a_file_of_a_folder_that_could_not_be_read_is_read_when_asked_again(project, folder):
    table(folder / "b.csv", ["1,good text"])
    kept = (folder / "a.csv").read_bytes()
    (folder / "a.csv").write_bytes(PNG + kept[len(PNG) :])
    os.utime(folder / "a.csv", ns=(1, 1))
    read(project, folder)
    label(project, {"good text"})
    (folder / "a.csv").write_bytes(kept)
    os.utime(folder / "a.csv", ns=(1, 1))  # as a lock that is lifted leaves it
    assert read(project, folder).document.row_count == 3
    assert labelled(project) == {"good text": "positive"}
