"""Rows of a document through the public calls."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))  # for make_documents

from desktop_app.documents.open_document import open_table
from desktop_app.documents.opened_table import Reading
from desktop_app.documents.read_options import ReadOptions


@pytest.fixture
def read():
    """Columns and rows of a file, read in this process as the child does."""

    def read_all(path, **options):
        reading = Reading(path=path, options=ReadOptions(**options), expendable=True)
        table = open_table(reading)
        try:
            return table, list(table.rows)
        finally:
            table.close()

    return read_all
