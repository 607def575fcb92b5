"""The samples that are shipped with the program: real-looking reviews and tickets."""

from __future__ import annotations

from importlib.resources import files
from typing import Literal

SampleLanguage = Literal["en", "zh"]
_SUFFIX = {"en": "", "zh": "_zh"}


def sample_text(language: SampleLanguage = "en") -> str:
    """A few sentences of mixed mood, for a first look."""
    return _resource(f"example{_SUFFIX[language]}.txt")


def sample_corpus(language: SampleLanguage = "en") -> str:
    """Customer feedback, one entry a line, for a first search and for the terminal."""
    return _resource(f"sample{_SUFFIX[language]}.txt")


def _resource(name: str) -> str:
    return (files("desktop_app") / "resources" / name).read_text(encoding="utf-8").strip()
