"""What fails in the verbs of `bert-export`: one line and its exit code, never a traceback."""

from __future__ import annotations

import errno
from collections.abc import Callable
from pathlib import Path

import pytest
import tensorflow as tf
import typer
from typer.testing import CliRunner

from bert_tf.training.run_lock import RunLockedError
from export.cli import app
from export.commands.conventions import reported
from export.errors import ExportError
from export.runtime.errors import BundleError

OUT_OF_MEMORY = tf.errors.ResourceExhaustedError(None, None, "OOM at tensor of [9]\n\t[[node]]")
FAILURES = [
    (FloatingPointError("The network gave NaN."), "The network gave NaN."),
    (MemoryError(), "The memory is not enough. Close other programs, or ask for less at once."),
    (OUT_OF_MEMORY, "The memory is not enough (OOM at tensor of [9]). Close other programs, or "
                    "ask for less at once."),
]  # fmt: skip


@pytest.mark.parametrize(
    ("error", "code", "line"),
    [
        *((error, 1, line) for error, line in FAILURES),
        (ExportError("The graph needs FlexThing."), 1, "The graph needs FlexThing."),
        (
            tf.errors.InvalidArgumentError(None, None, "\nindices[0] = 9 is too large\nmore"),
            1,
            "TensorFlow stopped with InvalidArgumentError: indices[0] = 9 is too large",
        ),
        (
            OSError(errno.EDQUOT, "Disk quota exceeded", "/full/x.tflite"),
            1,
            "The disk is full at /full/x.tflite (Disk quota exceeded). Make room and run it again.",
        ),
        (BundleError("It is no bundle."), 2, "It is no bundle."),
        (FileExistsError("It is there."), 2, "It is there."),
        (ImportError("Install TensorFlow."), 2, "Install TensorFlow."),
        (RunLockedError("Another run is at work."), 2, "Another run is at work."),
    ],
)
def test_an_error_is_one_line_with_its_code(
    error: Exception, code: int, line: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(typer.Exit) as stop, reported():
        raise error
    assert stop.value.exit_code == code
    assert capsys.readouterr().err == f"bert-export: {line}\n"


@pytest.mark.parametrize("error", [BrokenPipeError(), typer.Exit(130), KeyError("a fault")])
def test_what_is_no_failure_of_the_work_is_passed_on(error: Exception) -> None:
    with pytest.raises(type(error)), reported():
        raise error


@pytest.fixture
def verbs(embedder_bundle: bytes, classifier_folder: Path, some_texts: list[str], tmp_path: Path):
    """Each verb to what does its work, and arguments that are right."""
    bundle, texts = tmp_path / "tiny.tflite", tmp_path / "texts.txt"
    bundle.write_bytes(embedder_bundle)
    texts.write_text("\n".join(some_texts), encoding="utf-8")
    model, data, new = classifier_folder, ("--data", texts), tmp_path / "new"
    return {
        "build": ("export.build.build_from_folder", (model, "--output", new)),
        "inspect": ("export.graph_inspection.inspect_graph", (bundle,)),
        "pareto": ("export.pareto.comparison.compare", (model, *data, "--output", new)),
        "prune": ("export.pruned_folder.write_pruned_folder", (model, *data, "--output", new)),
        "repack": ("export.repack.repack", (bundle, "--output", new)),
        "verify": ("export.verify.verify", (bundle, "--reference", model, *data)),
    }


def failing(error: Exception) -> Callable[..., None]:
    def fail(*_: object, **__: object) -> None:
        raise error

    return fail


@pytest.mark.parametrize("verb", ["build", "inspect", "pareto", "prune", "repack", "verify"])
@pytest.mark.parametrize(("error", "line"), FAILURES)
def test_no_verb_shows_a_traceback_when_its_work_fails(
    verb: str, error: Exception, line: str, verbs, monkeypatch: pytest.MonkeyPatch
) -> None:
    place, arguments = verbs[verb]
    monkeypatch.setattr(place, failing(error))
    result = CliRunner().invoke(app, [verb, *map(str, arguments)])
    assert result.exit_code == 1, result.output
    assert isinstance(result.exception, SystemExit)
    assert result.stderr.endswith(f"bert-export: {line}\n")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device of Linux")
def test_a_full_disk_is_no_mistake_of_the_user(classifier_folder: Path) -> None:
    arguments = ["build", str(classifier_folder), "--output", "/dev/full"]
    result = CliRunner().invoke(app, arguments)
    assert result.exit_code == 1, result.output
    assert "The disk is full" in result.stderr


def test_not_a_number_for_one_text_is_a_failed_verification(
    verbs, embedder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As the Engine raises it, in the middle of the texts."""
    from bert_tf.models.model_folder import save_model
    from export.runtime.graph_runner import GraphRunner

    save_model(embedder, tmp_path / "model")
    run, calls = GraphRunner.run, iter(range(10_000))

    def sometimes(runner: GraphRunner, *arguments):
        values = run(runner, *arguments)
        return values * float("nan") if next(calls) == 3 else values

    monkeypatch.setattr(GraphRunner, "run", sometimes)
    bundle, _, _, *data = verbs["verify"][1]
    arguments = ["verify", bundle, "--reference", tmp_path / "model", *data]
    result = CliRunner().invoke(app, [str(argument) for argument in arguments])
    assert result.exit_code == 1 and "gave NaN or infinity" in result.stderr, result.output
    assert isinstance(result.exception, SystemExit)
