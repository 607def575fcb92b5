"""Stopped or killed at any moment, `bert-edge explain --resume` ends with the same bytes."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from export.runtime import bulk_chunks
from export.runtime.bulk import EXPLAINED_LINES, explain_lines
from export.runtime.engine import Engine

ROOT = Path(__file__).parents[3]
WORDS = ["good", "bad", "fair", "film", "the", "a", "not", "very", "plot", "cast", "and", "but"]


@pytest.fixture
def texts(tmp_path) -> Path:
    """Distinct lines; one is blank, one beyond what the network reads."""
    path = tmp_path / "in.txt"
    lines = [
        " ".join(WORDS[number // 12**place % 12] for place in range(6)) for number in range(1000)
    ]
    path.write_text("\n".join([*lines, "", "good " * 30]), encoding="ascii")
    return path


def stop() -> None:
    raise KeyboardInterrupt


def stopping(chunks: int):
    """A check that stops a run when so many chunks are whole."""
    left = iter([None] * (chunks - 1))
    return lambda: next(left, stop) is stop and stop()


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_stopped_run_goes_on_to_the_same_bytes(classifier_path, texts, monkeypatch, capsys):
    whole, target = texts.with_name("whole.jsonl"), texts.with_name("out.jsonl")
    with Engine.open(classifier_path) as engine:
        note = explain_lines(engine, str(texts), str(whole))
        for chunks in (1, 2):
            with monkeypatch.context() as patched:
                patched.setattr(bulk_chunks, "raise_if_requested", stopping(chunks))
                with pytest.raises(KeyboardInterrupt):
                    explain_lines(engine, str(texts), str(target), resume=True)
            assert not target.exists()
        assert f"keeps {3 * EXPLAINED_LINES} texts" in capsys.readouterr().err
        with pytest.raises(ValueError, match="other options: errors 'strict', now 'replace'"):
            explain_lines(engine, str(texts), str(target), errors="replace", resume=True)
        assert explain_lines(engine, str(texts), str(target), resume=True) == note
    assert note.startswith("1 of 1,002 texts were longer")
    assert target.read_bytes() == whole.read_bytes()
    assert names(texts.parent) == ["in.txt", "out.jsonl", "whole.jsonl"]


def test_what_another_verb_left_is_refused(edge, classifier_path, texts, monkeypatch):
    rest = ("--bundle", classifier_path, "--input", texts, "--resume")
    target = texts.with_name("out.jsonl")
    with monkeypatch.context() as patched:
        patched.setattr(bulk_chunks, "raise_if_requested", stop)
        assert edge("explain", *rest, "--output", target)[0] == 130
    code, _, errors = edge("classify", *rest, "--output", target)
    assert code == 2 and "other command: 'explain', now 'classify'" in errors
    code, _, errors = edge("explain", "--bundle", classifier_path, "--resume")
    assert code == 2 and "needs files" in errors


def test_the_bundles_of_languages_can_be_gone_on_with(edge, tmp_path, monkeypatch):
    source, whole, target = tmp_path / "in.txt", tmp_path / "whole.jsonl", tmp_path / "out.jsonl"
    lines = ["good film", "质量很好", "C'est vraiment nul"]
    source.write_text("\n".join(lines[number % 3] for number in range(100)), encoding="utf-8")
    command = ("explain", "--input", source, "--output")
    code, _, notes = edge(*command, whole)
    assert code == 0 and "33 of 100 texts are in a language without a bundle (33 fr)" in notes
    with monkeypatch.context() as patched:
        patched.setattr(bulk_chunks, "raise_if_requested", stop)
        code, _, errors = edge(*command, target, "--resume")
    assert code == 130 and f"keeps {EXPLAINED_LINES} texts; --resume goes on" in errors
    assert edge(*command, target, "--resume") == (0, b"", notes)
    assert target.read_bytes() == whole.read_bytes()


@pytest.mark.skipif(os.name == "nt", reason="signals are POSIX")
def test_killed_in_the_middle(classifier_path, texts):
    whole, target = texts.with_name("whole.jsonl"), texts.with_name("out.jsonl")
    texts.write_text("\n".join([texts.read_text()] * 10), encoding="ascii")
    state = texts.with_name("out.jsonl.part.json")
    command = [sys.executable, "-m", "export.runtime", "explain", "--resume"]
    command += ["--bundle", str(classifier_path), "--input", str(texts), "--output", str(target)]
    with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE) as process:
        deadline = time.monotonic() + 60
        while not (state.exists() and json.loads(state.read_bytes())["done"]["texts"]):
            assert time.monotonic() < deadline and process.poll() is None
            time.sleep(0.005)
        process.send_signal(signal.SIGKILL)
    assert not target.exists()
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    with Engine.open(classifier_path) as engine:
        explain_lines(engine, str(texts), str(whole))
    assert target.read_bytes() == whole.read_bytes()
    assert names(texts.parent) == ["in.txt", "out.jsonl", "whole.jsonl"]
