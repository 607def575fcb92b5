"""Texts that know which of them were read."""

from __future__ import annotations

import numpy as np

from export.watched_texts import WatchedTexts


def test_asking_for_the_rest_is_no_look() -> None:
    texts = WatchedTexts(["a", "b", "c"])
    assert texts.unread() == texts.all() == ("a", "b", "c") and len(texts) == 3
    assert not texts.seen


def test_what_was_read_is_left_out_by_place_slice_and_content() -> None:
    texts = WatchedTexts(["a", "b", "c", "d", "a", "e", "f"])
    assert texts[0] == "a" and texts[np.int64(2)] == "c" and texts[-1] == "f"
    assert texts.seen and texts.unread() == ("b", "d", "e")  # the other "a" is known
    assert list(texts[:2]) == ["a", "b"] and texts.unread() == ("d", "e")
    assert list(texts) == list(texts.all()) and texts.unread() == ()
