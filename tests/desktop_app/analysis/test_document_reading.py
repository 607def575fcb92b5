from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from undisturbed import Undisturbed

from desktop_app.analysis.document_reading import DocumentReading, OtherRowsError
from desktop_app.documents.document_error import DocumentError
from desktop_app.documents.read_options import ReadOptions
from desktop_app.documents.table_row import TableRow
from desktop_app.projects.source_identity import SourceIdentity


class Parser:
    """Gives rows two at a time."""

    def __init__(self, rows):
        self._rows = rows
        self.cancelled = False

    def row_batches(self, path, options):
        for start in range(0, len(self._rows), 2):
            yield self._rows[start : start + 2]

    def cancel(self):
        self.cancelled = True


def table_rows(*texts):
    return [TableRow((str(n), text)) for n, text in enumerate(texts)]


@pytest.fixture
def document(project):
    found = project.add_document(
        path=Path("/data/a.csv"),
        source=SourceIdentity(size=1),
        columns=("n", "text"),
        text_column=1,
        options={},
    )
    return project.append_rows(found.id, table_rows("a", "half \ud83d", "c"))


def read(project, document, rows):
    parser = Parser(rows)
    with ThreadPoolExecutor(1) as pool:
        reading = DocumentReading(
            project, parser, Undisturbed(), pool, appended=lambda _: None, replacing=()
        )
        found, cut = reading.read_into(document, Path("/data/a.csv"), ReadOptions())
    assert parser.cancelled and not cut
    return found


def texts(project):
    return [row.text for row in project.rows(project.columns({}).rows.tolist(), {})]


def test_what_is_here_is_compared_and_the_rest_appended(project, document):
    found = read(project, document, table_rows("a", "half \ud83d", "c", "d", "e"))
    assert found.row_count == 5 and texts(project)[3:] == ["d", "e"]


@pytest.mark.parametrize(
    "rows",
    [
        table_rows("a", "x", "c", "d"),
        table_rows("a", "half \ud83d"),
        [*table_rows("a", "half \ud83d"), TableRow(("2", "c"), "ragged", "3 cells")],
        [*table_rows("a", "half \ud83d"), TableRow(("other", "c"))],
    ],
    ids=["text", "fewer", "status", "cell"],
)
def test_other_rows_than_those_that_are_here_are_refused(project, document, rows):
    with pytest.raises(OtherRowsError):
        read(project, document, rows)
    assert len(texts(project)) == 3


def test_rows_of_another_width_are_refused(project, document):
    with pytest.raises(DocumentError, match="rows of 3 columns; its preview had 2"):
        read(project, document, [*table_rows("a", "half \ud83d", "c"), TableRow(("3", "d", "e"))])
