"""Texts that know which of them were read."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from typing import overload


class WatchedTexts(Sequence[str]):
    """Texts that remember who was looked at: a build that looked at some hangs on them."""

    def __init__(self, texts: Iterable[str]) -> None:
        """Nobody has looked yet.

        Args:
            texts: what is watched.
        """
        self._texts = tuple(texts)
        self._read: set[int] = set()  # places

    @property
    def seen(self) -> bool:
        """Whether a text was read."""
        return bool(self._read)

    @property
    def sha256(self) -> str:
        """The hash of all texts, in hexadecimal."""
        text = json.dumps(list(self._texts), sort_keys=True, default=str)
        return sha256(text.encode("utf-8")).hexdigest()

    def unread(self) -> tuple[str, ...]:
        """Those that nobody has looked at, nor at an equal one; this is no look."""
        known = {self._texts[place] for place in self._read}
        return tuple(text for text in self._texts if text not in known)

    def all(self) -> tuple[str, ...]:
        """All of them; this is no look."""
        return self._texts

    @overload
    def __getitem__(self, place: int) -> str: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[str]: ...
    def __getitem__(self, place: int | slice) -> str | Sequence[str]:
        places = range(len(self._texts))[place]
        self._read.update([places] if isinstance(places, int) else places)
        return self._texts[place]

    def __iter__(self) -> Iterator[str]:
        self._read.update(range(len(self._texts)))
        return iter(self._texts)

    def __len__(self) -> int:
        return len(self._texts)
