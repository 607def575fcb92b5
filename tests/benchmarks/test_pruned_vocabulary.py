"""Figures of pruned models beside the whole one."""

from __future__ import annotations

import numpy as np

from benchmarks.pruned_vocabulary import changed_texts, closeness
from bert_tf.text.tokenizer import BertTokenizer

SPECIAL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]"]


def test_texts_count_as_changed_by_their_pieces_not_by_their_ids() -> None:
    whole = BertTokenizer([*SPECIAL, "ab", "a", "##b", "c"])
    pruned = BertTokenizer([*SPECIAL, "a", "##b", "c"])
    assert changed_texts(whole, pruned, ["c", "ab c", "a"]).tolist() == [False, True, False]


def test_cosines_of_all_texts_and_of_those_that_changed() -> None:
    expected = np.array([[1, 0], [0, 2], [3, 4]], np.float32)
    found = np.array([[1, 0], [0, 1], [4, 3]], np.float32)  # cosines 1, 1 and .96
    changed = np.array([False, True, True])
    mean, _, least, share, their_mean = closeness(expected, found, changed)
    assert (mean, least, share, their_mean) == ("0.98667", "0.96000", "66.67%", "0.98000")
    assert closeness(expected, found, changed & False)[-1] == ""
