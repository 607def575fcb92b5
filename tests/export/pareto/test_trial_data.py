"""Texts and what people said about them, from every kind of file."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from bert_tf.models.task import Task
from export.pareto.trial_data import TrialColumns, TrialData, read_trial_data

LABELS = ("bad", "so-so", "good")
CLASSES = Task(kind="classification", name="t", language="en", max_length=16, pooling="mean",
               labels=LABELS, label_values=(-1.0, 0.0, 1.0))  # fmt: skip
VECTORS = Task(kind="embedding", name="t", language="en", max_length=16, pooling="mean")


def rows() -> list[dict]:
    return [
        {
            "text": f"text {number}",
            "label": LABELS[number % 3],
            "shares": [0.2, 0.5, 0.3] if number % 2 else [0.6, 0.2, 0.2],
            "rating": number / 10 - 0.5,
        }
        for number in range(12)
    ]


def write(path: Path, found: list[dict]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in found), encoding="utf-8")
    return path


@pytest.fixture
def table(tmp_path: Path) -> Path:
    return write(tmp_path / "dev.jsonl", rows())


def test_labels_are_read_where_there_are_some(table: Path) -> None:
    data = read_trial_data(table, TrialColumns(), CLASSES)
    assert data.texts == tuple(f"text {number}" for number in range(12))
    assert data.labels is not None and data.labels.tolist() == [n % 3 for n in range(12)]
    assert data.values is None


def test_a_named_column_decides(table: Path) -> None:
    shares = read_trial_data(table, TrialColumns(distribution="shares"), CLASSES)
    assert shares.labels is not None and shares.labels.tolist() == [0, 1] * 6
    rated = read_trial_data(table, TrialColumns(value="rating", label="label"), CLASSES)
    assert rated.labels is None and rated.values is not None
    np.testing.assert_allclose(rated.values, np.arange(12) / 10 - 0.5, atol=1e-6)


def test_without_labels_there_are_texts_alone(table: Path, tmp_path: Path) -> None:
    bare = [{"words": row["text"]} for row in rows()]
    path = write(tmp_path / "bare.jsonl", [*bare, {"words": "  "}])
    data = read_trial_data(path, TrialColumns(text="words"), CLASSES)
    assert len(data.texts) == 12 and data.labels is None and data.values is None
    assert read_trial_data(table, TrialColumns(), VECTORS).labels is None
    lines = tmp_path / "lines.txt"
    lines.write_text("one text\n\n" * 11, encoding="utf-8")
    assert len(read_trial_data(lines, TrialColumns(), CLASSES).texts) == 11


def test_what_cannot_be_is_refused(table: Path, tmp_path: Path) -> None:
    lines = tmp_path / "lines.txt"
    lines.write_text("one text\n" * 11, encoding="utf-8")
    few = write(tmp_path / "few.jsonl", rows()[:9])
    unknown = write(tmp_path / "unknown.jsonl", [*rows(), {"text": "x", "label": "fine"}])
    plain = Task(kind="classification", name="t", language="en", max_length=16, pooling="mean",
                 labels=LABELS)  # fmt: skip
    cases = [
        (few, TrialColumns(), CLASSES, "9 texts; at least 10"),
        (table, TrialColumns(value="rating"), VECTORS, "gives vectors"),
        (table, TrialColumns(value="rating"), plain, "stand for no numbers"),
        (lines, TrialColumns(label="label"), CLASSES, "has no columns"),
        (table, TrialColumns(label="verdict"), CLASSES, "has no column 'verdict'"),
        (unknown, TrialColumns(), CLASSES, "line 13: the label 'fine'"),
    ]
    for path, columns, task, message in cases:
        with pytest.raises(ValueError, match=message):
            read_trial_data(path, columns, task)


def test_select_keeps_texts_and_labels_together() -> None:
    data = TrialData(texts=("a", "b", "c"), labels=np.array([0, 1, 2]))
    chosen = data.select([2, 0])
    assert chosen.texts == ("c", "a")
    assert chosen.labels is not None and chosen.labels.tolist() == [2, 0]
