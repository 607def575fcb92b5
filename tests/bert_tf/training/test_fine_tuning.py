import dataclasses
import signal
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import tensorflow as tf

from bert_tf.models.bert_classifier import BertClassifier
from bert_tf.training.divergence import TrainingDivergedError
from bert_tf.training.fine_tuning import FineTuning
from bert_tf.training.finetune import freeze, make_loop
from bert_tf.training.finetune_settings import FinetuneSettings
from bert_tf.training.tasks.classification import Classification
from bert_tf.training.tasks.embedding import Embedding
from bert_tf.training.training_loop import TrainingInterruptedError, TrainingLoop
from bert_tf.training.training_state import capture, restore

SETTINGS = FinetuneSettings(
    epochs=4, batch_size=8, learning_rate=1e-2, patience=0, checkpoint_steps=3, seed=5
)
LABELS = {"labels": ("bad", "good"), "label_values": (-1.0, 1.0)}


@pytest.fixture
def tuning(tiny_model, opinions) -> Any:
    """A function that makes a fine-tuning as a new process would."""

    def make(settings: FinetuneSettings = SETTINGS, **parts: Any) -> FineTuning:
        model = parts.get("model") or tiny_model("classification", **LABELS)
        train, dev = parts.get("train") or opinions(64, 1), parts.get("dev") or opinions(24, 2)
        task = parts.get("task") or Classification(value_loss_weight=0.1)
        return FineTuning(task, model, train, dev, settings)

    return make


def weights(model: BertClassifier) -> list[np.ndarray]:
    return [np.asarray(variable) for variable in model.weights]


def test_it_learns_and_a_run_stopped_in_the_middle_ends_the_same(tuning, tmp_path: Path) -> None:
    made = tuning()
    first = make_loop(made, tmp_path / "whole", quiet=True)
    real, optimizer = first._step, first._optimizer
    start = capture(made.model, optimizer)
    result = first.run()
    unbroken = capture(made.model, optimizer)
    assert result.steps == 32 and list(result.evaluations) == [8, 16, 24, 32]
    assert result.evaluations[32].value == 1.0
    assert list((tmp_path / "whole" / "tensorboard").iterdir())

    def again() -> TrainingLoop:
        """As a new process would begin, without compiling the step anew."""
        restore(start, made.model, optimizer)
        settings = first.settings
        return TrainingLoop(made, real, optimizer, tmp_path / "broken", settings, quiet=True)

    loop, calls = again(), 0

    def step(batch):
        nonlocal calls
        calls += 1
        if calls == 11:
            signal.raise_signal(signal.SIGINT)
        return real(batch)

    loop._step = step
    with pytest.raises(TrainingInterruptedError, match="step 11 of 32"):
        loop.run()
    second = again()
    assert second.run() == result and second.resumed_step == 11
    resumed = capture(made.model, optimizer)
    for name, array in unbroken.items():
        np.testing.assert_array_equal(resumed[name], array, err_msg=name)


def test_an_epoch_shows_every_text_once_and_each_counts_alike(tuning) -> None:
    made = tuning(dataclasses.replace(SETTINGS, batch_size=10))
    assert made.steps_an_epoch == 7 and made.total_steps == 28
    for epoch in (0, 1):
        batches = [made.batch(epoch * 7 + place) for place in range(7)]
        assert sorted(len(batch["weights"]) for batch in batches) == [4, *[10] * 6]
        seen = np.concatenate([batch["values"] for batch in batches])
        assert sorted(seen) == sorted(made.train.arrays["values"])
        for batch in batches:
            assert batch["weights"].sum() == pytest.approx(1.0)
            assert batch["token_ids"].shape[1] % 8 == 0
    first, again = made.batch(3), made.batch(3)
    assert all(np.array_equal(first[name], again[name]) for name in first)
    assert not np.array_equal(made.batch(0)["token_ids"], made.batch(7)["token_ids"])


def test_hidden_tokens_are_drawn_anew_and_specials_stay(tuning) -> None:
    plain, made = tuning(), tuning(dataclasses.replace(SETTINGS, mask_rate=0.3))
    tokenizer = made.model.tokenizer
    hidden = words = 0
    for step in range(made.total_steps):
        shown, whole = made.batch(step)["token_ids"], plain.batch(step)["token_ids"]
        changed = shown != whole
        assert (shown[changed] == tokenizer.mask_id).all()
        special = np.isin(whole, (tokenizer.cls_id, tokenizer.sep_id, tokenizer.pad_id))
        assert not changed[special].any()
        hidden, words = hidden + changed.sum(), words + (~special).sum()
    assert hidden / words == pytest.approx(0.3, abs=0.05)
    first, later = (made.batch(step)["token_ids"] for step in (0, 0))
    np.testing.assert_array_equal(first, later)  # a resumed run sees the same
    with pytest.raises(ValueError, match="vocabulary without"):
        made.model.tokenizer.mask_id = None
        tuning(made.settings, model=made.model)


def test_pieces_of_a_batch_sum_to_its_loss(tuning, tiny_model) -> None:
    model = tiny_model("classification", dropout=0.0, **LABELS)
    made = tuning(model=model, task=Classification(value_loss_weight=0.5))
    batch = {name: tf.constant(array) for name, array in made.batch(0).items()}
    whole, parts = made.loss(batch)
    pieces = [made.loss({k: v[at : at + 3] for k, v in batch.items()}) for at in (0, 3, 6)]
    assert set(parts) == {"cross_entropy", "value_error"}
    for name, value in {"loss": whole, **parts}.items():
        found = sum(float({"loss": loss, **more}[name]) for loss, more in pieces)
        assert found == pytest.approx(float(value), rel=1e-5)


