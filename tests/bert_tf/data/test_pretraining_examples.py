import dataclasses
from pathlib import Path

import numpy as np
import pytest

from bert_tf.data.corpus import Document
from bert_tf.data.pretraining_batches import PretrainingBatches, PretrainingBatchSettings
from bert_tf.data.pretraining_examples import make_examples
from bert_tf.data.token_shard_writer import write_token_shards
from bert_tf.data.token_shards import TokenShards
from bert_tf.text.tokenizer import BertTokenizer


@pytest.fixture(scope="module")
def shards(tmp_path_factory: pytest.TempPathFactory, tiny_vocabulary: list[str]) -> TokenShards:
    rng = np.random.default_rng(4)
    words = [w for w in tiny_vocabulary[5:] if not w.startswith("##")]
    documents = [
        Document(
            sentences=tuple(
                " ".join(rng.choice(words, rng.integers(2, 12))) for _ in range(rng.integers(1, 9))
            )
        )
        for _ in range(120)
    ]
    folder: Path = tmp_path_factory.mktemp("corpus") / "shards"
    write_token_shards(documents, BertTokenizer(tiny_vocabulary), folder)
    return TokenShards.open(folder)


def test_without_pairs_every_token_comes_once(shards: TokenShards) -> None:
    everything = np.arange(shards.num_documents)
    rng = np.random.default_rng(1)
    examples = make_examples(shards, everything, max_length=24, next_sentence=False, rng=rng)
    assert examples.lengths.max() <= 24
    covered = np.concatenate([np.arange(start, end) for start, end in examples.first])
    assert sorted(covered) == list(range(len(shards.tokens)))


def test_half_of_the_pairs_are_strangers_and_none_is_from_its_own_document(
    shards: TokenShards,
) -> None:
    everything = np.arange(shards.num_documents)
    rng = np.random.default_rng(1)
    examples = make_examples(shards, everything, max_length=32, next_sentence=True, rng=rng)
    paired = examples.is_next >= 0
    assert examples.lengths.max() <= 32
    assert 0.35 < (examples.is_next[paired] == 0).mean() < 0.75
    owner = shards.sentence_offsets[shards.document_offsets]  # where documents begin
    first = np.searchsorted(owner, examples.first[:, 0], side="right")
    second = np.searchsorted(owner, examples.second[:, 0], side="right")
    follows, strange = examples.is_next == 1, examples.is_next == 0
    assert (first[follows] == second[follows]).all()
    np.testing.assert_array_equal(examples.first[follows, 1], examples.second[follows, 0])
    assert (first[strange] != second[strange]).all()
    assert (examples.second[~paired, 0] == examples.second[~paired, 1]).all()


@pytest.mark.parametrize("pack", [True, False])
def test_a_batch_depends_on_its_number_alone(shards: TokenShards, pack: bool) -> None:
    settings = PretrainingBatchSettings(rows=4, length=32, pack=pack, seed=3)
    documents = np.arange(100)
    straight = PretrainingBatches(shards, documents, settings)
    batches = [straight.batch(step) for step in range(40)]  # more than an epoch
    again = PretrainingBatches(shards, documents, settings)
    for step in (39, 0, 17):
        for name, array in again.batch(step).items():
            np.testing.assert_array_equal(array, batches[step][name])
    assert {a.shape for b in batches for a in (b["token_ids"],)} == {(4, 32)}


def test_the_arrays_of_a_packed_batch(shards: TokenShards) -> None:
    settings = PretrainingBatchSettings(rows=8, length=48, mask_rate=0.2, max_sequences=6)
    tokenizer = shards.tokenizer
    batch = PretrainingBatches(shards, np.arange(120), settings).batch(0)
    ids, sequences = batch["token_ids"], batch["sequence_ids"]
    assert batch["padding_mask"].mean() > 0.85
    assert sequences.max() > 1
    np.testing.assert_array_equal(batch["padding_mask"], sequences > 0)
    for row in range(8):
        for number in range(1, sequences[row].max() + 1):
            places = np.flatnonzero(sequences[row] == number)
            assert ids[row, places[0]] == tokenizer.cls_id
            assert ids[row, places[-1]] == tokenizer.sep_id
            positions = batch["position_ids"][row, places]
            np.testing.assert_array_equal(positions, np.arange(len(places)))
            assert batch["cls_positions"][row, number - 1] == places[0]
            assert (np.diff(batch["segment_ids"][row, places]) >= 0).all()
    assert batch["mask_weights"].sum() == pytest.approx(1.0)
    assert batch["pair_weights"].sum() == pytest.approx(1.0)
    hidden = np.take_along_axis(ids, batch["mask_positions"], 1)[batch["mask_weights"] > 0]
    assert (hidden == tokenizer.mask_id).mean() > 0.5


def test_a_corpus_too_small_for_a_batch_is_refused(shards: TokenShards) -> None:
    batches = PretrainingBatches(
        shards, np.arange(3), PretrainingBatchSettings(rows=64, length=128)
    )
    with pytest.raises(ValueError, match="fewer than one batch of 64"):
        batches.batch(0)
    with pytest.raises(ValueError, match="at least one document"):
        PretrainingBatches(shards, np.arange(0), PretrainingBatchSettings())


def test_an_epoch_that_gives_less_than_a_batch_is_passed_over(shards: TokenShards) -> None:
    """Epochs cut the documents in other places: the first one just fills a batch here."""
    documents = np.arange(20)
    one = PretrainingBatchSettings(rows=1, length=32)
    rows = PretrainingBatches(shards, documents, one).rows_of_first_stretch
    whole = PretrainingBatches(shards, documents, dataclasses.replace(one, rows=rows))
    for step in range(12):
        assert whole.batch(step)["token_ids"].shape == (rows, 32)
    assert len(set(whole._ends)) < len(whole._ends), "no epoch was short: choose other documents"
