import dataclasses
import signal
from pathlib import Path

import numpy as np
import pytest

from bert_tf.config import BertConfig
from bert_tf.data.classification_examples import ClassificationExamples
from bert_tf.models.bert_backbone import BertBackbone
from bert_tf.models.bert_classifier import BertClassifier
from bert_tf.models.task import Task
from bert_tf.text.tokenizer import BertTokenizer
from bert_tf.training import classification_training
from bert_tf.training.checkpoint_manager import CheckpointError
from bert_tf.training.classification_training import (
    ClassificationTraining,
    FinetuneSettings,
    TrainingDivergedError,
    TrainingInterruptedError,
    seed_everything,
)

SETTINGS = FinetuneSettings(
    epochs=6, batch_size=8, learning_rate=1e-2, patience=0, checkpoint_steps=3, seed=5
)


def make_model(vocabulary: list[str]) -> BertClassifier:
    seed_everything(SETTINGS.seed)
    config = BertConfig(
        vocabulary_size=len(vocabulary),
        hidden_dim=16,
        num_layers=1,
        num_heads=2,
        intermediate_dim=32,
        max_sequence_length=16,
        initializer_range=0.2,
    )
    task = Task(
        kind="classification",
        name="toy",
        language="en",
        max_length=16,
        pooling="cls",
        labels=("bad", "good"),
        label_values=(-1.0, 1.0),
    )
    return BertClassifier(BertBackbone(config), task, BertTokenizer(vocabulary))


def make_examples(count: int, seed: int) -> ClassificationExamples:
    rng = np.random.default_rng(seed)
    texts, classes = [], []
    for _ in range(count):
        kind = int(rng.integers(0, 2))
        word = (
            ("bad", "awful", "boring")[rng.integers(0, 3)]
            if kind == 0
            else ("good", "great", "fine")[rng.integers(0, 3)]
        )
        filler = ["the film", "it", "this cat", "that dog"][rng.integers(0, 4)]
        texts.append(f"{filler} is {word}")
        classes.append(kind)
    return ClassificationExamples(
        texts=texts,
        targets=np.eye(2, dtype=np.float32)[classes],
        values=np.asarray(classes, np.float32) * 2 - 1,
        groups=None,
        ids=[str(index) for index in range(count)],
    )


def train(vocabulary: list[str], folder: Path) -> tuple[BertClassifier, ClassificationTraining]:
    model = make_model(vocabulary)
    training = ClassificationTraining(
        model, make_examples(64, 1), make_examples(24, 2), SETTINGS, folder, quiet=True
    )
    return model, training


def weights(model: BertClassifier) -> list[np.ndarray]:
    return [np.asarray(variable) for variable in model.trainable_variables]


