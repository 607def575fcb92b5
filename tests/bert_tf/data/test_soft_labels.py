import json
from pathlib import Path

import numpy as np
import pytest

from bert_tf.data.data_error import DataError
from bert_tf.data.soft_labels import check_column_is_free, mix_labels, write_soft_labels

GIVEN = np.asarray([[1, 0], [0, 1]], np.float32)
MODEL = np.asarray([[0.5, 0.5], [0.75, 0.25]], np.float32)


def test_the_share_moves_from_the_given_label_to_the_models() -> None:
    np.testing.assert_array_equal(mix_labels(GIVEN, MODEL, 0.0), GIVEN)
    np.testing.assert_array_equal(mix_labels(GIVEN, MODEL, 1.0), MODEL)
    np.testing.assert_allclose(mix_labels(GIVEN, MODEL, 0.4), [[0.8, 0.2], [0.3, 0.7]], rtol=1e-6)


def test_every_column_is_kept_and_the_mix_added(tmp_path: Path) -> None:
    source, output = tmp_path / "in.csv", tmp_path / "out.jsonl"
    source.write_text('text,label,id\n"one,\ntwo",good,7\n三,bad,8\n', encoding="utf-8")
    write_soft_labels(source, output, MODEL, column="distribution")
    rows = [json.loads(line) for line in output.read_text(encoding="utf-8").splitlines()]
    assert rows == [
        {"text": "one,\ntwo", "label": "good", "id": "7", "distribution": [0.5, 0.5]},
        {"text": "三", "label": "bad", "id": "8", "distribution": [0.75, 0.25]},
    ]


def test_half_a_character_in_another_column_is_kept(tmp_path: Path) -> None:
    source, output = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text('{"text": "a", "note": "\\ud83d"}\n', encoding="utf-8")
    write_soft_labels(source, output, MODEL[:1], column="d")
    assert json.loads(output.read_text(encoding="utf-8"))["note"] == "\ud83d"


def test_a_column_that_holds_something_else_is_not_written_over(tmp_path: Path) -> None:
    source = tmp_path / "in.jsonl"
    source.write_text('{"text": "a"}\n{"text": "b", "distribution": [1, 0]}\n')
    check_column_is_free(source, "other")
    with pytest.raises(DataError, match="already, where the mixed labels would go"):
        check_column_is_free(source, "distribution")
