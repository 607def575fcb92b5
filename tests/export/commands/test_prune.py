"""`bert-export prune` as a user meets it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from typer.testing import CliRunner, Result

from bert_tf.cli import app as learn
from bert_tf.models.model_folder import load_model, save_model
from export.cli import app

CORPUS = ["the cat sat", "a dog ran under a tree", "it is good", "this is bad", "the film fell"]


@pytest.fixture(scope="module")
def embedder(make_model: Callable[..., Any]) -> Any:
    """A single layer: it is taught below."""
    return make_model(num_layers=1)


@pytest.fixture(scope="module")
def folder(embedder: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("prune") / "whole"
    save_model(embedder, path, card="# Tiny\n")
    return path


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    path = tmp_path / "corpus.jsonl"
    path.write_text("".join(json.dumps({"text": text}) + "\n" for text in CORPUS))
    return path


def prune(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["prune", *map(str, arguments)])


def test_a_pruned_folder_answers_its_corpus_as_before_and_can_be_taught(
    folder: Path, corpus: Path, embedder: Any, tmp_path: Path
) -> None:
    output, other = tmp_path / "pruned", tmp_path / "other.txt"
    other.write_text("the cat\n\na boring film\n")
    arguments = (folder, "--data", corpus, "--output", output)
    result = prune(*arguments, "--held-out", other, "--json")
    assert result.exit_code == 0, result.output
    report = json.loads(result.stdout)
    assert report["tokens_after"] < report["tokens_before"] == embedder.config.vocabulary_size
    assert report["corpus"]["changed"] == 0 and report["corpus"]["texts"] == len(CORPUS)
    assert (report["held_out"]["texts"], report["held_out"]["changed"]) == (2, 1)
    pruned = load_model(output)
    np.testing.assert_array_equal(pruned.encode(CORPUS), embedder.encode(CORPUS))
    (entry,) = pruned.task.provenance["vocabulary_pruning"]
    assert len({entry["vocabulary_sha256"], entry["corpus_sha256"], entry["held_out_sha256"]}) == 3

    refused = prune(*arguments)
    assert refused.exit_code == 2 and "--force" in refused.output
    again = prune(*arguments, "--force", "--min-count", 2)
    assert again.exit_code == 0 and "cut otherwise" in again.output, again.output
    assert load_model(output).config.vocabulary_size < report["tokens_after"]

    train = tmp_path / "train.csv"
    train.write_text("text,label\n" + "it is good,yes\nthis is bad,no\n" * 8)
    taught = CliRunner().invoke(
        learn,
        [
            *("finetune", "classification", "--start", str(output), "--train", str(train)),
            *("--dev", str(train), "--output", str(tmp_path / "run"), "--epochs", "1"),
            *("--batch-size", "8", "--max-length", "16", "--precision", "float32", "--json"),
        ],
    )
    assert taught.exit_code == 0, taught.output
    learned = load_model(tmp_path / "run" / "model")
    assert learned.tokenizer.vocabulary == load_model(output).tokenizer.vocabulary


def test_mistakes_are_one_line_and_exit_2(folder: Path, corpus: Path, tmp_path: Path) -> None:
    blank, russian, columns = tmp_path / "blank.txt", tmp_path / "ru.txt", tmp_path / "x.csv"
    blank.write_text("\n \n")
    russian.write_text("привет мир\nкак дела\n", encoding="utf-8")
    columns.write_text("review,stars\ngood,5\n")
    output = tmp_path / "out"
    cases = {
        (folder, "--data", blank, "--output", output): "no text",
        (folder, "--data", russian, "--output", output): "language of the model",
        (folder, "--data", columns, "--output", output): "column 'text'",
        (folder, "--data", tmp_path / "none.txt", "--output", output): "none.txt",
        (folder, "--data", corpus, "--output", output, "--held-out", blank): "held-out file has no",
        (folder, "--data", corpus, "--output", output, "--keep", 3): "keep must be at least",
        (folder, "--data", corpus, "--output", output, "--min-count", 0): "min_count",
        (folder, "--data", corpus, "--output", folder): "the model folder itself",
        (folder, "--data", corpus, "--output", tmp_path): "something else",
        (tmp_path, "--data", corpus, "--output", output): "not a model folder",
    }
    before = sorted(path.name for path in tmp_path.iterdir())
    for arguments, message in cases.items():
        result = prune(*arguments)
        assert result.exit_code == 2 and message in result.output, result.output
        assert "Traceback" not in result.output and result.output.count("\n") == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == before
    assert load_model(folder).tokenizer.vocabulary_size > 30
