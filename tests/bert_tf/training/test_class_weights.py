import json
from pathlib import Path

import numpy as np
import pytest

from bert_tf.training.class_weights import class_weights

TARGETS = np.asarray([[1, 0], [1, 0], [0.5, 0.5], [0, 1]], np.float32)


def test_none_and_balanced() -> None:
    assert class_weights("none", "ab", TARGETS).tolist() == [1, 1]
    balanced = class_weights("balanced", "ab", TARGETS)
    np.testing.assert_allclose(balanced, [4 / (2 * 2.5), 4 / (2 * 1.5)])
    np.testing.assert_allclose((TARGETS * balanced).sum(0), [2, 2])  # each class counts alike


def test_a_file_names_every_class(tmp_path: Path) -> None:
    path = tmp_path / "w.json"
    path.write_text('{"b": 3, "a": 0.5}')
    assert class_weights(str(path), "ab", TARGETS).tolist() == [0.5, 3]


def test_a_class_without_texts_cannot_be_balanced() -> None:
    with pytest.raises(ValueError, match="cannot balance 'b'"):
        class_weights("balanced", "ab", TARGETS[:2])


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, "cannot be read"),
        ("{", "is not JSON"),
        ({"a": 1}, "a weight for each of a, b"),
        ({"a": 1, "b": 1, "c": 1}, "and for nothing else"),
        ({"a": 1, "b": -1}, "weight of 'b' must be >= 0"),
        ({"a": 1, "b": True}, "weight of 'b' must be >= 0"),
        ({"a": 1, "b": float("nan")}, "weight of 'b' must be >= 0"),
        ({"a": 0, "b": 0}, "at least one weight"),
    ],
)
def test_a_bad_file_is_named(tmp_path: Path, content: object, message: str) -> None:
    path = tmp_path / "w.json"
    if content is not None:
        path.write_text(content if isinstance(content, str) else json.dumps(content))
    with pytest.raises(ValueError, match=message):
        class_weights(str(path), "ab", TARGETS)
