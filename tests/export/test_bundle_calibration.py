"""A bundle that gets a temperature: its answers, its papers, and its command."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from bert_tf.data.classification_examples import Columns
from bert_tf.training.model_card import task_card
from bert_tf.training.tasks.classification import Classification
from export.build import build
from export.bundle_calibration import calibrate_bundle, sharpen
from export.cli import app
from export.errors import ExportError
from export.recipes import RECIPES
from export.runtime.bundle import open_archive, read_bundle
from export.runtime.engine import Engine
from export.runtime.selftest import selftest


@pytest.fixture(scope="module")
def bundle_path(classifier, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny classifier in int8, with a card of other figures."""
    from bert_tf.training.classification_evaluation import ClassificationReport

    old = ClassificationReport(count=1, accuracy=0.125, macro_f1=0.125, cross_entropy=1.0,
                               confusion=[[1, 0, 0]] * 3)  # fmt: skip
    card = task_card(Classification(), classifier.task, old, report_name="old") + "\nBy hand.\n"
    content, _ = build(
        classifier,
        RECIPES["dynamic_wi8_afp32"],
        papers={"README.md": card.encode()},
        enforce_tolerance=False,
    )
    path = tmp_path_factory.mktemp("bundles") / "tiny.tflite"
    path.write_bytes(content)
    return path


@pytest.fixture(scope="module")
def labelled(bundle_path: Path, some_texts: list[str], tmp_path_factory) -> Path:
    """Texts whose labels are drawn from the bundle's own probabilities at a temperature of 2."""
    with Engine.open(bundle_path) as engine:
        shares = sharpen(engine.outputs(some_texts).values, 2.0)
        labels = engine.metadata.labels
    rng = np.random.default_rng(5)
    path = tmp_path_factory.mktemp("data") / "dev.csv"
    drawn = [labels[rng.choice(len(labels), p=row / row.sum())] for row in shares.astype(float)]
    write_table(path, list(zip(some_texts, drawn, strict=True)))
    return path


def write_table(path: Path, rows: list[tuple[str, str]]) -> None:
    """Text and label."""
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("text", "label"), *rows])


def test_the_temperature_that_was_put_in_is_found_and_folded_in(
    bundle_path: Path, labelled: Path, some_texts: list[str]
) -> None:
    content, report = calibrate_bundle(bundle_path, labelled, Columns())
    assert report.temperature == pytest.approx(2.0, rel=0.25)
    assert report.calibration_error_after < report.calibration_error_before / 2
    with Engine.open(bundle_path) as engine:
        before = engine.outputs(some_texts[:50]).values
    with Engine(read_bundle(content)) as engine:
        after = engine.outputs(some_texts[:50]).values
        assert selftest(engine).passed
    np.testing.assert_allclose(after, sharpen(before, report.temperature), atol=1e-5)


def test_metadata_golden_examples_and_card_follow(bundle_path: Path, labelled: Path) -> None:
    content, report = calibrate_bundle(bundle_path, labelled, Columns())
    bundle, old = read_bundle(content), read_bundle(bundle_path)
    (note,) = bundle.metadata.provenance["calibration"]
    assert note["data"] == "dev.csv" and note["texts"] == 600
    assert note["temperature"] == report.temperature
    assert set(bundle.metadata.metrics) == {"dev"}
    assert bundle.metadata.metrics["dev"]["calibration_error"] == report.calibration_error_after
    for now, then in zip(bundle.golden.examples, old.golden.examples, strict=True):
        assert (now.text, now.token_ids) == (then.text, then.token_ids)
        expected = sharpen(np.array([then.float_output]), report.temperature)[0]
        np.testing.assert_allclose(now.float_output, expected, atol=1e-6)
    card = open_archive(content)[2]["README.md"].decode()
    assert "Measured on dev (600 texts)" in card and "Measured on old" not in card
    assert f"A temperature of {report.temperature:.3f}" in card and card.endswith("By hand.\n")


def test_the_encoder_keeps_every_bit(bundle_path: Path, labelled: Path) -> None:
    content, _ = calibrate_bundle(bundle_path, labelled, Columns())
    new, old = (open_archive(source) for source in (content, bundle_path))
    assert new[1] == old[1]  # the graph is as long as before
    differing = np.flatnonzero(
        np.frombuffer(new[0][: new[1]], np.uint8) != np.frombuffer(old[0][: old[1]], np.uint8)
    )
    assert 0 < len(differing) <= 4 * 2 * 3  # three scales and three numbers of the bias


def test_texts_that_tell_no_temperature_are_refused(
    bundle_path: Path, some_texts: list[str], tmp_path: Path
) -> None:
    with Engine.open(bundle_path) as engine:
        labels = [verdict.label for verdict in engine.classify(some_texts)]
    sure = list(zip(some_texts, labels, strict=True))  # whatever it says is right
    for name, rows, message in (
        ("few", sure[:3], "At least 100 texts are needed to fit a temperature, received 3"),
        ("blank", [*sure, ("\u200b", "so-so")], r"1 of the texts hold nothing.*first '\\u200b'"),
        ("sure", sure, "No temperature fits these texts best: the search ended at 0.05"),
    ):
        path = tmp_path / f"{name}.csv"
        write_table(path, rows)
        with pytest.raises(ExportError, match=message):
            calibrate_bundle(bundle_path, path, Columns())


def test_an_embedder_is_refused(embedder_bundle: bytes, labelled: Path, tmp_path: Path) -> None:
    path = tmp_path / "vectors.tflite"
    path.write_bytes(embedder_bundle)
    with pytest.raises(ExportError, match="Only a classification"):
        calibrate_bundle(path, labelled, Columns())


def test_the_command_writes_says_and_refuses(
    bundle_path: Path, labelled: Path, tmp_path: Path
) -> None:
    output = tmp_path / "calibrated.tflite"
    words = ["calibrate", str(bundle_path), "--data", str(labelled), "--output", str(output)]
    result = CliRunner().invoke(app, [*words, "--json"])
    assert result.exit_code == 0, result.output
    said = json.loads(result.stdout)
    assert said["output"] == str(output) and said["measured"]["count"] == 600
    assert read_bundle(output).metadata.name == "tiny-classification"
    again = CliRunner().invoke(app, words)
    assert again.exit_code == 2 and "--force" in again.output
    wrong = CliRunner().invoke(app, [*words, "--force", "--label-column", "nothing"])
    assert wrong.exit_code == 2 and "nothing" in wrong.output
