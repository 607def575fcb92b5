import dataclasses
import signal
from collections.abc import Mapping
from pathlib import Path

import keras
import numpy as np
import pytest
import tensorflow as tf

from bert_tf.training.checkpoint_manager import CheckpointManager
from bert_tf.training.divergence import MAX_OVERFLOWS, TrainingDivergedError
from bert_tf.training.optimizer import make_optimizer
from bert_tf.training.train_step import make_train_step
from bert_tf.training.training_loop import (
    LoopSettings,
    OtherRunError,
    TrainingInterruptedError,
    TrainingLoop,
)
from bert_tf.training.training_state import capture, restore
from bert_tf.training.training_task import Evaluation, ReportsRates, TrainingTask

STEPS = 12
SETTINGS = LoopSettings(checkpoint_steps=5, log_steps=1)


class Line:
    """Fits a line through noise, with dropout, so that random state matters."""

    unit = "texts"
    total_steps = STEPS
    evaluation_steps: tuple[int, ...] = (4, 8, 12)
    splittable = True

    def __init__(self) -> None:
        keras.utils.set_random_seed(3)
        self.model = keras.Sequential(
            [keras.Input((4,)), keras.layers.Dropout(0.5), keras.layers.Dense(1)]
        )
        self.name = "line"
        self.values: list[float] | None = None  # of the evaluations, instead of the error
        self.evaluated = 0

    def batch(self, step: int) -> dict[str, np.ndarray]:
        rng = np.random.default_rng(step)
        x = rng.normal(size=(8, 4)).astype(np.float32)
        return {"x": x, "y": x.sum(1, keepdims=True), "weights": np.full(8, 1 / 8, np.float32)}

    def loss(self, batch: Mapping[str, tf.Tensor]) -> tuple[tf.Tensor, dict[str, tf.Tensor]]:
        found = self.model(batch["x"], training=True)
        error = tf.reduce_sum(batch["weights"][:, None] * tf.square(found - batch["y"]))
        return error, {"error": error}

    def evaluate(self) -> Evaluation | None:
        self.evaluated += 1
        if self.values is not None:
            return Evaluation(value=self.values[self.evaluated - 1], name="value")
        batch = self.batch(10_000)
        error = float(np.mean((np.asarray(self.model(batch["x"])) - batch["y"]) ** 2))
        return Evaluation(value=-error, name="minus_error", scalars={"error": error})

    def fingerprint(self) -> str:
        return self.name

    def units(self, batch: Mapping[str, np.ndarray]) -> int:
        return len(batch["x"])

    def rates(self, batch: Mapping[str, np.ndarray], seconds: float) -> dict[str, float]:
        return {"rows": float(len(batch["x"]))}


class Bench:
    """One task, optimizer and compiled step; each run begins from the same state."""

    def __init__(self) -> None:
        self.task: TrainingTask = Line()
        self.optimizer = make_optimizer(
            self.task.model.trainable_variables,
            learning_rate=0.1,
            warmup_steps=2,
            total_steps=STEPS,
        )
        self.step = make_train_step(self.task, self.optimizer)
        self.start = capture(self.task.model, self.optimizer)

    def loop(self, folder: Path, settings: LoopSettings = SETTINGS, **changes: object):
        """A loop as a new process would make it."""
        restore(self.start, self.task.model, self.optimizer)
        for name, value in {"values": None, "evaluated": 0, "name": "line", **changes}.items():
            setattr(self.task, name, value)
        return TrainingLoop(self.task, self.step, self.optimizer, folder, settings, quiet=True)


@pytest.fixture(scope="module")
def bench() -> Bench:
    return Bench()


@pytest.fixture(scope="module")
def unbroken(bench: Bench, tmp_path_factory: pytest.TempPathFactory):
    result = bench.loop(tmp_path_factory.mktemp("unbroken")).run()
    return result, capture(bench.task.model)


class KilledError(Exception):
    pass


def break_at(loop: TrainingLoop, stop_at: int, how: str) -> None:
    """Let the process die or be interrupted in its step number `stop_at`."""
    real, calls = loop._step, 0

    def step(batch):
        nonlocal calls
        calls += 1
        if calls == stop_at and how == "kill":
            raise KilledError
        if calls == stop_at:
            signal.raise_signal(signal.SIGTERM if how == "terminate" else signal.SIGINT)
        return real(batch)

    loop._step = step


def assert_same(result, arrays, bench: Bench, unbroken) -> None:
    expected_result, expected = unbroken
    assert result == expected_result
    for name, array in expected.items():
        np.testing.assert_array_equal(arrays[name], array, err_msg=name)


