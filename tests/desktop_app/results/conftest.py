"""A small table of results, as several tests of this room need it."""

import pytest

from desktop_app.results.provenance import Provenance
from desktop_app.results.result_row import ResultRow, ResultTable

LABELS = ("negative", "neutral", "positive")


def bundle(name="sentiment-en", language="en", **changed) -> Provenance:
    values = {
        "name": name,
        "sha256": "ab12" * 16,
        "language": language,
        "recipe": "dynamic_wi8_afp32",
        "licence": "weights: Apache-2.0",
        "labels": LABELS,
        "label_values": (-2.0, 0.0, 2.0),
        **changed,
    }
    return Provenance(**values)


@pytest.fixture
def make_table():
    def make(*columns, text_column=None, **changed) -> ResultTable:
        columns = columns or ("id", "text")
        values = {
            "columns": columns,
            "text_column": text_column or columns[-1],
            "labels": LABELS,
            "provenance": (bundle(),),
            "settings": (("source", "reviews.csv"), ("long texts", "truncate")),
            **changed,
        }
        return ResultTable(**values)

    return make


@pytest.fixture
def make_row():
    def make(*cells, label="positive", scores=(0.1, 0.2, 0.7), **changed) -> ResultRow:
        values = {
            "status": "ok",
            "label": label,
            "scores": scores if label is not None else (),
            "valence": 1.2 if label is not None else None,
            "language": "en",
            "uncertain": False,
            **changed,
        }
        return ResultRow(cells=cells, **values)

    return make
