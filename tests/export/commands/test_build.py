"""`bert-export build` beyond and within the tolerance of its recipe."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bert_tf.models.model_folder import save_model
from export.cli import app


@pytest.fixture(scope="module")
def folder(embedder, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Random weights, which a word table of four bits does not suit."""
    folder = tmp_path_factory.mktemp("folders") / "tiny"
    save_model(embedder, folder)
    return folder


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["build", *map(str, arguments)])


def test_beyond_the_tolerance_nothing_is_written(
    folder: Path, texts_file: Path, tmp_path: Path
) -> None:
    output = tmp_path / "x.tflite"
    coarse = (folder, "--output", output, "--recipe", "dynamic_wi8_embedding_wi4")
    for more, where in (((), "the 9 golden texts"), (("--data", texts_file), "500 given texts")):
        result = run(*coarse, *more)
        assert result.exit_code == 1, result.output
        for part in ("dynamic_wi8_embedding_wi4", "cosine_min is 0.9", where, "bert-export rec"):
            assert part in result.stderr
    assert list(tmp_path.iterdir()) == [texts_file]


def test_within_it_the_report_says_what_was_measured(
    folder: Path, texts_file: Path, tmp_path: Path
) -> None:
    output = tmp_path / "x.tflite"
    result = run(folder, "--output", output, "--data", texts_file, "--json")
    assert result.exit_code == 0, result.output
    check = json.loads(result.stdout)["tolerance"]
    assert check["passed"] and (check["kind"], check["texts"]) == ("unread", 500)
    assert check["measured"]["cosine_p0.1"] >= check["bounds"]["cosine_p0.1"]
    result = run(folder, "--output", output, "--force")
    assert result.exit_code == 0 and "on the 9 golden texts" in result.stdout
