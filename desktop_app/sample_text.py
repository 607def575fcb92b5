"""The sample that is shipped with the program: real-looking reviews and tickets."""

from __future__ import annotations

from importlib.resources import files


def sample_text() -> str:
    """A few sentences of mixed mood, for a first look."""
    return _resource("example.txt")


def sample_corpus() -> str:
    """Customer feedback, one entry a line, for a first search and for the terminal."""
    return _resource("sample.txt")


def _resource(name: str) -> str:
    return (files("desktop_app") / "resources" / name).read_text(encoding="utf-8").strip()
