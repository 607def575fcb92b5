"""`bert-export` as a user meets it: exit codes, messages, no half-written files."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bert_tf.models.model_folder import save_model
from export.cli import app
from export.errors import ExportError
from export.runtime.bundle import read_bundle

runner = CliRunner()


@pytest.fixture(scope="module")
def bundle_path(embedder_bundle: bytes, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("bundles") / "tiny.tflite"
    path.write_bytes(embedder_bundle)
    return path


@pytest.fixture(scope="module")
def embedder_folder(embedder, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("folders") / "tiny"
    save_model(embedder, folder)
    return folder


def run(*arguments: object):
    return runner.invoke(app, [str(argument) for argument in arguments])


def test_build_writes_a_bundle_and_reports(classifier_folder: Path, tmp_path: Path) -> None:
    output = tmp_path / "ripe.tflite"
    result = run("build", classifier_folder, "--output", output, "--json")
    assert result.exit_code == 0, result.output
    report = json.loads(result.stdout)
    assert report["graph"]["partitions"] == 1 and report["recipe"] == "dynamic_wi8_afp32"
    assert read_bundle(output).size == report["size"]
    assert [path.name for path in tmp_path.iterdir()] == ["ripe.tflite"]
    again = run("build", classifier_folder, "--output", output)
    assert again.exit_code == 2 and "--force" in again.output


def test_build_refuses_what_it_cannot_do(classifier_folder: Path, tmp_path: Path) -> None:
    output, few = tmp_path / "x.tflite", tmp_path / "few.txt"
    few.write_text("good\n" * 99, encoding="utf-8")
    cases = {
        ("build", tmp_path, "--output", output): "not a model folder",
        ("build", classifier_folder, "--output", tmp_path): "folder",
        ("build", classifier_folder, "--output", tmp_path / "no" / "x"): "Cannot write",
        ("build", classifier_folder, "--output", output, "--recipe", "int3"): "float32",
        ("build", classifier_folder, "--output", output, "--data", few): "At least 100 texts",
        (
            *("build", classifier_folder, "--output", output),
            *("--recipe", "dynamic_mixed_wi4_wi8"),
        ): "name some, --data",
    }
    for arguments, message in cases.items():
        result = run(*arguments)
        assert result.exit_code == 2 and message in result.output, result.output
        assert "Traceback" not in result.output
    assert list(tmp_path.iterdir()) == [few]


def test_a_model_that_cannot_be_converted_exits_1(
    classifier_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise ExportError("The graph needs FlexThing.")

    monkeypatch.setattr("export.build.build_from_folder", refuse)
    result = run("build", classifier_folder, "--output", tmp_path / "x.tflite")
    assert result.exit_code == 1 and "FlexThing" in result.output
    assert list(tmp_path.iterdir()) == []


def test_verify_passes_and_fails(
    bundle_path: Path, embedder_folder: Path, texts_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    arguments = ("verify", bundle_path, "--reference", embedder_folder, "--data", texts_file)
    result = run(*arguments, "--json")
    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout)["passed"] is True
    monkeypatch.setattr("export.verify.violations", lambda *_: ["cosine_mean is poor"])
    failed = run(*arguments)
    assert failed.exit_code == 1 and "cosine_mean is poor" in failed.output


def test_verify_explains_wrong_usage(
    bundle_path: Path, embedder_folder: Path, texts_file: Path, tmp_path: Path
) -> None:
    few = tmp_path / "few.txt"
    few.write_text("good\n" * 10, encoding="utf-8")
    cases = {
        (bundle_path, embedder_folder, few): "At least 500",
        (bundle_path, embedder_folder, tmp_path / "none.txt"): "none.txt",
        (few, embedder_folder, texts_file): "not a .tflite",
        (bundle_path, tmp_path, texts_file): "not a model folder",
    }
    for (bundle, folder, data), message in cases.items():
        result = run("verify", bundle, "--reference", folder, "--data", data)
        assert result.exit_code == 2 and message in result.output, result.output


def test_inspect_and_recipes(bundle_path: Path) -> None:
    facts = json.loads(run("inspect", bundle_path, "--json").stdout)
    assert facts["partitions"] == 1 and facts["operators"]["EMBEDDING_LOOKUP"] == 1
    assert "FULLY_CONNECTED" in run("inspect", bundle_path).output
    assert "dynamic_wi8_afp32" in run("recipes").output
    assert run("inspect", "no-such-file").exit_code == 2


def test_half_a_character_is_shown_as_its_number(capsys: pytest.CaptureFixture[str]) -> None:
    from export.commands.conventions import show

    show({"text": "half \ud800"}, "", True)
    assert json.loads(capsys.readouterr().out)["text"] == "half \ud800"