def test_texts_that_are_compared_are_not_parted(tiny_model, opinions, tmp_path: Path) -> None:
    settings = dataclasses.replace(SETTINGS, micro_batch_size=2)
    task = Embedding(objective="dropout")
    texts = dataclasses.replace(opinions(64, 1), arrays={})
    made = FineTuning(task, tiny_model("embedding"), texts, texts, settings)
    with pytest.raises(ValueError, match="cannot be cut"):
        make_loop(made, tmp_path)


def one_step(made: FineTuning, folder: Path) -> dict[str, np.ndarray]:
    """How much each weight moved in the first step, by its path."""
    before = {variable.path: np.array(variable) for variable in made.model.weights}
    loop = make_loop(made, folder)
    loop._step(made.batch(0))
    after = {variable.path: np.array(variable) for variable in made.model.weights}
    return {path: np.abs(after[path] - before[path]) for path in before}


def test_lower_layers_learn_more_slowly_and_frozen_ones_not_at_all(
    tuning, tiny_model, tmp_path: Path
) -> None:
    """Adam's first step is the learning rate itself, whatever the gradient."""
    settings = dataclasses.replace(SETTINGS, layer_decay=0.5, weight_decay=0.0, warmup=0.0)
    made = tuning(settings, model=tiny_model("classification", num_layers=3, **LABELS))
    freeze(made.model.backbone, layers=1, embeddings=True)
    largest = {path: float(change.max()) for path, change in one_step(made, tmp_path).items()}
    [head] = [value for path, value in largest.items() if path.endswith("classifier/kernel")]
    assert head == pytest.approx(1e-2, rel=1e-3)
    for part, factor in [("/block_2/", 0.5), ("/block_1/", 0.25)]:
        found = max(value for path, value in largest.items() if part in path)
        assert found == pytest.approx(1e-2 * factor, rel=1e-2), part
    frozen = [path for path in largest if "/block_0/" in path or "/embeddings/" in path]
    assert len(frozen) > 10 and not any(largest[path] for path in frozen)


def test_more_layers_than_there_are_cannot_be_frozen(tiny_model) -> None:
    with pytest.raises(ValueError, match="freeze_layers must be at most 1, the blocks of this"):
        freeze(tiny_model("embedding").backbone, layers=2, embeddings=False)


@pytest.mark.parametrize(
    "what", ["weight", "value", "label value", "length", "dev", "setting", "task", "class weight"]
)
def test_the_fingerprint_knows_all_that_decides(tuning, tiny_model, opinions, what: str) -> None:
    made = tuning()
    assert tuning().fingerprint() == made.fingerprint()
    model, data, dev = tiny_model("classification", **LABELS), opinions(64, 1), opinions(24, 2)
    settings, task = SETTINGS, Classification(value_loss_weight=0.1)
    if what == "weight":
        kernel = model.backbone.blocks[0].intermediate.kernel
        kernel.assign(np.asarray(kernel) * 1.001)
    elif what == "value":
        arrays = {**data.arrays, "values": -data.arrays["values"]}
        data = dataclasses.replace(data, arrays=arrays)
    elif what == "label value":
        model.task = dataclasses.replace(model.task, label_values=(-2.0, 2.0))
    elif what == "length":
        model.task = dataclasses.replace(model.task, max_length=8)
    elif what == "setting":
        settings = dataclasses.replace(SETTINGS, freeze_layers=1)
    elif what == "task":
        task = Classification(value_loss_weight=0.2)
    elif what == "class weight":
        task = Classification(value_loss_weight=0.1, class_weights="balanced")
    else:
        dev = opinions(24, 3)
    other = FineTuning(task, model, data, dev, settings)
    assert other.fingerprint() != made.fingerprint()


def test_how_often_to_save_decides_nothing(tuning) -> None:
    other = tuning(dataclasses.replace(SETTINGS, checkpoint_steps=7))
    assert other.fingerprint() == tuning().fingerprint()


def test_a_loss_that_is_no_number_stops_with_the_cause(tuning, tmp_path: Path) -> None:
    made = tuning()
    made.model.classifier.bias.assign([np.nan, 0.0])
    message = r"loss became nan at step 1 \(through cross_entropy nan, value_error nan\)"
    with pytest.raises(TrainingDivergedError, match=message):
        make_loop(made, tmp_path, quiet=True).run()
    assert not list(tmp_path.rglob("step_*"))


def test_answers_that_are_no_numbers_are_not_called_good(tuning, tmp_path: Path) -> None:
    """Accuracy has a value even then."""
    made = tuning(dataclasses.replace(SETTINGS, checkpoint_steps=100))
    made.model.classifier.bias.assign([np.nan, 0.0])
    loop = make_loop(made, tmp_path, quiet=True)
    loop._step = lambda batch: {"loss": 0.5, "gradient_norm": 1.0}
    with pytest.raises(TrainingDivergedError, match="weights after step 8 give cross_entropy = na"):
        loop.run()
    assert loop.checkpoints.named("best") is None
