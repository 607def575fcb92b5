"""Versions of the program and of what it computes with. No Qt, and nothing heavy is loaded."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version

PROGRAM = "bert_tf"  # name of the distribution
_BACKENDS = ("ai-edge-litert", "tflite-runtime")  # the first that is there computes


def program_version() -> str:
    """Of the program; "unknown" where it was not installed as a package."""
    return version_of(PROGRAM) or "unknown"


def program_and_version() -> str:
    """Name and version of the program; the name alone where it was not installed as a package."""
    found = version_of(PROGRAM)
    return PROGRAM if found is None else f"{PROGRAM} {found}"


def version_of(package: str) -> str | None:
    """Of a package, None where it is not installed."""
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def backend_version() -> str:
    """Name and version of the runtime that computes."""
    for package in _BACKENDS:
        if found := version_of(package):
            return f"{package} {found}"
    return "unknown"
