"""`bert-export pareto` as a user meets it."""

from __future__ import annotations

import errno
import json
from base64 import b64encode
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bert_tf.models.model_folder import save_model
from export.cli import app
from export.recipes import RECIPES, Recipe
from export.runtime.bundle import read_bundle

runner = CliRunner()


@pytest.fixture(scope="module")
def table(some_texts: list[str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Sixty texts: too few for a recipe that chooses layers."""
    labels = ("rotten", "so-so", "fresh")
    rows = [{"text": text, "label": labels[n % 3]} for n, text in enumerate(some_texts[:60])]
    path = tmp_path_factory.mktemp("data") / "dev.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def run(folder: Path, table: Path, output: Path, *more: object) -> Result:
    quick = ("--seconds", "0", "--rounds", "1")
    arguments = ("pareto", folder, "--data", table, "--output", output, *quick, *more)
    return runner.invoke(app, [str(argument) for argument in arguments])


@pytest.fixture(scope="module")
def first(classifier_folder: Path, table: Path, tmp_path_factory: pytest.TempPathFactory):
    output = tmp_path_factory.mktemp("pareto")
    recipes = "float32,dynamic_mixed_wi4_wi8"
    return output, run(classifier_folder, table, output, "--recipes", recipes, "--json")


def test_everything_is_written_and_a_failed_recipe_stops_nothing(first) -> None:
    output, result = first
    assert result.exit_code == 0, result.output
    report = json.loads(result.stdout)
    assert report == json.loads((output / "pareto.json").read_text(encoding="utf-8"))
    (only,) = report["measured"]
    assert only["recipe"] == "float32" and only["within_tolerance"] and not only["kept"]
    assert only["size"] == read_bundle(output / "float32.tflite").size
    assert only["score"]["metric"] == "accuracy"
    assert abs(only["score"]["loss"]) < 1e-9 and only["disagreements"]["count"] == 0
    assert only["peak_memory"] > 20e6 and only["speed"]["texts_per_second"] > 0
    (failed,) = report["failed"]
    assert failed["recipe"] == "dynamic_mixed_wi4_wi8" and "At least 100" in failed["reason"]
    assert report["recommendation"]["recipe"] == "float32"
    picture = (output / "pareto.png").read_bytes()
    assert b64encode(picture).decode() in (output / "pareto.html").read_text(encoding="utf-8")
    assert "float32: building" in result.stderr and "left" in result.stderr


def test_the_same_command_goes_on_from_what_was_built(
    first, classifier_folder: Path, table: Path
) -> None:
    output, _ = first
    built = (output / "float32.tflite").stat().st_mtime_ns
    more = ("--recipes", "float32,float16", "--max-size", "1B")
    again = run(classifier_folder, table, output, *more)
    assert again.exit_code == 1, again.output
    assert "No recipe is within the bounds" in again.stdout
    assert "float32: built by an earlier run, kept" in again.stderr
    assert "float16: building" in again.stderr
    assert (output / "float32.tflite").stat().st_mtime_ns == built
    report = json.loads((output / "pareto.json").read_text(encoding="utf-8"))
    assert [row["kept"] for row in report["measured"]] == [True, False]


def test_every_recipe_is_measured_in_full(
    make_model, some_texts: list[str], tmp_path: Path
) -> None:
    """Random weights bear no word table of four bits: figures all the same, no recommendation."""
    folder, data, output = tmp_path / "model", tmp_path / "dev.txt", tmp_path / "out"
    model = make_model("classification", labels=("a", "b", "c"), label_values=(-1.0, 0.0, 1.0),
                       intermediate_dim=64, max_sequence_length=128, max_length=128)  # fmt: skip
    save_model(model, folder)  # whose widths are whole blocks
    data.write_text("\n".join(some_texts[:300]), encoding="utf-8")
    result = run(folder, data, output)
    assert result.exit_code == 0, result.output
    report = json.loads((output / "pareto.json").read_text(encoding="utf-8"))
    assert report["failed"] == []
    rows = {row["recipe"]: row for row in report["measured"]}
    assert list(rows) == list(RECIPES)
    for name, row in rows.items():
        latencies = row["speed"]["latencies"]
        assert [one["tokens"] for one in latencies] == [16, 32, 64, 128], name
        assert all(one["p50_ms"] > 0 for one in latencies), name
        assert row["speed"]["texts_per_second"] > 0 and row["peak_memory"] > 20e6, name
        assert row["score"]["loss_low"] <= row["score"]["loss"] <= row["score"]["loss_high"], name
        parted = row["disagreements"]
        assert len(parted["shown"]) == min(parted["count"], 20), name
        assert row["within_tolerance"] == (not row["violations"]), name
        assert {"probability_difference_mean", "equal_labels"} <= set(row["measured"]), name
        assert name in result.stdout and read_bundle(output / row["file"]).size == row["size"]
    assert "dynamic_wi8_embedding_wi4" in report["beyond_tolerance"]
    assert report["recommendation"]["recipe"] not in report["beyond_tolerance"]
    fitted = [name for name, recipe in RECIPES.items() if recipe.why_texts is not None]
    (note,) = [note for note in report["notes"] if "Fitted to these very texts" in note]
    assert all((name in note) == (name in fitted) for name in RECIPES)


def test_mistakes_are_one_line_and_exit_2(
    classifier_folder: Path, table: Path, tmp_path: Path
) -> None:
    foreign = tmp_path / "foreign"
    foreign.mkdir()
    (foreign / "float32.tflite").write_bytes(b"mine")
    output = tmp_path / "out"
    one = ("--recipes", "float32")
    cases = [
        ((classifier_folder, table, output, "--recipes", "int3"), "must be one of"),
        ((classifier_folder, table, output, "--recipes", ","), "at least one recipe"),
        ((classifier_folder, table, output, "--max-size", "16"), "such as 16MB"),
        ((classifier_folder, table, output, "--max-loss", "200"), "percent points"),
        ((classifier_folder, tmp_path / "no.jsonl", output), "not a file"),
        ((tmp_path, table, output, *one), "not a model folder"),
        ((classifier_folder, table, output, *one, "--label-column", "x"), "no column 'x'"),
        ((classifier_folder, table, foreign, *one), "not written by this command"),
    ]
    for arguments, message in cases:
        result = run(*arguments)
        assert result.exit_code == 2 and message in result.output, (arguments, result.output)
        assert "Traceback" not in result.output
    assert (foreign / "float32.tflite").read_bytes() == b"mine"


def test_lack_of_memory_for_one_recipe_does_not_end_the_comparison(
    classifier_folder: Path, table: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import tensorflow as tf

    errors = {
        "float32": MemoryError(),
        "float16": tf.errors.ResourceExhaustedError(None, None, "OOM at tensor of [9]"),
        "dynamic_wi8_afp32": OSError(errno.ENOMEM, "Cannot allocate memory"),
    }

    def build(model: object, recipe: Recipe, **_: object) -> tuple[bytes, None]:
        if recipe.name in ("float32", "float16"):
            raise errors[recipe.name]
        return b"a bundle", None

    def no_process(*_: object, **__: object) -> None:
        raise errors["dynamic_wi8_afp32"]

    monkeypatch.setattr("export.pareto.comparison.build", build)
    monkeypatch.setattr("export.pareto.measurement.subprocess.run", no_process)
    result = run(classifier_folder, table, tmp_path / "out", "--recipes", ",".join(errors))
    assert result.exit_code == 1, result.output
    report = json.loads((tmp_path / "out" / "pareto.json").read_text(encoding="utf-8"))
    reasons = {row["recipe"]: row["reason"] for row in report["failed"]}
    assert list(reasons) == list(errors)
    assert reasons["float32"].startswith("The memory is not enough.")
    assert reasons["float16"].startswith("The memory is not enough (OOM at tensor of [9]).")
    assert "No process could be started" in reasons["dynamic_wi8_afp32"]
