from pathlib import Path

import numpy as np
import pytest

from bert_tf.config import BertConfig
from bert_tf.models.bert_backbone import BertBackbone
from bert_tf.models.bert_classifier import BertClassifier, valence
from bert_tf.models.bert_embedder import BertEmbedder
from bert_tf.models.model_folder import load_model, save_model
from bert_tf.models.task import TASK, Task
from bert_tf.text.tokenizer import BertTokenizer

CLASSIFICATION = Task(
    kind="classification",
    name="toy",
    language="en",
    max_length=12,
    pooling="cls",
    labels=("bad", "good"),
    label_values=(-1.0, 1.0),
    provenance={"seed": 1},
)
EMBEDDING = Task(kind="embedding", name="toy", language="en", max_length=12, pooling="mean")
TEXTS = ["the cat sat", "a good film", "", "the the the the the the the the the the the the"]


def parts(vocabulary: list[str]) -> tuple[BertBackbone, BertTokenizer]:
    config = BertConfig(
        vocabulary_size=len(vocabulary),
        hidden_dim=16,
        num_layers=2,
        num_heads=4,
        intermediate_dim=32,
        max_sequence_length=16,
        activation="gelu_tanh",
    )
    return BertBackbone(config), BertTokenizer(vocabulary)


def test_a_classifier_round_trip(tiny_vocabulary: list[str], tmp_path: Path) -> None:
    backbone, tokenizer = parts(tiny_vocabulary)
    model = BertClassifier(backbone, CLASSIFICATION, tokenizer)
    save_model(model, tmp_path / "model")
    save_model(model, tmp_path / "model", card="# second\n")  # a folder is replaced as a whole
    again = load_model(tmp_path / "model")
    assert isinstance(again, BertClassifier)
    assert again.task == CLASSIFICATION
    assert again.config == model.config
    np.testing.assert_array_equal(again.predict_proba(TEXTS), model.predict_proba(TEXTS))
    assert (tmp_path / "model" / "README.md").read_text() == "# second\n"
    assert [path.name for path in tmp_path.iterdir()] == ["model"]


def test_an_embedder_round_trip(tiny_vocabulary: list[str], tmp_path: Path) -> None:
    model = BertEmbedder(*parts(tiny_vocabulary)[:1], EMBEDDING, parts(tiny_vocabulary)[1])
    save_model(model, tmp_path / "model")
    vectors = load_model(tmp_path / "model").encode(TEXTS)
    np.testing.assert_array_equal(vectors, model.encode(TEXTS))
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1.0, rtol=1e-5)
    assert model.encode([]).shape == (0, 16)


def test_probabilities_sum_to_one_and_valence_is_their_expectation(
    tiny_vocabulary: list[str],
) -> None:
    backbone, tokenizer = parts(tiny_vocabulary)
    model = BertClassifier(backbone, CLASSIFICATION, tokenizer)
    probabilities = model.predict_proba(TEXTS)
    np.testing.assert_allclose(probabilities.sum(1), 1.0, rtol=1e-5)
    expected = probabilities[:, 1] - probabilities[:, 0]
    np.testing.assert_allclose(valence(probabilities, (-1.0, 1.0)), expected, rtol=1e-5)
    assert model.encode(TEXTS).shape == (4, 16)


def test_order_and_neighbours_do_not_matter(tiny_vocabulary: list[str]) -> None:
    backbone, tokenizer = parts(tiny_vocabulary)
    model = BertEmbedder(backbone, EMBEDDING, tokenizer)
    together = model.encode(TEXTS, batch_size=4)
    alone = np.concatenate([model.encode([text]) for text in TEXTS])
    np.testing.assert_allclose(together, alone, atol=2e-6)


def test_damaged_folders_are_refused(tiny_vocabulary: list[str], tmp_path: Path) -> None:
    folder = tmp_path / "model"
    with pytest.raises(FileNotFoundError, match="is not a model folder"):
        load_model(folder)
    backbone, tokenizer = parts(tiny_vocabulary)
    save_model(BertClassifier(backbone, CLASSIFICATION, tokenizer), folder)
    weights = folder / "model.weights.h5"
    content = weights.read_bytes()
    weights.write_bytes(content[: len(content) // 2])
    with pytest.raises(ValueError, match="does not hold this model's weights"):
        load_model(folder)
    weights.unlink()
    with pytest.raises(FileNotFoundError, match=r"lacks model\.weights\.h5"):
        load_model(folder)
    (folder / TASK).write_text('{"kind": "poetry"}')
    with pytest.raises((ValueError, TypeError)):
        load_model(folder)


def test_parts_that_do_not_fit_are_refused(tiny_vocabulary: list[str]) -> None:
    backbone, tokenizer = parts(tiny_vocabulary)
    with pytest.raises(ValueError, match="kind 'classification', received 'embedding'"):
        BertClassifier(backbone, EMBEDDING, tokenizer)
    with pytest.raises(ValueError, match="as many tokens as the word table has rows"):
        BertEmbedder(backbone, EMBEDDING, BertTokenizer([*tiny_vocabulary, "more"]))
    with pytest.raises(ValueError, match="must be a string, received int"):
        BertEmbedder(backbone, EMBEDDING, tokenizer).encode([3])  # type: ignore[list-item]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"kind": "poetry"}, "kind must be one of"),
        ({"labels": ("one",)}, "at least two labels"),
        ({"labels": ("one", "one")}, "must differ"),
        ({"label_values": (1.0,)}, "one number a label"),
        ({"pooling": "max"}, "pooling must be one of"),
        ({"max_length": 2}, "at least 3"),
    ],
)
def test_impossible_tasks_are_refused(change: dict, message: str) -> None:
    import dataclasses

    with pytest.raises(ValueError, match=message):
        dataclasses.replace(CLASSIFICATION, **change)
