"""LiteRT computes; tflite-runtime does where LiteRT cannot be imported."""

from __future__ import annotations

import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

from export.runtime.backend import BACKEND

ROOT = Path(__file__).parents[3]
ASK = """
import sys
sys.modules["ai_edge_litert"] = None
from export.runtime.graph_runner import BACKEND
print(BACKEND.package, BACKEND.version, BACKEND.interpreter.__module__)
"""


def ask(*paths: Path) -> subprocess.CompletedProcess[str]:
    """A process that cannot import LiteRT, with these folders in front."""
    found = f"import sys; sys.path[:0] = {[str(path) for path in (*paths, ROOT)]!r}\n" + ASK
    return subprocess.run([sys.executable, "-c", found], text=True, capture_output=True)


def test_litert_is_taken_where_it_is() -> None:
    assert BACKEND.package == "ai-edge-litert"
    assert BACKEND.version == version("ai-edge-litert")
    assert BACKEND.interpreter.__module__ == "ai_edge_litert.interpreter"


def test_tflite_runtime_is_taken_where_it_is_all_there_is(tmp_path: Path) -> None:
    (tmp_path / "tflite_runtime").mkdir()
    (tmp_path / "tflite_runtime" / "interpreter.py").write_text("class Interpreter: ...\n")
    done = ask(tmp_path)
    assert done.stdout.split() == ["tflite-runtime", "unknown", "tflite_runtime.interpreter"]


def test_without_any_runtime_it_says_what_to_install() -> None:
    done = ask()
    assert done.returncode == 1
    assert "No TensorFlow Lite runtime is installed. Install ai-edge-litert" in done.stderr
