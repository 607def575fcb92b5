"""A program for a fresh process: open a bundle, answer texts, and say what memory that took.

    python -m export.pareto.bundle_trial BUNDLE TEXTS.json ANSWERS.npy

It imports what a device has and nothing else, so that its memory is that of a device.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np

from export.pareto.peak_memory import peak_memory
from export.runtime.bundle import read_bundle
from export.runtime.engine import Engine
from export.runtime.errors import BundleError


def main() -> None:
    """Read a JSON list of texts, write their answers (N, D), print the peak memory as JSON."""
    bundle, texts, answers = (Path(argument) for argument in sys.argv[1:])
    try:
        with Engine(read_bundle(bundle)) as engine:
            outputs = engine.outputs(json.loads(texts.read_text(encoding="utf-8")))
    except (BundleError, FloatingPointError) as error:
        sys.exit(str(error))
    np.save(answers, outputs.values)
    print(json.dumps({"peak_bytes": peak_memory()}))


if __name__ == "__main__":
    main()
