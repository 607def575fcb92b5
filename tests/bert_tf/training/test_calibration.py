import numpy as np
import pytest

from bert_tf.config import BertConfig
from bert_tf.data.examples import Examples
from bert_tf.models.bert_backbone import BertBackbone
from bert_tf.models.bert_classifier import BertClassifier
from bert_tf.models.task import Task
from bert_tf.text.tokenizer import BertTokenizer
from bert_tf.training.calibration import (
    HIGHEST,
    LOWEST,
    calibrate,
    fit_temperature,
    use_temperature,
)

TEXTS = ["the film is good", "the cat is bad", "it is very good", "a boring film"]


def softmax(logits: np.ndarray) -> np.ndarray:
    shifted = np.exp(logits - logits.max(axis=1, keepdims=True))
    return np.asarray(shifted / shifted.sum(axis=1, keepdims=True), np.float32)


def make_model(vocabulary: list[str], **task: object) -> BertClassifier:
    config = BertConfig(
        vocabulary_size=len(vocabulary),
        hidden_dim=16,
        num_layers=1,
        num_heads=2,
        intermediate_dim=32,
        max_sequence_length=16,
        initializer_range=0.5,
    )
    described = {"kind": "classification", "labels": ("a", "b", "c"), **task}
    return BertClassifier(
        BertBackbone(config),
        Task(name="toy", language="en", max_length=16, pooling="mean", **described),  # type: ignore[arg-type]
        BertTokenizer(vocabulary),
    )


@pytest.mark.parametrize("factor", [0.25, 1.0, 3.0])
def test_the_temperature_that_was_put_in_is_found(factor: float) -> None:
    """Targets that are the probabilities themselves: any other temperature costs more."""
    logits = np.random.default_rng(1).normal(0, 2, (500, 4))
    found = fit_temperature(softmax(logits * factor), softmax(logits))
    assert found == pytest.approx(factor, rel=1e-3)


def test_certain_and_always_right_or_wrong_ends_at_the_edge() -> None:
    sure = np.eye(2, dtype=np.float32)
    assert fit_temperature(np.asarray([[0.6, 0.4]], np.float32), sure[:1]) < LOWEST * 1.01
    assert fit_temperature(sure, sure[::-1].copy()) > HIGHEST * 0.99


def test_it_goes_into_the_head_and_no_verdict_changes(tiny_vocabulary: list[str]) -> None:
    model = make_model(tiny_vocabulary)
    before = model.predict_proba(TEXTS)
    targets = softmax(np.log(before) * 0.5)
    examples = Examples(texts=(TEXTS,), arrays={"targets": targets}, groups=None, ids=TEXTS)
    found = calibrate(model, examples, data="dev.csv")
    after = model.predict_proba(TEXTS)
    assert found["temperature"] == pytest.approx(2.0, rel=1e-3)
    np.testing.assert_allclose(after, targets, atol=1e-4)
    np.testing.assert_array_equal(after.argmax(1), before.argmax(1))
    again = calibrate(model, examples, data="dev.csv")
    assert again["temperature"] == pytest.approx(1.0, abs=1e-3)
    entries = model.task.provenance["calibration"]
    assert [entry["data"] for entry in entries] == ["dev.csv", "dev.csv"]
    assert entries[0]["texts"] == 4


def test_other_kinds_are_refused(tiny_vocabulary: list[str]) -> None:
    model = make_model(tiny_vocabulary, kind="multi_label")
    examples = Examples(
        texts=(TEXTS,), arrays={"targets": np.ones((4, 3), np.float32)}, groups=None, ids=TEXTS
    )
    with pytest.raises(ValueError, match="kind multi_label"):
        calibrate(model, examples, data="x")


def test_a_temperature_of_before_goes_into_the_head(tiny_vocabulary: list[str]) -> None:
    model = make_model(tiny_vocabulary)
    expected = softmax(np.log(model.predict_proba(TEXTS)) / 0.5)
    use_temperature(model, 0.5)
    np.testing.assert_allclose(model.predict_proba(TEXTS), expected, atol=1e-5)
    with pytest.raises(ValueError, match="received 0"):
        use_temperature(model, 0)
