"""A place that cannot be written costs the file, not the results: another place is chosen."""

import csv
from pathlib import Path

import pytest

from desktop_app.analysis.document_import import ImportWish
from desktop_app.analysis.news import ColumnsChanged, Exported, Failed
from desktop_app.analysis.project_export import ExportWish
from desktop_app.documents.read_options import ReadOptions
from desktop_app.results.write_options import WriteOptions


@pytest.fixture
def ready(desk, tmp_path):
    """A desk with a judged project of 40 rows, its first two corrected."""
    path = tmp_path / "survey.csv"
    path.write_text("id,text\n" + "".join(f"{n},A good film {n}\n" for n in range(40)), "utf-8")
    made, listener = desk()
    made.import_document(ImportWish(path=path, options=ReadOptions(), text_column="text"))
    listener.ended()
    made.correct([1, 2], "neutral")
    listener.wait(ColumnsChanged, lambda item: (item.columns.corrected >= 0).sum() == 2)
    return made, listener


def rows_of(path: Path) -> list[list[str]]:
    return list(csv.reader(path.read_text(encoding="utf-8-sig").splitlines()))


@pytest.mark.parametrize("place", ["full", "/sys/out", "gone/out", "folder"])
@pytest.mark.parametrize("report", [False, True])
def test_the_next_place_gets_everything(ready, tmp_path, place, report):
    made, listener = ready
    suffix = ".html" if report else ".csv"
    (tmp_path / f"folder{suffix}").mkdir()
    (tmp_path / f"full{suffix}").symlink_to("/dev/full")
    before = sorted(tmp_path.iterdir())
    wanted = tmp_path / f"{place}{suffix}"  # an absolute place stays as it is
    options = WriteOptions()
    made.export(ExportWish(path=wanted, options=options, report=report))
    reason = listener.wait(Failed).reason
    assert str(wanted) in reason and not listener.all(Exported)
    assert sorted(tmp_path.iterdir()) == before  # nothing half written, no temporary file
    other = tmp_path / "other.csv"
    made.export(ExportWish(path=other, options=options))
    assert listener.wait(Exported).path == other
    rows = rows_of(other)
    assert len(rows) == 41
    place_of_label = rows[0].index("corrected")
    assert [row[0] for row in rows[1:] if row[place_of_label] == "neutral"] == ["0", "1"]
