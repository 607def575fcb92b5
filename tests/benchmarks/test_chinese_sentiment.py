import json
from pathlib import Path

import numpy as np
import pytest

from benchmarks.chinese_sentiment import (
    Reviews,
    answers_of_snownlp,
    answers_of_tf_idf,
    render,
    row_of,
    seeds_difference,
)

LABELS = ["negative", "positive"]


def test_reviews_are_read_by_split(tmp_path: Path) -> None:
    (tmp_path / "reviews").mkdir()
    rows = [{"text": "很好", "label": "positive"}, {"text": "很差", "label": "negative"}]
    lines = "".join(json.dumps(row) + "\n" for row in rows)
    (tmp_path / "reviews" / "dev.jsonl").write_text(lines, encoding="utf-8")
    (tmp_path / "labels.json").write_text(json.dumps({"labels": LABELS}), encoding="utf-8")
    found = Reviews.read(tmp_path, "dev")
    assert found.texts == ["很好", "很差"] and found.classes.tolist() == [1, 0]


def test_peers_tell_praise_from_complaint() -> None:
    praise, complaint = "这家酒店非常好，服务很周到，下次还来", "太差了，很失望，再也不会买了"
    assert answers_of_snownlp([praise, complaint], LABELS).tolist() == [1, 0]
    known = Reviews(texts=[praise, complaint] * 4, classes=np.asarray([1, 0] * 4))
    assert answers_of_tf_idf(known, known, [complaint, praise]).tolist() == [0, 1]


def test_a_gain_in_every_seed_has_an_interval_above_zero() -> None:
    rng = np.random.default_rng(0)
    expected = rng.integers(0, 2, 400)
    wrong = [np.where(rng.random(400) < share, 1 - expected, expected) for share in (0.1, 0.3)]
    found = seeds_difference([wrong[0]] * 3, [wrong[1]] * 3, expected)
    hits = [(each == expected).mean() for each in wrong]
    assert found.value == pytest.approx(hits[0] - hits[1])
    assert 0.1 < found.low < found.value < found.high < 0.3
    none = seeds_difference(wrong, wrong[::-1], expected)  # two seeds that take turns
    assert none.value == pytest.approx(0) and none.low < -0.1 and none.high > 0.1


def test_the_table_shows_accuracy_and_what_pretraining_adds() -> None:
    expected = np.asarray([0, 1, 1, 1])
    row = row_of("ours", np.asarray([0, 1, 1, 0]), expected)
    assert row["accuracy"] == 0.75 and 0 <= row["low"] < 0.75 < row["high"] <= 1
    difference = seeds_difference([expected], [np.asarray([0, 1, 0, 1])], expected)
    text = render([row], difference, 1)
    assert "| ours | 0.7500 (" in text and "adds +0.2500 accuracy" in text
