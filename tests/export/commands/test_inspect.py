"""`bert-export inspect` builds no network in its own process that nobody has tried."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path

import pytest
from typer.testing import CliRunner

from export.cli import app
from export.runtime import proof
from export.runtime.proof import prove

DYING = [sys.executable, "-c", "import os, signal; os.kill(os.getpid(), signal.SIGKILL)"]


def test_a_file_that_kills_is_refused_and_a_good_one_tried_once(
    embedder_bundle: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    path = tmp_path / "tiny.tflite"
    path.write_bytes(embedder_bundle)
    with monkeypatch.context() as patched:
        patched.setattr(proof, "prove", partial(prove, command=DYING))
        refused = CliRunner().invoke(app, ["inspect", str(path)])
        assert refused.exit_code == 2, refused.output
        assert refused.stderr.startswith(f"bert-export: {path} ends or stalls the process")
    assert CliRunner().invoke(app, ["inspect", str(path)]).exit_code == 0
    monkeypatch.setattr(proof, "prove", partial(prove, command=DYING))
    assert CliRunner().invoke(app, ["inspect", str(path)]).exit_code == 0
