import json
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner, Result

from bert_tf.cli import app
from bert_tf.config import BertConfig
from bert_tf.models.bert_backbone import BertBackbone
from bert_tf.models.bert_classifier import BertClassifier
from bert_tf.models.bert_embedder import BertEmbedder
from bert_tf.models.model_folder import save_model
from bert_tf.models.task import Task
from bert_tf.text.tokenizer import BertTokenizer
from bert_tf.training.tasks.classification import Classification

TEXTS = ["the film is good", "the cat is bad", "it is very good"]
LABELS = ["good", "bad", "bad"]


def soften(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["soften", *map(str, arguments)])


@pytest.fixture(scope="module")
def model(tiny_vocabulary: list[str]) -> BertClassifier:
    return BertClassifier(
        _backbone(len(tiny_vocabulary)),
        _task("classification", labels=("bad", "good")),
        BertTokenizer(tiny_vocabulary),
    )


@pytest.fixture(scope="module")
def folder(model: BertClassifier, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("soften") / "model"
    save_model(model, path)
    return path


@pytest.fixture
def data(tmp_path: Path) -> Path:
    path = tmp_path / "data.jsonl"
    rows = [{"text": text, "label": label} for text, label in zip(TEXTS, LABELS, strict=True)]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return path


def _backbone(vocabulary_size: int) -> BertBackbone:
    return BertBackbone(
        BertConfig(
            vocabulary_size=vocabulary_size,
            hidden_dim=16,
            num_layers=1,
            num_heads=2,
            intermediate_dim=32,
            max_sequence_length=16,
        )
    )


def _task(kind: str, **more: object) -> Task:
    return Task(kind=kind, name="tiny", language="en", max_length=16, pooling="mean", **more)  # type: ignore[arg-type]


def test_labels_are_mixed_and_can_be_learned_from(
    model: BertClassifier, folder: Path, data: Path, tmp_path: Path
) -> None:
    output = tmp_path / "soft.jsonl"
    result = soften(folder, "--data", data, "--share", 0.25, "--output", output, "--json")
    assert result.exit_code == 0, result.output
    said = json.loads(result.output.splitlines()[-1])
    probabilities = model.predict_proba(TEXTS)
    given = np.asarray([[0, 1], [1, 0], [1, 0]])
    agreed = (probabilities.argmax(1) == given.argmax(1)).mean()
    assert said["texts"] == 3 and said["agreement"] == round(float(agreed), 4)
    labels = tmp_path / "labels.json"
    labels.write_text('{"labels": ["bad", "good"]}')
    task = Classification(distribution_column="distribution", labels_file=labels)
    targets = task.read_train(output)[0].arrays["targets"]
    np.testing.assert_allclose(targets, 0.75 * given + 0.25 * probabilities, atol=2e-6)


def test_labels_that_are_shares_already_are_mixed_in_place(
    model: BertClassifier, folder: Path, tmp_path: Path
) -> None:
    data, output = tmp_path / "shares.jsonl", tmp_path / "soft.jsonl"
    data.write_text(json.dumps({"text": TEXTS[0], "raters": [1, 3]}) + "\n")
    column = ("--distribution-column", "raters")
    assert soften(folder, "--data", data, "--output", output, *column).exit_code == 0
    found = json.loads(output.read_text())["raters"]
    expected = (np.asarray([0.25, 0.75]) + model.predict_proba(TEXTS[:1])[0]) / 2
    np.testing.assert_allclose(found, expected, atol=2e-6)


def test_wrong_use_is_named_and_writes_nothing(
    folder: Path, data: Path, tmp_path: Path, tiny_vocabulary: list[str]
) -> None:
    output = tmp_path / "soft.jsonl"
    embedder = tmp_path / "embedder"
    parts = _backbone(len(tiny_vocabulary)), _task("embedding"), BertTokenizer(tiny_vocabulary)
    save_model(BertEmbedder(*parts), embedder)
    unknown = tmp_path / "unknown.jsonl"
    unknown.write_text('{"text": "a", "label": "awful"}\n')
    before = data.read_bytes()
    for message, arguments in {
        "--share must be between 0 and 1": (folder, "--data", data, "-o", output, "--share", 1.5),
        "--output must end in .jsonl": (folder, "--data", data, "-o", tmp_path / "soft.csv"),
        "does not exist; make it": (folder, "--data", data, "-o", tmp_path / "no" / "soft.jsonl"),
        "is the file that is read": (folder, "--data", data, "-o", data),
        "of kind embedding": (embedder, "--data", data, "-o", output),
        "'awful' is not one of bad, good": (folder, "--data", unknown, "-o", output),
        "no column 'words'": (folder, "--data", data, "-o", output, "--text-column", "words"),
    }.items():
        result = soften(*arguments)
        assert result.exit_code == 2 and message in result.output, result.output
    assert not output.exists() and data.read_bytes() == before
