import json
from pathlib import Path

import pytest

from bert_tf.models.task import TASK, Task, load_task

BASE = {"name": "toy", "language": "en", "max_length": 8, "pooling": "mean"}


@pytest.mark.parametrize(
    "fields",
    [
        {"kind": "classification", "labels": ("a", "b"), "label_values": (0.0, 1.5)},
        {"kind": "multi_label", "labels": ("a",)},
        {"kind": "regression", "value_mean": 2.5, "value_scale": 0.1},
        {"kind": "embedding", "normalize": False},
        {"kind": "pretraining"},
    ],
)
def test_every_kind_survives_its_file(tmp_path: Path, fields: dict) -> None:
    task = Task(**BASE, **fields)
    task.save(tmp_path / TASK)
    assert load_task(tmp_path) == task


def test_only_a_regression_writes_a_scale(tmp_path: Path) -> None:
    """The files of the other kinds stay as they always were."""
    for kind in ("embedding", "regression"):
        Task(**BASE, kind=kind).save(tmp_path / TASK)
        written = set(json.loads((tmp_path / TASK).read_text()))
        assert ({"value_mean", "value_scale"} <= written) is (kind == "regression")


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"kind": "tagging"}, "kind must be one of"),
        ({"kind": "classification", "labels": ("a",)}, "at least two labels"),
        ({"kind": "multi_label"}, "at least one label"),
        ({"kind": "multi_label", "labels": ("a",), "label_values": (1.0,)}, "has no label_values"),
        ({"kind": "regression", "labels": ("a", "b")}, "kind regression has no labels"),
        ({"kind": "embedding", "labels": ("a", "b")}, "kind embedding has no labels"),
        ({"kind": "regression", "value_scale": 0.0}, "value_scale must be above 0"),
        ({"kind": "regression", "value_mean": float("nan")}, "value_mean must be a finite number"),
    ],
)
def test_tasks_that_contradict_themselves_are_refused(fields: dict, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Task(**BASE, **fields)
