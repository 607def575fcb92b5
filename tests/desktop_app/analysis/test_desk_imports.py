"""What the window is told of imports that fail, and of documents that take another's place."""

import zipfile

from desktop_app.analysis import project_jobs
from desktop_app.analysis.document_import import ImportWish
from desktop_app.analysis.news import ColumnsChanged, Failed, HistoryChanged
from desktop_app.documents.read_options import ReadOptions

SPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def wish(path):
    return ImportWish(path=path, options=ReadOptions(), text_column="text")


def test_the_rows_of_a_failed_import_are_gone_from_the_window(desk, tmp_path):
    path = tmp_path / "cut off.docx"
    text = "".join(f"<w:p><w:r><w:t>good {n}</w:t></w:r></w:p>" for n in range(6_000))
    with zipfile.ZipFile(path, "w") as archive:
        head = f'<w:document xmlns:w="{SPACE}"><w:body>'
        archive.writestr("word/document.xml", f"{head}{text}<w:p>")
    made, listener = desk()
    made.import_document(wish(path))
    listener.ended("failed")
    assert "damaged" in listener.last(Failed).reason
    assert max(len(item.columns) for item in listener.all(ColumnsChanged)) > 0
    told = listener.last(ColumnsChanged)
    assert len(told.columns) == 0 and told.documents == ()


def test_steps_that_went_with_a_document_are_told(desk, tmp_path):
    path = tmp_path / "x.csv"
    path.write_text("id,text\n1,good\n2,bad\n")
    made, listener = desk()
    made.import_document(wish(path))
    listener.ended()
    made.correct(listener.last(ColumnsChanged).columns.rows.tolist(), "neutral")
    listener.wait(HistoryChanged, lambda item: item.undo)
    path.write_text("id,text\n2,bad\n1,good\n")
    before = len(listener.items)
    made.import_document(wish(path))
    told = listener.wait(HistoryChanged, after=before)
    assert not told.undo and not told.redo
    assert (listener.last(ColumnsChanged).columns.corrected >= 0).sum() == 2


def test_a_row_is_never_shown_beside_the_one_that_takes_its_place(desk, tmp_path, monkeypatch):
    monkeypatch.setattr(project_jobs, "COLUMNS_SECONDS", 0.0)
    path = tmp_path / "large.csv"
    lines = [f"{n},good film {n}\n" for n in range(6_000)]
    path.write_text("id,text\n" + "".join(lines))
    made, listener = desk()
    made.import_document(wish(path))
    listener.ended()
    path.write_text("id,text\n" + "".join(lines) + "6000,one more\n")
    before = len(listener.items)
    made.import_document(wish(path))
    listener.wait(ColumnsChanged, lambda item: len(item.columns) == 6_001, after=before)
    told = [len(item.columns) for item in listener.items if isinstance(item, ColumnsChanged)]
    assert max(told) == 6_001