@pytest.mark.parametrize("how", ["kill", "interrupt", "terminate"])
def test_a_run_stopped_at_any_step_ends_with_the_weights_of_an_unbroken_one(
    bench: Bench, unbroken, tmp_path: Path, how: str
) -> None:
    for stop_at in range(1, STEPS + 1):
        folder = tmp_path / str(stop_at)
        first = bench.loop(folder)
        break_at(first, stop_at, how)
        expected = KilledError if how == "kill" else TrainingInterruptedError
        with pytest.raises(expected):
            first.run()
        second = bench.loop(folder)
        result = second.run()
        saved = max(s for s in (0, 4, 5, 8, 10) if s < stop_at) if how == "kill" else stop_at
        assert second.resumed_step == saved
        assert_same(result, capture(bench.task.model), bench, unbroken)


def test_a_run_that_has_ended_does_nothing_more(bench: Bench, unbroken, tmp_path: Path) -> None:
    bench.loop(tmp_path).run()
    again = bench.loop(tmp_path)
    result = again.run()
    assert again.resumed_step == STEPS and bench.task.evaluated == 0
    assert_same(result, capture(bench.task.model), bench, unbroken)


def test_it_learns_and_tells_tensorboard(bench: Bench, tmp_path: Path) -> None:
    result = bench.loop(tmp_path).run()
    values = [found.value for found in result.evaluations.values()]
    assert list(result.evaluations) == [4, 8, 12] and values[2] > values[0]
    assert isinstance(bench.task, ReportsRates)
    [events] = (tmp_path / "tensorboard").iterdir()
    tags: dict[str, set[int]] = {}
    for event in tf.compat.v1.train.summary_iterator(str(events)):
        for value in event.summary.value:
            tags.setdefault(value.tag, set()).add(event.step)
    curves = ("loss", "error", "gradient_norm", "learning_rate", "texts_per_second", "rows")
    assert {f"train/{name}" for name in curves} | {"dev/error", "dev/minus_error"} == set(tags)
    assert tags["train/loss"] == set(range(1, STEPS + 1)) and tags["dev/error"] == {4, 8, 12}


def test_the_best_weights_come_back_and_the_run_stops_early(bench: Bench, tmp_path: Path) -> None:
    settings = dataclasses.replace(SETTINGS, patience=1)
    result = bench.loop(tmp_path, settings, values=[0.5, 0.4]).run()
    assert (result.steps, result.best_step) == (8, 4)
    assert result.best_evaluation == Evaluation(value=0.5, name="value")
    best = CheckpointManager(folder=tmp_path / "checkpoints").named("best")
    assert best is not None and best.step == 4
    np.testing.assert_array_equal(
        np.asarray(bench.task.model.trainable_variables[0]), best.arrays["model/0"]
    )
    again = bench.loop(tmp_path, settings, values=[])
    assert again.run() == result  # the decision to stop is remembered


def test_the_first_of_equal_values_is_the_best(bench: Bench, tmp_path: Path) -> None:
    assert bench.loop(tmp_path, values=[0.5, 0.5, 0.5]).run().best_step == 4


def test_without_the_wish_the_last_weights_stay(bench: Bench, unbroken, tmp_path: Path) -> None:
    settings = dataclasses.replace(SETTINGS, restore_best=False)
    bench.loop(tmp_path, settings, values=[3.0, 2.0, 1.0]).run()
    assert_same(unbroken[0], capture(bench.task.model), bench, unbroken)  # 12 was its best
    assert not (tmp_path / "checkpoints" / "best").exists()


def test_a_task_without_evaluations_saves_its_last_state(bench: Bench, tmp_path: Path) -> None:
    result = bench.loop(tmp_path, evaluation_steps=()).run()
    bench.task.evaluation_steps = (4, 8, 12)
    assert (result.best_step, result.evaluations, result.steps) == (None, {}, STEPS)
    latest = CheckpointManager(folder=tmp_path / "checkpoints").latest()
    assert latest is not None and latest.step == STEPS


def test_checkpoints_by_the_clock(bench: Bench, tmp_path: Path) -> None:
    settings = LoopSettings(checkpoint_steps=0, checkpoint_seconds=1e-9, keep=50)
    bench.loop(tmp_path, settings).run()
    assert len(list((tmp_path / "checkpoints").glob("step_*"))) == STEPS


