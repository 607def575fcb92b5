"""Texts cut with two vocabularies, in numbers."""

from __future__ import annotations

import numpy as np

from bert_tf.text.tokenizer import BertTokenizer
from export.segmentation_change import SegmentationChange, compare_segmentation
from export.vocabulary_pruning import prune_tokenizer

VOCABULARY = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "play", "##s", "p", "##l", "##a", "##y", "we"]


def test_changed_texts_pieces_and_unknown_ones_are_counted() -> None:
    whole = BertTokenizer(VOCABULARY)
    kept = np.array([0, 1, 2, 3, 6, 7, 8, 9, 10], np.int32)  # neither `play` nor `##s`
    told: list[tuple[int, int]] = []
    change = compare_segmentation(
        whole,
        prune_tokenizer(whole, kept),
        kept,
        ["we we", "we play", "plays", "we ☃"],
        progress=lambda done, total: told.append((done, total)),
    )
    assert change == SegmentationChange(
        texts=4, changed=2, pieces_before=8, pieces_after=10, unknown_before=1, unknown_after=2
    )
    assert (change.changed_share, change.unknown_rate_before) == (0.5, 0.125)
    assert change.to_dict()["unknown_rate_after"] == 0.2
    assert told == [(4, 4)]


def test_ids_that_only_moved_are_no_change() -> None:
    whole = BertTokenizer(VOCABULARY)
    kept = np.array([0, 1, 2, 3, 5, 10, 4], np.int32)[np.argsort([0, 1, 2, 3, 5, 10, 4])]
    change = compare_segmentation(whole, prune_tokenizer(whole, kept), kept, ["we plays", ""])
    assert change.changed == 0 and change.pieces_after == change.pieces_before == 3


def test_no_text_has_rates_of_zero() -> None:
    whole = BertTokenizer(VOCABULARY)
    change = compare_segmentation(whole, whole, np.arange(11, dtype=np.int32), [])
    assert change.changed_share == change.unknown_rate_after == 0.0
