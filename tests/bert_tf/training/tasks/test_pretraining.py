"""Pre-training on packed rows: the same losses and gradients as without packing."""

from pathlib import Path

import keras
import numpy as np
import pytest
import tensorflow as tf

from bert_tf.config import BertConfig
from bert_tf.data.corpus import Document
from bert_tf.data.pretraining_batches import PretrainingBatchSettings
from bert_tf.data.token_shard_writer import write_token_shards
from bert_tf.data.token_shards import TokenShards
from bert_tf.models.bert_backbone import BertBackbone
from bert_tf.models.bert_pretrainer import BertPretrainer
from bert_tf.models.task import Task
from bert_tf.text.tokenizer import BertTokenizer
from bert_tf.training.optimizer import make_optimizer
from bert_tf.training.tasks.pretraining import PretrainingSettings, PretrainingTask
from bert_tf.training.train_step import make_train_step

Arrays = dict[str, np.ndarray]


@pytest.fixture(scope="module")
def shards(tmp_path_factory: pytest.TempPathFactory, tiny_vocabulary: list[str]) -> TokenShards:
    words = [w for w in tiny_vocabulary[5:] if not w.startswith("##")]
    documents = []
    for number in range(200):  # sentences that count upwards, so that there is much to learn
        first = [words[(number + place) % len(words)] for place in range(6)]
        second = [words[(number + 6 + place) % len(words)] for place in range(5)]
        documents.append(Document(sentences=(" ".join(first), " ".join(second))))
    folder: Path = tmp_path_factory.mktemp("corpus") / "shards"
    write_token_shards(documents, BertTokenizer(tiny_vocabulary), folder)
    return TokenShards.open(folder)


def make_task(
    shards: TokenShards,
    *,
    dropout: float = 0.0,
    pairs: bool = True,
    peak_flops: float | None = None,
    **given: object,
) -> PretrainingTask:
    keras.utils.set_random_seed(1)
    config = BertConfig(
        vocabulary_size=shards.tokenizer.vocabulary_size,
        hidden_dim=32,
        num_layers=2,
        num_heads=2,
        intermediate_dim=64,
        max_sequence_length=48,
        dropout=dropout,
        attention_dropout=dropout,
        initializer_range=0.1,
    )
    task = Task(kind="pretraining", name="t", language="en", max_length=48, pooling="mean")
    model = BertPretrainer(BertBackbone(config), task, shards.tokenizer)
    batches = PretrainingBatchSettings(
        rows=4, length=48, mask_rate=0.25, seed=2, next_sentence=pairs
    )
    settings = PretrainingSettings(batches=batches, steps=60, dev_batches=2, dev_share=0.1, **given)
    return PretrainingTask(model, shards, settings, peak_flops=peak_flops)


def unpacked(batch: Arrays) -> Arrays:
    """The same sequences, guesses and pairs with a row for each sequence."""
    rows: dict[str, list[np.ndarray]] = {name: [] for name in batch if name != "sequence_ids"}
    length = batch["token_ids"].shape[1]
    for row in range(len(batch["token_ids"])):
        for number in range(1, batch["sequence_ids"][row].max() + 1):
            places = np.flatnonzero(batch["sequence_ids"][row] == number)
            for name in ("token_ids", "segment_ids", "position_ids", "padding_mask"):
                rows[name].append(np.pad(batch[name][row, places], (0, length - len(places))))
            inside = np.isin(batch["mask_positions"][row], places)
            inside &= batch["mask_weights"][row] > 0
            moved = np.where(inside, batch["mask_positions"][row] - places[0], 0)
            rows["mask_positions"].append(moved)
            rows["mask_labels"].append(batch["mask_labels"][row])
            rows["mask_weights"].append(batch["mask_weights"][row] * inside)
            at = slice(number - 1, number)
            rows["cls_positions"].append(np.zeros(1, np.int32))
            rows["pair_labels"].append(batch["pair_labels"][row, at])
            rows["pair_weights"].append(batch["pair_weights"][row, at])
    return {name: np.stack(arrays).astype(batch[name].dtype) for name, arrays in rows.items()}


def loss_and_gradients(task: PretrainingTask, batch: Arrays) -> tuple[Arrays, list[np.ndarray]]:
    given = {name: tf.constant(array) for name, array in batch.items()}
    variables = [variable.value for variable in task.model.trainable_variables]
    with tf.GradientTape() as tape:
        loss, parts = task.loss(given)
    gradients = [tf.convert_to_tensor(g).numpy() for g in tape.gradient(loss, variables)]
    return {name: part.numpy() for name, part in {"loss": loss, **parts}.items()}, gradients