@pytest.mark.parametrize("what", ["data", "patience"])
def test_a_run_goes_on_only_as_it_began(bench: Bench, tmp_path: Path, what: str) -> None:
    first = bench.loop(tmp_path)
    break_at(first, 7, "interrupt")
    with pytest.raises(TrainingInterruptedError, match=f"Stopped at step 7 of {STEPS}"):
        first.run()
    name = "other" if what == "data" else "line"
    settings = dataclasses.replace(SETTINGS, patience=3) if what == "patience" else SETTINGS
    with pytest.raises(OtherRunError, match="other settings, data or start weights"):
        bench.loop(tmp_path, settings, name=name).run()


def measured(loop: TrainingLoop, at: int, **values: float) -> None:
    """Let the step number `at` measure these."""
    real = loop._step

    def step(batch):
        found = real(batch)
        return {**found, **values} if loop._done + 1 == at else found

    loop._step = step


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"loss": np.nan, "error": np.nan}, r"loss became nan at step 7 \(through error nan\)"),
        ({"loss": np.inf}, r"loss became inf at step 7\. Lower the learning rate \(it was 0\.06"),
        ({"gradient_norm": np.inf}, "gradient's norm became inf at step 7, at a loss of"),
        ({"error": np.nan}, "error became nan at step 7"),
    ],
)
def test_a_step_that_measures_no_number_stops_with_the_cause(
    bench: Bench, tmp_path: Path, values: dict[str, float], message: str
) -> None:
    loop = bench.loop(tmp_path)
    measured(loop, 7, **values)
    with pytest.raises(TrainingDivergedError, match=message):
        loop.run()
    latest = loop.checkpoints.latest()
    assert latest is not None and latest.step == 5
    assert all(np.isfinite(array).all() for array in latest.arrays.values())


def test_weights_that_are_no_numbers_are_not_saved(bench: Bench, tmp_path: Path) -> None:
    loop = bench.loop(tmp_path, evaluation_steps=())
    real = loop._step

    def step(batch):
        found = real(batch)
        if loop._done + 1 == 10:  # the loss was still good
            bench.task.model.trainable_variables[0].assign(np.full((4, 1), np.nan))
        return found

    loop._step = step
    with pytest.raises(TrainingDivergedError, match="After step 10 weights are no numbers"):
        loop.run()
    bench.task.evaluation_steps = (4, 8, 12)
    latest = loop.checkpoints.latest()
    assert latest is not None and latest.step == 5


def test_an_evaluation_that_is_no_number_stops(bench: Bench, tmp_path: Path) -> None:
    with pytest.raises(TrainingDivergedError, match="weights after step 4 give value = nan"):
        bench.loop(tmp_path, values=[np.nan]).run()
    assert not (tmp_path / "checkpoints" / "best").exists()


def test_a_loss_scale_may_overflow_but_not_for_ever(bench: Bench, tmp_path: Path) -> None:
    optimizer = make_optimizer(
        bench.task.model.trainable_variables,
        learning_rate=0.1,
        warmup_steps=2,
        total_steps=200,
        scale_loss=True,
    )
    task = bench.loop(tmp_path).task
    task.total_steps, task.evaluation_steps = 200, ()
    loop = TrainingLoop(task, lambda batch: {"loss": 1.0, "gradient_norm": np.inf}, optimizer,
                        tmp_path, SETTINGS, quiet=True)  # fmt: skip
    with pytest.raises(TrainingDivergedError, match=f"norm became inf at step {MAX_OVERFLOWS}"):
        loop.run()
    task.total_steps, task.evaluation_steps = STEPS, (4, 8, 12)


def test_two_runs_in_one_folder_are_refused(bench: Bench, tmp_path: Path) -> None:
    from bert_tf.training.run_lock import RunLockedError, run_lock

    with run_lock(tmp_path), pytest.raises(RunLockedError):
        bench.loop(tmp_path).run()


def test_a_process_that_is_not_the_chief_reads_and_writes_nothing(
    bench: Bench, unbroken, tmp_path: Path
) -> None:
    chief = bench.loop(tmp_path)
    break_at(chief, 6, "interrupt")
    with pytest.raises(TrainingInterruptedError):
        chief.run()
    before = sorted(tmp_path.rglob("*"))
    bench.loop(tmp_path)
    follower = TrainingLoop(
        bench.task, bench.step, bench.optimizer, tmp_path, SETTINGS, chief=False
    )
    result = follower.run()
    assert follower.resumed_step == 6
    assert_same(result, capture(bench.task.model), bench, unbroken)
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize(
    "values", [{"keep": 0}, {"log_steps": 0}, {"patience": -1}, {"checkpoint_seconds": np.nan}]
)
def test_impossible_settings_are_refused(values: dict) -> None:
    with pytest.raises(ValueError, match=next(iter(values))):
        LoopSettings(**values)
