"""Proofs that take minutes: `make soak`."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
pytestmark = pytest.mark.soak


def run(*command: str) -> str:
    outcome = subprocess.run(
        [sys.executable, "-m", *command], capture_output=True, text=True, cwd=ROOT
    )
    assert outcome.returncode == 0, outcome.stdout[-2000:] + outcome.stderr[-2000:]
    return outcome.stdout


def test_embedding_reaches_its_goals_on_every_snippet() -> None:
    """Exits 1 if cosines or invariance miss a goal, on all 10,605 movie snippets."""
    assert "every goal reached" in run("benchmarks.embedding_fidelity")


def test_the_whole_journey_on_a_small_scale(tmp_path: Path) -> None:
    assert "From text to verdict" in run("benchmarks.demo", str(tmp_path / "demo"))