def test_a_packed_batch_equals_its_sequences_alone(shards: TokenShards) -> None:
    task = make_task(shards)
    batch = task.batch(0)
    assert batch["sequence_ids"].max() >= 2
    alone = unpacked(batch)
    assert "sequence_ids" not in alone and len(alone["token_ids"]) > 4
    packed, packed_gradients = loss_and_gradients(task, batch)
    single, single_gradients = loss_and_gradients(task, alone)
    for name, value in packed.items():
        assert value == pytest.approx(single[name], rel=1e-5), name
    for ours, expected in zip(packed_gradients, single_gradients, strict=True):
        np.testing.assert_allclose(ours, expected, rtol=1e-4, atol=1e-5)


def test_it_learns_and_reports(shards: TokenShards) -> None:
    task = make_task(shards, dropout=0.1, peak_flops=1e12)
    optimizer = make_optimizer(
        task.model.trainable_variables, learning_rate=1e-2, warmup_steps=5, total_steps=60
    )
    step = make_train_step(task, optimizer)
    before = task.evaluate()
    measured = [step(task.batch(number)) for number in range(60)]
    after = task.evaluate()
    assert before.scalars["mlm_loss"] == pytest.approx(np.log(38), abs=0.8)
    assert after.scalars["mlm_loss"] < 0.95 * before.scalars["mlm_loss"]
    assert after.value == -after.scalars["mlm_loss"]
    assert measured[0].keys() == {
        *("loss", "mlm_loss", "mlm_accuracy", "nsp_loss", "nsp_accuracy", "gradient_norm")
    }
    assert measured[0]["loss"] == pytest.approx(
        measured[0]["mlm_loss"] + measured[0]["nsp_loss"], rel=1e-5
    )
    rates = task.rates(task.batch(0), 0.5)
    assert 0 <= rates["padding"] < 0.3
    assert 0 < rates["mfu"] < 1
    assert task.units(task.batch(0)) == task.batch(0)["padding_mask"].sum()


def test_masked_tokens_alone_leave_the_other_head_as_it_is(shards: TokenShards) -> None:
    task = make_task(shards, pairs=False)
    optimizer = make_optimizer(
        task.model.trainable_variables, learning_rate=0.01, warmup_steps=0, total_steps=60
    )
    before = np.array(task.model.next_sentence.bias)
    measured = make_train_step(task, optimizer)(task.batch(0))
    assert measured.keys() == {"loss", "mlm_loss", "mlm_accuracy", "gradient_norm"}
    assert measured["loss"] == measured["mlm_loss"]
    np.testing.assert_array_equal(np.asarray(task.model.next_sentence.bias), before)


def test_the_fingerprint_tells_runs_apart(shards: TokenShards) -> None:
    one = make_task(shards).fingerprint()
    assert one == make_task(shards, peak_flops=3e9).fingerprint()  # a device changes nothing
    assert one != make_task(shards, next_sentence_weight=0.5).fingerprint()
    assert one != make_task(shards, dropout=0.1).fingerprint()
    assert one != make_task(shards, learning_rate=1e-4).fingerprint()
    assert one != make_task(shards, optimizer="lamb").fingerprint()


def test_few_short_documents_held_back_are_enough_for_an_evaluation(shards: TokenShards) -> None:
    task = make_task(shards)
    batches = PretrainingBatchSettings(rows=4, length=48, max_sequences=8)
    settings = PretrainingSettings(batches=batches, steps=4, dev_share=0.02, dev_batches=1)
    few = PretrainingTask(task.model, shards, settings)  # 4 documents that fill 2 rows
    assert np.isfinite(few.evaluate().value)


def test_a_corpus_smaller_than_a_batch_is_told_before_training(shards: TokenShards) -> None:
    task = make_task(shards)
    batches = PretrainingBatchSettings(rows=500, length=48)
    with pytest.raises(ValueError, match="fewer than one batch of 500"):
        PretrainingTask(task.model, shards, PretrainingSettings(batches=batches, steps=1))


def test_evaluations_end_with_the_run(shards: TokenShards) -> None:
    assert make_task(shards, evaluations=3).evaluation_steps == (20, 40, 60)
    assert make_task(shards, evaluations=1).evaluation_steps == (60,)


def test_rows_longer_than_the_positions_are_refused(shards: TokenShards) -> None:
    task = make_task(shards)
    batches = PretrainingBatchSettings(rows=4, length=64)
    with pytest.raises(ValueError, match="at most the 48 positions"):
        PretrainingTask(task.model, shards, PretrainingSettings(batches=batches, steps=1))
