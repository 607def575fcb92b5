import numpy as np
import pytest

from bert_tf.data.data_error import DataError
from bert_tf.data.examples import Examples, hold_back
from bert_tf.data.split import split_of


def examples(texts: list[str]) -> Examples:
    count = len(texts)
    return Examples(
        texts=(texts, [text.upper() for text in texts]),
        arrays={"values": np.arange(count, dtype=np.float32)},
        groups=[str(index % 2) for index in range(count)],
        ids=[str(index) for index in range(count)],
    )


def test_everything_is_selected_together() -> None:
    found = examples(["a", "b", "c"]).select(np.asarray([2, 0]))
    assert found.texts == (["c", "a"], ["C", "A"])
    assert found.arrays["values"].tolist() == [2, 0]
    assert found.groups == ["0", "0"] and found.ids == ["2", "0"] and len(found) == 2


def test_a_tenth_is_held_back_by_the_text_itself() -> None:
    whole = examples([f"text {index % 100}" for index in range(400)])
    train, dev = hold_back(whole, "t.csv")
    assert all(split_of(text) == "dev" for text in dev.texts[0])
    assert not set(train.texts[0]) & set(dev.texts[0])
    assert len(train) + len(dev) == 400 and 10 <= len(dev) <= 100


def test_of_few_texts_every_tenth_is_held_back() -> None:
    texts = [text for text in map(str, range(100)) if split_of(text) != "dev"][:12]
    train, dev = hold_back(examples(texts), "t.csv")
    assert dev.ids == ["0", "10"] and len(train) == 10


def test_one_text_cannot_be_parted() -> None:
    with pytest.raises(DataError, match=r"t\.csv holds too few texts \(1\)"):
        hold_back(examples(["x"]), "t.csv")


def test_texts_of_another_file_are_found_whatever_their_case_and_spaces() -> None:
    dev = examples(["good  film", "Good film", "bad film", "good films"])
    assert dev.count_in(examples([" GOOD FILM", "a film"])) == 2


def test_a_pair_counts_only_as_a_whole() -> None:
    train = Examples(texts=(["a", "b"], ["c", "d"]), ids=["0", "1"])
    dev = Examples(texts=(["a", "b"], ["d", "D"]), ids=["2", "3"])
    assert dev.count_in(train) == 1
    hard = Examples(texts=(["a", "b"], ["c", "d"], ["x", "y"]), ids=["0", "1"])
    assert dev.count_in(hard) == 1  # dev has no negatives to compare
