import json
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from bert_tf.data.split import ids_digest, split_of
from bert_tf.data.vader import DOMAINS, LABELS, RatedText, class_values, prepare_vader


def test_all_four_sets_arrive_whole(rated_texts: list[RatedText]) -> None:
    assert Counter(text.domain for text in rated_texts) == {
        "tweets": 4200,
        "movies": 10605,
        "amazon": 3708,
        "nyt": 5190,
    }
    test = Counter(text.domain for text in rated_texts if text.split == "test")
    assert test == {"tweets": 406, "movies": 1099, "amazon": 381, "nyt": 462}
    assert set(DOMAINS) == set(test)


def test_text_is_decoded_as_utf8(rated_texts: list[RatedText]) -> None:
    assert not any("\ufffd" in text.text or "Ã" in text.text for text in rated_texts)
    assert any("é" in text.text for text in rated_texts)
    assert not any(text.id.startswith("\ufeff") for text in rated_texts)


def test_ratings_belong_to_their_texts(rated_texts: list[RatedText]) -> None:
    means = np.asarray([np.mean(text.ratings) for text in rated_texts])
    published = np.asarray([text.valence for text in rated_texts])
    assert int((np.abs(means - published) > 0.05).sum()) == 183  # all of them tweets
    assert all(abs(sum(text.distribution) - 1) < 1e-9 for text in rated_texts)
    assert min(len(text.ratings) for text in rated_texts) >= 10


def test_class_values_are_ordered_and_symmetric_enough(rated_texts: list[RatedText]) -> None:
    values = class_values(rated_texts)
    assert list(values) == sorted(values)
    assert values[2] == 0
    assert -4 < values[0] < -2 < values[1] < 0


def test_prepare_writes_three_splits_and_the_lexicon_behind_train(tmp_path: Path) -> None:
    sizes = prepare_vader(tmp_path)
    assert sizes == {"train": 18969, "dev": 2386, "test": 2348, "train_and_lexicon": 26486}
    train = (tmp_path / "train.jsonl").read_bytes()
    both = (tmp_path / "train_and_lexicon.jsonl").read_bytes()
    assert both.startswith(train)
    words = [json.loads(line) for line in both[len(train) :].splitlines()]
    assert {row["domain"] for row in words} == {"lexicon"}
    known = {row["text"]: row for row in words}
    assert known["horrible"]["valence"] == -2.5
    assert known["horrible"]["distribution"] == [0.4, 0.6, 0.0, 0.0, 0.0]
    lines = (tmp_path / "test.jsonl").read_text(encoding="utf-8").split("\n")[:-1]
    rows = [json.loads(line) for line in lines]
    assert len(rows) == 2348
    assert all(split_of(row["text"]) == "test" for row in rows)
    assert json.loads((tmp_path / "labels.json").read_text())["labels"] == list(LABELS)


def test_the_digest_of_ids_ignores_order() -> None:
    assert ids_digest(["b", "a"]) == ids_digest(["a", "b"])
    assert ids_digest(["a"]) != ids_digest(["b"])


@pytest.mark.parametrize(("text", "split"), [("a", "train"), ("test", "train"), ("j", "train")])
def test_the_split_depends_on_the_text_alone(text: str, split: str) -> None:
    from hashlib import sha256

    remainder = int(sha256(text.encode()).hexdigest(), 16) % 10
    assert split_of(text) == {0: "test", 1: "dev"}.get(remainder, "train")
