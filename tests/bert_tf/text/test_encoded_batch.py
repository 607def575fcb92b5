import pytest

from bert_tf.text.encoded_batch import assemble_batch

SPECIAL = {"cls_id": 2, "sep_id": 3, "pad_id": 0}


def test_pads_to_a_given_length() -> None:
    batch = assemble_batch([[7], [7, 8]], **SPECIAL, max_length=10, pad_to=6)
    assert batch.token_ids.tolist() == [[2, 7, 3, 0, 0, 0], [2, 7, 8, 3, 0, 0]]
    assert set(batch.as_inputs()) == {"token_ids", "segment_ids", "padding_mask"}


def test_an_empty_text_is_two_tokens() -> None:
    batch = assemble_batch([[]], **SPECIAL, max_length=10)
    assert batch.token_ids.tolist() == [[2, 3]]


def test_no_texts_give_an_empty_batch() -> None:
    assert assemble_batch([], **SPECIAL, max_length=10).token_ids.shape == (0, 2)


def test_lengths_that_cannot_be_are_refused() -> None:
    with pytest.raises(ValueError, match="at least 2, received 1"):
        assemble_batch([[7]], **SPECIAL, max_length=1)
    with pytest.raises(ValueError, match="at least 4, received 3"):
        assemble_batch([[7, 8]], **SPECIAL, max_length=9, pad_to=3)