def test_it_learns_and_a_run_stopped_in_the_middle_ends_the_same(
    tiny_vocabulary: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole, training = train(tiny_vocabulary, tmp_path / "whole")
    result = training.run()
    assert result.steps == 48
    assert result.reports[-1].accuracy == 1.0
    assert list((tmp_path / "whole" / "tensorboard").iterdir())

    stop_at = 11
    real = classification_training.make_classification_step

    def interrupting(*arguments: object, **keywords: object):
        step = real(*arguments, **keywords)
        calls = 0

        def counted(*inputs: object) -> object:
            nonlocal calls
            calls += 1
            if calls == stop_at:
                signal.raise_signal(signal.SIGINT)
            return step(*inputs)

        return counted

    monkeypatch.setattr(classification_training, "make_classification_step", interrupting)
    _, first = train(tiny_vocabulary, tmp_path / "broken")
    with pytest.raises(TrainingInterruptedError, match="step 11 of 48"):
        first.run()
    monkeypatch.setattr(classification_training, "make_classification_step", real)
    resumed, second = train(tiny_vocabulary, tmp_path / "broken")
    assert second.resumed_step == 11
    second.run()
    for unbroken, again in zip(weights(whole), weights(resumed), strict=True):
        np.testing.assert_array_equal(unbroken, again)


def test_other_settings_do_not_continue_a_run(tiny_vocabulary: list[str], tmp_path: Path) -> None:
    _, training = train(tiny_vocabulary, tmp_path)
    training._save()
    other = FinetuneSettings(epochs=2, batch_size=8)
    with pytest.raises(CheckpointError, match="other settings"):
        ClassificationTraining(
            make_model(tiny_vocabulary),
            make_examples(64, 1),
            make_examples(24, 2),
            other,
            tmp_path,
            quiet=True,
        )


def test_a_loss_that_is_no_number_stops_with_the_cause(
    tiny_vocabulary: list[str], tmp_path: Path
) -> None:
    model, training = train(tiny_vocabulary, tmp_path)
    model.classifier.bias.assign([np.nan, 0.0])
    with pytest.raises(TrainingDivergedError, match="loss became nan at step 1"):
        training.run()


def test_stopping_at_the_last_step_of_an_epoch_skips_no_evaluation(
    tiny_vocabulary: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        classification_training,
        "make_classification_step",
        lambda *arguments, **keywords: lambda *inputs: 0.5,
    )
    one_epoch = dataclasses.replace(SETTINGS, epochs=1)
    parts = (make_examples(64, 1), make_examples(24, 2), one_epoch, tmp_path)
    first = ClassificationTraining(make_model(tiny_vocabulary), *parts, quiet=True)
    real, calls = first._inputs, 0

    def interrupting(rows: np.ndarray) -> list:
        nonlocal calls
        calls += 1
        if calls == 8:
            signal.raise_signal(signal.SIGINT)
        return real(rows)

    monkeypatch.setattr(first, "_inputs", interrupting)
    with pytest.raises(TrainingInterruptedError, match="step 8 of 8"):
        first.run()
    second = ClassificationTraining(make_model(tiny_vocabulary), *parts, quiet=True)
    assert second.resumed_step == 8
    result = second.run()
    assert len(result.reports) == 1
    assert result.best_epoch == 1


@pytest.mark.parametrize("what", ["weight", "value", "label value", "length", "dev"])
def test_a_run_goes_on_only_with_what_it_began_with(
    tiny_vocabulary: list[str], tmp_path: Path, what: str
) -> None:
    _, training = train(tiny_vocabulary, tmp_path)
    training._save()
    _, again = train(tiny_vocabulary, tmp_path)
    assert again._fingerprint == training._fingerprint
    model, data, dev = make_model(tiny_vocabulary), make_examples(64, 1), make_examples(24, 2)
    if what == "weight":
        kernel = model.backbone.blocks[0].intermediate.kernel
        kernel.assign(np.asarray(kernel) * 1.001)
    elif what == "value":
        data = dataclasses.replace(data, values=-data.values)
    elif what == "label value":
        model.task = dataclasses.replace(model.task, label_values=(-2.0, 2.0))
    elif what == "length":
        model.task = dataclasses.replace(model.task, max_length=8)
    else:
        dev = make_examples(24, 3)
    with pytest.raises(CheckpointError, match="other settings, data or start weights"):
        ClassificationTraining(model, data, dev, SETTINGS, tmp_path, quiet=True)


def test_a_weight_on_values_that_are_not_there_is_refused(
    tiny_vocabulary: list[str], tmp_path: Path
) -> None:
    settings = dataclasses.replace(SETTINGS, value_loss_weight=0.3)
    bare = dataclasses.replace(make_examples(64, 1), values=None)
    with pytest.raises(ValueError, match="value_loss_weight must be 0"):
        ClassificationTraining(
            make_model(tiny_vocabulary), bare, make_examples(24, 2), settings, tmp_path
        )


def test_weights_that_are_no_numbers_are_not_saved(
    tiny_vocabulary: list[str], tmp_path: Path
) -> None:
    model, training = train(tiny_vocabulary, tmp_path)
    model.classifier.bias.assign([np.nan, 0.0])
    training._done = 8  # the first epoch is over
    with pytest.raises(TrainingDivergedError, match="after epoch 1 answer with no numbers"):
        training.run()
    assert training.checkpoints.latest() is None
    assert training.checkpoints.named("best") is None


@pytest.mark.parametrize(
    "values",
    [
        {"epochs": 0},
        {"batch_size": 0},
        {"learning_rate": 0.0},
        {"learning_rate": float("inf")},
        {"warmup_share": 1.0},
        {"weight_decay": -0.1},
        {"clip_norm": float("nan")},
        {"value_loss_weight": float("inf")},
        {"patience": -1},
        {"seed": -1},
        {"metric": "f1"},
    ],
)
def test_impossible_settings_are_refused(values: dict) -> None:
    with pytest.raises(ValueError, match=next(iter(values))):
        FinetuneSettings(**values)
