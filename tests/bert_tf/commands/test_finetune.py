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
from bert_tf.training.tasks.finetune_tasks import FINETUNE_TASKS

WORDS = {"good": 5.0, "great": 4.0, "boring": 2.0, "bad": 1.0}
OPINIONS = [(f"the {thing} is {word}", word) for thing in ("film", "cat") for word in WORDS] * 3


def call(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


@pytest.fixture(scope="module")
def encoder(tmp_path_factory: pytest.TempPathFactory, tiny_vocabulary: list[str]) -> Path:
    """A tiny model folder to start from."""
    folder = tmp_path_factory.mktemp("start") / "encoder"
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
    save_model(BertEmbedder(BertBackbone(config), task, tokenizer), folder)
    return folder


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A small file for each task."""
    folder = tmp_path_factory.mktemp("files")
    rows = {
        "classification": lambda text, word: {"text": text, "label": word},
        "multi-label": lambda text, word: {
            "text": text,
            "labels": [name for name, found in (("cat", "cat" in text), (word, True)) if found],
        },
        "regression": lambda text, word: {"text": text, "value": WORDS[word]},
        "embedding": lambda text, word: {"first": text, "second": f"it is very {word}"},
    }
    paths = {}
    for name, row in rows.items():
        paths[name] = folder / f"{name}.jsonl"
        lines = (json.dumps(row(text, word)) for text, word in OPINIONS)
        paths[name].write_text("\n".join(lines) + "\n")
    return paths


def finetune(task: str, encoder: Path, train: Path, output: Path, *more: object) -> Result:
    return call(
        *("finetune", task, "--train", train, "--dev", train, "--start", encoder),
        *("--output", output, "--epochs", 2, "--precision", "float32", "--max-length", 16),
        *("--learning-rate", 0.01, "--batch-size", 8, *more),
    )


@pytest.mark.parametrize(
    ("task", "kind", "figure"),
    [
        ("multi-label", "multi_label", "micro_f1"),
        ("regression", "regression", "pearson_r"),
        ("embedding", "embedding", "own_partner"),
    ],
)
def test_from_a_file_to_a_measured_model(
    encoder: Path,
    files: dict[str, Path],
    tmp_path: Path,
    task: str,
    kind: str,
    figure: str,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Classification has tests of its own beside the other verbs."""
    result = finetune(task, encoder, files[task], tmp_path, "--json")
    assert result.exit_code == 0, result.output
    assert "24 of 24 dev texts are training texts as well" in caplog.text
    dev = json.loads(result.output.splitlines()[-1])["dev"]
    assert dev["count"] == 24 and np.isfinite(dev[figure])
    folder = tmp_path / "model"
    model = load_model(folder)
    assert model.task.kind == kind and model.task.name == kind
    assert model.task.provenance["training_texts"] == 24
    assert "## Measured on dev (24 texts)" in (folder / "README.md").read_text()
    again = call("evaluate", folder, "--data", files[task], "--json")
    assert json.loads(again.output)[figure] == pytest.approx(dev[figure])
    if task == "regression":  # in the unit of the file
        assert abs(model.predict_values([text for text, _ in OPINIONS]).mean() - 3.0) < 1.0


def test_random_weights_keep_only_the_shape_of_the_start(
    encoder: Path, files: dict[str, Path], tmp_path: Path
) -> None:
    kernels = []
    for seed in (1, 1, 2):
        output = tmp_path / str(len(kernels))
        small_steps = ("--learning-rate", 1e-9, "--random-weights", "--seed", seed)
        assert (
            finetune("regression", encoder, files["regression"], output, *small_steps).exit_code
            == 0
        )
        model = load_model(output / "model")
        kernels.append(np.asarray(model.backbone.blocks[0].intermediate.kernel))
    start = load_model(encoder)
    assert model.config == start.config and model.tokenizer.vocabulary == start.tokenizer.vocabulary
    assert "random_weights_shaped_as" in model.task.provenance["start"]
    learned = np.asarray(start.backbone.blocks[0].intermediate.kernel)
    assert np.abs(kernels[0] - kernels[1]).max() < 1e-6  # the seed decides
    assert np.abs(kernels[0] - kernels[2]).max() > 1e-3 < np.abs(kernels[0] - learned).max()


def test_every_task_checks_its_file_without_training(
    encoder: Path, files: dict[str, Path], tmp_path: Path
) -> None:
    assert set(files) == set(FINETUNE_TASKS)
    for task, path in files.items():
        result = finetune(task, encoder, path, tmp_path / task, "--dry-run", "--json")
        assert result.exit_code == 0, result.output
        found = json.loads(result.output)
        assert (found["train_texts"], found["dev_texts"], found["steps"]) == (24, 24, 6)
        assert found["dev_texts_also_in_train"] == 24  # both are the same file
        assert not (tmp_path / task).exists()


def test_a_config_file_stands_for_flags(
    encoder: Path, files: dict[str, Path], tmp_path: Path
) -> None:
    config = tmp_path / "run.toml"
    config.write_text(
        f"train = '{files['regression']}'\noutput = '{tmp_path / 'run'}'\n"
        f"start = '{encoder}'\nepochs = 5\nbatch_size = 4\nmetric = 'mae'\n"
    )
    common = ("finetune", "regression", "--config", config, "--dry-run", "--json")
    dev = ("--dev", files["regression"])
    assert json.loads(call(*common, *dev).output)["steps"] == 30
    assert json.loads(call(*common, *dev, "--epochs", 1).output)["steps"] == 6
    config.write_text("metric = 'accuracy'\n")
    result = finetune("regression", encoder, files["regression"], tmp_path, "--config", config)
    assert result.exit_code == 2 and "--metric" in result.output


@pytest.mark.parametrize(
    ("task", "more", "message"),
    [
        ("classification", ["--label-column", "tag"], "has no column 'tag'"),
        ("classification", ["--class-weights", "w.json"], "w.json cannot be read"),
        ("classification", ["--layer-decay", 2], "layer_decay must be in (0, 1]"),
        ("classification", ["--freeze-layers", 3], "freeze_layers must be at most 1"),
        ("multi-label", ["--label-column", "tags"], "has no column 'tags'"),
        ("regression", ["--value-column", "text"], "'text' must be a number"),
        ("embedding", ["--objective", "scores"], "has no column 'score'"),
        ("embedding", ["--objective", "dropout"], "has no column 'text'"),
        ("embedding", ["--micro-batch-size", 4], "cannot be cut"),
    ],
)
def test_mistakes_are_one_line(
    encoder: Path, files: dict[str, Path], tmp_path: Path, task: str, more: list, message: str
) -> None:
    result = finetune(task, encoder, files[task], tmp_path / "run", *more)
    assert result.exit_code == 2, result.output
    assert message in result.output and result.output.startswith("error: ")
    assert not (tmp_path / "run" / "model").exists()


@pytest.mark.parametrize("task", list(FINETUNE_TASKS))
def test_broken_files_are_named_by_every_task(encoder: Path, tmp_path: Path, task: str) -> None:
    path = tmp_path / "broken.csv"
    for content, message in [
        (b"text,first,label\n\xff,b,c\n", "is not UTF-8: line 2"),
        (b"text,first,label\n", "holds no rows"),
        (b"text,text\na,b\n", "repeats a column"),
    ]:
        path.write_bytes(content)
        result = finetune(task, encoder, path, tmp_path / "run", "--dry-run")
        assert result.exit_code == 2 and message in result.output, result.output


def test_a_class_without_texts_is_named(
    encoder: Path, files: dict[str, Path], tmp_path: Path
) -> None:
    labels = tmp_path / "labels.json"
    labels.write_text(json.dumps({"labels": [*WORDS, "superb"]}))
    result = finetune(
        "classification", encoder, files["classification"], tmp_path, "--labels-file", labels
    )
    assert result.exit_code == 2
    assert "no training text has the label 'superb'" in result.output


def test_other_settings_do_not_continue_a_run(
    encoder: Path, files: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from bert_tf.training import finetune as module

    class Standing:
        """A step that moves nothing, so that nothing is compiled."""

        def __init__(self, *parts: object, **choices: object) -> None:
            self.measured = {"loss": 1.0, "gradient_norm": 1.0}

        def __call__(self, batch: object) -> dict[str, float]:
            return self.measured

    monkeypatch.setattr(module, "make_train_step", Standing)
    path = files["regression"]
    assert finetune("regression", encoder, path, tmp_path).exit_code == 0
    assert finetune("regression", encoder, path, tmp_path).exit_code == 0
    result = finetune("regression", encoder, path, tmp_path, "--seed", 2)
    assert result.exit_code == 2
    assert "holds a run with other settings, data or start weights" in result.output


def test_dev_is_learned_too_and_judges_nothing(
    encoder: Path, files: dict[str, Path], tmp_path: Path
) -> None:
    lines = files["classification"].read_text().splitlines(keepends=True)
    train, dev = tmp_path / "train.jsonl", tmp_path / "dev.jsonl"
    train.write_text("".join(lines[:16]))
    dev.write_text("".join(lines[16:]))
    shared = ("--start", encoder, "--epochs", 2, "--max-length", 16, "--batch-size", 8)
    apart = (tmp_path / "apart", "--train", train, "--dev", dev)
    whole = (tmp_path / "whole", "--train", files["classification"])
    for output, *data in (apart, whole):
        run = ("finetune", "classification", *data, "--output", output, *shared)
        result = call(*run, "--learn-dev", "--deterministic", "--json")
        assert result.exit_code == 0, result.output
        assert "learned texts" in json.loads(result.output.splitlines()[-1])
        assert not list((output / "checkpoints").glob("best*"))
    models = [load_model(output / "model") for output, *_ in (apart, whole)]
    for first, second in zip(models[0].weights, models[1].weights, strict=True):
        np.testing.assert_array_equal(np.asarray(first), np.asarray(second))
    assert models[0].task.provenance["training_texts"] == 24
    assert set(models[0].task.metrics) == {"learned texts"}
    card = (tmp_path / "apart" / "model" / "README.md").read_text()
    assert "## Measured on learned texts" in card and "Measured on dev" not in card


def test_dev_is_learned_with_the_columns_that_training_needs(encoder: Path, tmp_path: Path) -> None:
    rows = [{"first": f"the {word} film", "second": word, "hard": "cat"} for word in WORDS] * 2
    path = tmp_path / "pairs.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)) + "\n")
    learn = ("--negative-column", "hard", "--learn-dev", "--dry-run", "--json")
    found = json.loads(finetune("embedding", encoder, path, tmp_path / "run", *learn).output)
    assert (found["train_texts"], found["dev_texts"]) == (16, 8)
    scores = finetune(
        *("embedding", encoder, path, tmp_path / "run", "--learn-dev", "--objective", "scores"),
    )
    assert scores.exit_code == 2 and "no column 'score'" in scores.output
