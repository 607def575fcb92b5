import json
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner, Result

from bert_tf.cli import app
from bert_tf.config import BertConfig
from bert_tf.models.bert_backbone import BertBackbone
from bert_tf.models.bert_embedder import BertEmbedder
from bert_tf.models.model_folder import load_model, save_model
from bert_tf.models.task import Task
from bert_tf.text.tokenizer import BertTokenizer


def call(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


@pytest.fixture
def encoder(tmp_path: Path, tiny_vocabulary: list[str]) -> Path:
    """A tiny model folder to start from."""
    config = BertConfig(
        vocabulary_size=len(tiny_vocabulary),
        hidden_dim=16,
        num_layers=1,
        num_heads=2,
        intermediate_dim=32,
        max_sequence_length=16,
    )
    task = Task(kind="embedding", name="tiny", language="en", max_length=16, pooling="mean")
    tokenizer = BertTokenizer(tiny_vocabulary)
    save_model(BertEmbedder(BertBackbone(config), task, tokenizer), tmp_path / "encoder")
    return tmp_path / "encoder"


@pytest.fixture
def reviews(tmp_path: Path) -> Path:
    rows = [f"the film is {word},{label}" for word, label in [("good", "up"), ("bad", "down")]] * 30
    path = tmp_path / "reviews.csv"
    path.write_text("text,label\n" + "\n".join(rows) + "\n")
    return path


def finetune(encoder: Path, reviews: Path, output: Path, *more: object) -> Result:
    return call(
        *("finetune", "classification", "--train", reviews, "--start", encoder),
        *("--output", output, "--epochs", 2, "--precision", "float32", "--max-length", 16),
        *("--learning-rate", 0.02, "--batch-size", 8, *more),
    )


def test_finetune_evaluate_encode_inspect(encoder: Path, reviews: Path, tmp_path: Path) -> None:
    result = finetune(encoder, reviews, tmp_path / "run", "--name", "ups")
    assert result.exit_code == 0, result.output
    assert "accuracy" in result.output and "| **up** |" in result.output
    model = load_model(tmp_path / "run" / "model")
    assert model.task.labels == ("down", "up")
    assert model.task.provenance["training_texts"] == 54
    assert model.task.metrics["dev"]["count"] == 6
    card = (tmp_path / "run" / "model" / "README.md").read_text()
    assert card.startswith("---\nlanguage:") and "training_ids_sha256" in card

    measured = call("evaluate", tmp_path / "run" / "model", "--data", reviews, "--json")
    assert json.loads(measured.output)["count"] == 60
    lines = tmp_path / "lines.txt"
    lines.write_bytes(b"the cat\r\nthe dog\n")
    encoded = call("encode", encoder, "--input", lines, "--output", tmp_path / "v.npy")
    assert encoded.exit_code == 0, encoded.output
    assert np.load(tmp_path / "v.npy").shape == (2, 16)
    shown = json.loads(call("inspect", tmp_path / "run" / "model", "--json").output)
    assert shown["task"]["name"] == "ups"
    assert shown["config"]["num_layers"] == 1


def test_a_stopped_run_ends_with_130(
    encoder: Path, reviews: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from bert_tf.training.training_loop import TrainingInterruptedError, TrainingLoop

    def stop(self: object) -> None:
        raise TrainingInterruptedError("Stopped at step 3 of 9.")

    monkeypatch.setattr(TrainingLoop, "run", stop)
    result = finetune(encoder, reviews, tmp_path / "run")
    assert result.exit_code == 130, result.output
    assert result.output == "Stopped at step 3 of 9. The same command goes on from here.\n"


def test_a_folder_that_holds_something_else_is_never_replaced(
    encoder: Path, reviews: Path, tmp_path: Path
) -> None:
    notes = tmp_path / "run" / "model" / "notes.txt"
    notes.parent.mkdir(parents=True)
    notes.write_text("mine")
    result = finetune(encoder, reviews, tmp_path / "run")
    assert result.exit_code == 2, result.output
    assert "holds something else (task.json is missing)" in result.output
    assert not (tmp_path / "run" / "checkpoints").exists()  # before any training
    assert notes.read_text() == "mine"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("{", "is not JSON"),
        ("[1]", "must hold"),
        ('{"labels": [1, 2]}', "one line of text"),
        ('{"labels": ["up", "down", "down"]}', "must differ"),
        ('{"labels": ["up", "down"], "label_values": 3}', "finite numbers"),
        ('{"labels": ["up", "down"], "label_values": [1, NaN]}', "finite numbers"),
        ('{"labels": ["up", "down"], "label_values": [1, null]}', "finite numbers"),
        ('{"labels": ["up", "down"], "label_values": [1]}', "one number a label"),
    ],
)
def test_a_bad_labels_file_is_named(
    encoder: Path, reviews: Path, tmp_path: Path, content: str, message: str
) -> None:
    path = tmp_path / "labels.json"
    path.write_text(content)
    result = finetune(encoder, reviews, tmp_path / "run", "--labels-file", path, "--dry-run")
    assert result.exit_code == 2, result.output
    assert message in result.output


def test_saved_figures_are_named_after_their_file(
    encoder: Path, reviews: Path, tmp_path: Path
) -> None:
    model = tmp_path / "run" / "model"
    assert finetune(encoder, reviews, tmp_path / "run", "--epochs", 1).exit_code == 0
    result = call("evaluate", model, "--data", reviews, "--group-column", "label", "--save")
    assert result.exit_code == 0, result.output
    assert "None" not in result.output
    assert set(load_model(model).task.metrics) == {"dev", "reviews"}
    assert "## Measured on reviews (60 texts)" in (model / "README.md").read_text()


def test_dry_run_reads_and_trains_nothing(encoder: Path, reviews: Path, tmp_path: Path) -> None:
    result = finetune(encoder, reviews, tmp_path / "run", "--dry-run", "--json")
    assert json.loads(result.output)["labels"] == ["down", "up"]
    assert not (tmp_path / "run").exists()


@pytest.mark.parametrize(
    ("more", "message"),
    [
        (["--label-column", "team"], "no column 'team'"),
        (["--start", "/nowhere"], "start must be"),
        (["--epochs", 0], "epochs must be at least 1"),
        (["--train", "gone.csv"], "cannot be read"),
        (["--metric", "valence_r"], "metric must be one of"),
    ],
)
def test_mistakes_are_one_line_and_exit_2(
    encoder: Path, reviews: Path, tmp_path: Path, more: list[object], message: str
) -> None:
    result = finetune(encoder, reviews, tmp_path / "run", *more)
    assert result.exit_code == 2, result.output
    assert message in result.output
    assert "Traceback" not in result.output


def test_evaluate_takes_the_options_of_the_models_task(encoder: Path, reviews: Path) -> None:
    measured = json.loads(call("evaluate", encoder, "--data", reviews, "--json").output)
    assert measured["metric"] == "alignment_uniformity" and measured["count"] == 60
    result = call("evaluate", encoder, "--data", reviews, "--label-column", "label")
    assert result.exit_code == 2
    assert "is of kind embedding, which does not take --label-column" in result.output


def test_a_folder_that_is_no_model_is_named(tmp_path: Path) -> None:
    result = call("inspect", tmp_path)
    assert result.exit_code == 2
    assert "is not a model folder" in result.output
