"""Which texts train, tune and test: decided by the text itself, everywhere the same."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256
from typing import Literal

Split = Literal["train", "dev", "test"]


def split_of(text: str) -> Split:
    """The split a text belongs to: about a tenth each for test and dev, the rest train."""
    remainder = int(sha256(text.encode("utf-8", "surrogatepass")).hexdigest(), 16) % 10
    if remainder == 0:
        return "test"
    return "dev" if remainder == 1 else "train"


def ids_digest(ids: Iterable[str]) -> str:
    """One sha256 for a set of example ids, whatever their order; a bundle names it."""
    return sha256("\n".join(sorted(ids)).encode("utf-8", "surrogatepass")).hexdigest()
