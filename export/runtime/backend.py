"""Which TensorFlow Lite runtime computes: LiteRT, or tflite-runtime where it is all there is.

Both have the same `Interpreter`. tflite-runtime knows older operators only, so a bundle for it is
built with the recipe `legacy`; any other is refused by it with a message, not misread.
"""

from __future__ import annotations

import importlib
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from typing import Any

_CANDIDATES = (
    ("ai-edge-litert", "ai_edge_litert.interpreter"),
    ("tflite-runtime", "tflite_runtime.interpreter"),
)


@dataclass(frozen=True, kw_only=True)
class Backend:
    """A runtime that was found."""

    package: str  # name of its distribution
    interpreter: Any  # its class `Interpreter`

    @property
    def label(self) -> str:
        """The version of LiteRT, or name and version of what computes in its place."""
        first = self.package == _CANDIDATES[0][0]
        return self.version if first else f"{self.package} {self.version}"

    @property
    def version(self) -> str:
        """Its version, or "unknown" where it was not installed as a package."""
        try:
            return version(self.package)
        except PackageNotFoundError:
            return "unknown"


def find_backend() -> Backend:
    """The first runtime that can be imported.

    Raises:
        ImportError: if there is none.
    """
    for package, module in _CANDIDATES:
        try:
            found = importlib.import_module(module)
        except ImportError:
            continue
        return Backend(package=package, interpreter=found.Interpreter)
    raise ImportError(
        "No TensorFlow Lite runtime is installed. Install ai-edge-litert, or tflite-runtime where "
        "there is no ai-edge-litert."
    )


BACKEND = find_backend()
