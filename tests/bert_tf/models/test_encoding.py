from functools import cache

import numpy as np
import pytest

from bert_tf.config import BertConfig
from bert_tf.models.bert_backbone import BertBackbone
from bert_tf.models.bert_classifier import BertClassifier
from bert_tf.models.bert_embedder import BertEmbedder
from bert_tf.models.encoding import encode_texts
from bert_tf.models.task import Task
from bert_tf.text.tokenizer import BertTokenizer

WORDS = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "the", "cat", "sat", "on", "a", "tree")
TEXTS = ["the cat sat", "a tree", "", "the cat sat on a tree the cat sat on a tree"]
LENGTHS = [5, 4, 2, 12]  # the last is cut


@cache
def embedder() -> BertEmbedder:
    config = BertConfig(
        vocabulary_size=len(WORDS),
        hidden_dim=8,
        num_layers=2,
        num_heads=2,
        intermediate_dim=16,
        max_sequence_length=16,
        initializer_range=0.5,
    )
    task = Task(kind="embedding", name="toy", language="en", max_length=12, pooling="mean")
    return BertEmbedder(BertBackbone(config), task, BertTokenizer(WORDS))


def states(text: str) -> list[np.ndarray]:
    """The hidden states of one text alone, each (T, H)."""
    model = embedder()
    inputs = model.tokenizer.batch([text], max_length=12).as_inputs()
    return [np.asarray(state)[0] for state in model.backbone.hidden_states(inputs)]


def test_every_pooling_is_what_its_name_says() -> None:
    model = embedder()
    found = {
        pooling: encode_texts(model, TEXTS, pooling=pooling, normalize=False, batch_size=3)
        for pooling in ("mean", "cls", "max", "tokens")
    }
    assert [len(vectors) for vectors in found["tokens"]] == LENGTHS
    for index, text in enumerate(TEXTS):
        last = states(text)[-1]
        np.testing.assert_allclose(found["tokens"][index], last, atol=2e-5)
        np.testing.assert_allclose(found["mean"][index], last.mean(0), atol=2e-5)
        np.testing.assert_allclose(found["cls"][index], last[0], atol=2e-5)
        np.testing.assert_allclose(found["max"][index], last.max(0), atol=2e-5)
    assert found["mean"].dtype == np.float32 and found["mean"].shape == (4, 8)


def test_layers_are_averaged_or_stand_side_by_side() -> None:
    model, text = embedder(), TEXTS[0]
    embeddings, first, last = states(text)
    options = {"pooling": "tokens", "layers": (-1, -2)}
    mixed = encode_texts(model, text, **options)  # type: ignore[arg-type]
    np.testing.assert_allclose(mixed, (last + first) / 2, atol=2e-5)
    joined = encode_texts(model, text, combine="concat", **options)  # type: ignore[arg-type]
    np.testing.assert_allclose(joined, np.concatenate([last, first], axis=1), atol=2e-5)
    lowest = encode_texts(model, text, pooling="tokens", layers=[0])
    np.testing.assert_allclose(lowest, embeddings, atol=2e-5)
    assert encode_texts(model, [], layers=(0, 1), combine="concat").shape == (0, 16)
    assert encode_texts(model, [], pooling="tokens") == []


def test_one_text_gives_one_vector_of_unit_length() -> None:
    model = embedder()
    vector = model.encode("the cat sat")
    assert vector.shape == (8,)
    np.testing.assert_allclose(np.linalg.norm(vector), 1.0, rtol=1e-6)
    np.testing.assert_allclose(vector, model.encode(["the cat sat", "a tree"])[0], atol=2e-6)
    tokens = model.encode("the cat sat", pooling="tokens", normalize=True)
    np.testing.assert_allclose(np.linalg.norm(tokens, axis=1), np.ones(5), rtol=1e-6)


def test_the_default_is_the_model_itself() -> None:
    model = embedder()
    inputs = model.tokenizer.batch(TEXTS, max_length=12).as_inputs()
    np.testing.assert_allclose(model.encode(TEXTS), model(inputs), atol=2e-6)
    task = Task(
        kind="classification",
        name="toy",
        language="en",
        max_length=12,
        pooling="mean",
        labels=("a", "b"),
    )
    classifier = BertClassifier(model.backbone, task, model.tokenizer)
    np.testing.assert_allclose(classifier.encode(TEXTS), model.encode(TEXTS), atol=2e-6)


def test_progress_counts_texts_and_graphs_are_traced_once() -> None:
    model, seen = embedder(), []
    texts = TEXTS * 3
    model.encode(texts, batch_size=5, progress=lambda done, total: seen.append((done, total)))
    assert seen == [(5, 12), (10, 12), (12, 12)]
    graphs = dict(model._compiled_functions)
    model.encode(texts, batch_size=2)
    assert model._compiled_functions == graphs


@pytest.mark.parametrize(
    ("choice", "message"),
    [
        ({"pooling": "sum"}, "pooling must be one of mean, cls, max, tokens"),
        ({"combine": "max"}, "combine must be one of mean, concat"),
        ({"layers": (3,)}, r"from -3 to 2 .* received 3"),
        ({"layers": (-4,)}, "received -4"),
        ({"layers": (1.0,)}, "received 1.0"),
        ({"layers": ()}, "at least one layer"),
        ({"batch_size": 0}, "batch_size must be at least 1"),
    ],
)
def test_impossible_choices_are_refused(choice: dict, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        embedder().encode(TEXTS, **choice)


def test_what_is_no_text_is_named() -> None:
    with pytest.raises(ValueError, match="Text 1 must be a string, received NoneType"):
        embedder().encode(["the", None])  # type: ignore[list-item]
