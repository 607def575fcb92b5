"""Tiny models that convert in a second or two."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from bert_tf.config import BertConfig
from bert_tf.text.tokenizer import BertTokenizer


def tiny_config(vocabulary_size: int, **changes: object) -> BertConfig:
    """Two layers, four heads; changes override fields."""
    fields: dict = {
        "vocabulary_size": vocabulary_size,
        "hidden_dim": 32,
        "num_layers": 2,
        "num_heads": 4,
        "intermediate_dim": 48,
        "max_sequence_length": 24,
    }
    return BertConfig(**{**fields, **changes})


def randomize(model: object) -> None:
    """Weights large enough that a mistake anywhere shows in the output."""
    rng = np.random.default_rng(7)
    for weight in model.weights:  # type: ignore[attr-defined]
        shape, mean = tuple(weight.shape), 1.0 if "gamma" in weight.path else 0.0
        weight.assign(mean + 0.3 * rng.standard_normal(shape).astype(np.float32))


@pytest.fixture(scope="session")
def tiny_tokenizer(tiny_vocabulary: list[str]) -> BertTokenizer:
    return BertTokenizer(tiny_vocabulary)


@pytest.fixture(scope="session")
def make_model(tiny_tokenizer: BertTokenizer):
    """A function that makes a random model: `make_model(kind, pooling=..., config changes)`."""

    def make(kind: str = "embedding", *, pooling: str = "mean", labels: tuple[str, ...] = (),
             label_values: tuple[float, ...] | None = None, normalize: bool = True,
             tokenizer: BertTokenizer | None = None, max_length: int = 20,
             **changes: object) -> object:  # fmt: skip
        from bert_tf.models.bert_backbone import BertBackbone
        from bert_tf.models.bert_classifier import BertClassifier
        from bert_tf.models.bert_embedder import BertEmbedder
        from bert_tf.models.task import Task

        words = tokenizer or tiny_tokenizer
        backbone = BertBackbone(tiny_config(words.vocabulary_size, **changes))
        task = Task(kind=kind, name=f"tiny-{kind}", language="en", max_length=max_length,
                    pooling=pooling, labels=labels, label_values=label_values, normalize=normalize,
                    licence={"weights": "MIT"})  # fmt: skip
        parts = (backbone, task, words)
        model = BertEmbedder(*parts) if kind == "embedding" else BertClassifier(*parts)
        randomize(model)
        return model

    return make


@pytest.fixture(scope="session")
def embedder(make_model):
    return make_model()


@pytest.fixture(scope="session")
def classifier(make_model):
    """Three invented classes with values."""
    labels = ("rotten", "so-so", "fresh")
    return make_model("classification", labels=labels, label_values=(-1.0, 0.0, 1.0))


@pytest.fixture(scope="session")
def embedder_graph(embedder) -> bytes:
    """The tiny embedder, converted, float32."""
    from export.convert import convert
    from export.serving_model import build_serving_graph

    return convert(build_serving_graph(embedder).function)


@pytest.fixture(scope="session")
def embedder_bundle(embedder) -> bytes:
    """The tiny embedder as a float32 bundle: exact, so that comparisons pass."""
    from export.build import build
    from export.recipes import RECIPES

    return build(embedder, RECIPES["float32"], papers={"README.md": b"# Tiny\n"})[0]


@pytest.fixture(scope="session")
def classifier_folder(classifier, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny classifier as a model folder."""
    from bert_tf.models.model_folder import save_model

    folder = tmp_path_factory.mktemp("models") / "ripeness"
    save_model(classifier, folder, card="# Ripeness\n")
    return folder


@pytest.fixture(scope="session")
def some_texts(tiny_vocabulary: list[str]) -> list[str]:
    """Six hundred random sentences of known words, 1 to 12 words long."""
    rng = np.random.default_rng(1)
    words = np.array(tiny_vocabulary[5:])
    return [" ".join(rng.choice(words, rng.integers(1, 13))) for _ in range(600)]


@pytest.fixture
def texts_file(some_texts: list[str], tmp_path: Path) -> Path:
    """Those sentences as a file."""
    path = tmp_path / "texts.txt"
    path.write_text("\n".join(some_texts), encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def wide(make_model):
    """An embedder whose widths are whole blocks of weights that share a scale."""
    return make_model("embedding", hidden_dim=32, intermediate_dim=64)


@pytest.fixture(scope="session")
def wide_graph(wide) -> bytes:
    """That embedder, converted, float32."""
    from export.convert import convert
    from export.serving_model import build_serving_graph

    return convert(build_serving_graph(wide).function)
