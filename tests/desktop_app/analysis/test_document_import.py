import os

import pytest
from undisturbed import Undisturbed

from desktop_app.analysis.document_import import DocumentImport, ImportWish
from desktop_app.analysis.job_control import JobStopped
from desktop_app.documents.document_error import DocumentError
from desktop_app.documents.parser_process import ParserProcess
from desktop_app.documents.read_options import ReadOptions
from desktop_app.projects.project import Project

ROWS = 2_600


def text_of(number):
    return f"第{number}份 answer, with a comma"


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "答案 survey.csv"
    write(path, ROWS)
    return path


def write(path, rows):
    lines = ["id,text\n", *(f'{n},"{text_of(n)}"\n' for n in range(rows))]
    path.write_bytes("".join(lines).encode("gb18030"))


def read(project, path, control=None, appended=lambda _: None, column="text"):
    wish = ImportWish(path=path, options=ReadOptions(), text_column=column)
    job = DocumentImport(
        project, wish, ParserProcess(), control or Undisturbed(), appended=appended
    )
    return job.run()


def texts(project):
    rows = []
    ids = project.columns({}).rows.tolist()
    for start in range(0, len(ids), 5_000):
        rows += project.rows(ids[start : start + 5_000], {})
    return [row.text for row in rows]


def test_broken_off_and_read_on(project, path, control):
    control.stop_after = 4
    held = []
    with pytest.raises(JobStopped):
        read(project, path, control, lambda document: held.append(document.row_count))
    (document,) = project.documents()
    assert 0 < document.row_count < ROWS and not document.complete
    assert held[-1] == document.row_count
    outcome = read(project, path)
    assert outcome.document.id == document.id
    assert outcome.document.complete and not outcome.cut
    assert texts(project) == [text_of(n) for n in range(ROWS)]
    assert read(project, path).document.id == document.id  # nothing is read twice
    assert len(project.documents()) == 1


def test_a_changed_file_replaces_the_old_one_and_labels_stay(project, path):
    write(path, 5)
    read(project, path)
    project.correct_label(2, "positive")
    project.correct_label(5, "negative")
    write(path, 4)
    outcome = read(project, path)
    assert outcome.labels_lost == 1
    assert [each.id for each in project.documents()] == [outcome.document.id]
    rows = project.rows(project.columns({}).rows.tolist(), {})
    assert [row.corrected for row in rows] == [None, "positive", None, None]


def test_another_column_of_the_same_file_is_another_document(project, path):
    write(path, 3)
    read(project, path)
    read(project, path, column="id")
    assert [each.text_column for each in project.documents()] == [1, 0]


def test_a_file_that_changes_while_it_is_read_is_told(project, path):
    def change(_):
        status = path.stat()
        os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns + 10**9))
        with path.open("ab") as stream:
            stream.write(b"9,more\n")

    with pytest.raises(DocumentError, match="changed while"):
        read(project, path, appended=change)
    assert project.documents() == ()


def test_a_project_is_filled_to_its_limit(tmp_path, path):
    with Project.create(tmp_path / "small.bertproject", row_limit=700) as project:
        outcome = read(project, path)
        assert outcome.document.row_count == 700
        assert "at most 700 rows" in outcome.cut and "bert-desktop analyze" in outcome.cut
        assert texts(project) == [text_of(n) for n in range(700)]


def test_mistakes_are_told(project, path, tmp_path):
    with pytest.raises(DocumentError, match=r"no column 'comment'.*'id', 'text'"):
        read(project, path, column="comment")
    with pytest.raises(DocumentError, match=r"none\.csv cannot be read"):
        read(project, tmp_path / "none.csv")
    assert project.documents() == ()
