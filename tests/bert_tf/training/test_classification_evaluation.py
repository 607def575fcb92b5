import numpy as np
import pytest

from bert_tf.data.examples import Examples
from bert_tf.training.classification_evaluation import confusion_table, evaluate_classification

PROBABILITIES = np.asarray([[0.9, 0.1], [0.4, 0.6], [0.2, 0.8], [0.7, 0.3]], np.float32)


def examples(**more: object) -> Examples:
    targets = np.eye(2, dtype=np.float32)[[0, 0, 1, 1]]
    arrays = {"targets": targets, "values": np.asarray([-1, -1, 1, 1], np.float32)}
    return Examples(texts=(list("abcd"),), arrays=arrays, ids=list("abcd"), **more)


def test_the_figures_of_four_texts() -> None:
    report = evaluate_classification(PROBABILITIES, examples(), (-1.0, 1.0))
    assert report.confusion == [[1, 1], [1, 1]] and report.value("accuracy") == 0.5
    expected = -np.log([0.9, 0.4, 0.8, 0.3]).mean()
    assert report.value("cross_entropy") == pytest.approx(-expected, rel=1e-6)
    found = PROBABILITIES @ np.asarray([-1, 1])
    assert report.valence_r == pytest.approx(np.corrcoef(found, [-1, -1, 1, 1])[0, 1])
    assert set(report.scalars()) == {
        "accuracy", "macro_f1", "cross_entropy", "valence_r", "valence_mae", "calibration_error"
    }  # fmt: skip


def test_groups_are_averaged_and_shown() -> None:
    data = examples(groups=["x", "y | z", "y | z", "y | z"])
    report = evaluate_classification(PROBABILITIES, data, None)
    assert report.value("accuracy") == pytest.approx((1 + 1 / 3) / 2)
    tables = report.tables(("no", "yes"))
    assert "| y \\| z | 3 |" not in tables and "| y \\| z |" in tables
    assert "| **yes** | 1 | 1 |" in tables
    with pytest.raises(ValueError, match="that the data can give, received 'valence_r'"):
        report.value("valence_r")


def test_labels_stay_inside_their_cells() -> None:
    table = confusion_table(["yes | no", "a"], [[1, 0], [2, 3]])
    assert table.splitlines()[0] == "| | yes \\| no | a |"
    assert table.splitlines()[2] == "| **yes \\| no** | 1 | 0 |"
