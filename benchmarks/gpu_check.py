"""What this machine trains with: device, XLA, precision, tokens a second, utilisation.

python -m benchmarks.gpu_check [--size minilm-l6] [--steps 10] [--json FILE]
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Annotated, Any

import numpy as np
import typer
from rich.console import Console
from rich.table import Table

from bert_tf.training.precision import Precision

LENGTH = 128  # tokens a row
ROWS_ON_GPU, ROWS_ON_CPU = 128, 16
VOCABULARY = 30522


def check(
    size: Annotated[str, typer.Option(help="A named size.")] = "minilm-l6",
    steps: Annotated[int, typer.Option(help="Timed steps of each setting.")] = 10,
    json_file: Annotated[Path | None, typer.Option("--json", help="Write the figures.")] = None,
) -> None:
    """Pre-training steps on made-up tokens, in every precision, with and without XLA."""
    from bert_tf.tensorflow_start import start_tensorflow

    start_tensorflow()
    import tensorflow as tf

    gpus = tf.config.list_physical_devices("GPU")
    if not gpus:
        print("There is no GPU here: the figures below are this CPU's.")
    names = [
        str(tf.config.experimental.get_device_details(gpu).get("device_name", gpu.name))
        for gpu in gpus
    ] or ["CPU"]
    rows = ROWS_ON_GPU * len(gpus) if gpus else ROWS_ON_CPU
    precisions: list[Precision] = ["float32", "bfloat16"]
    if gpus:
        precisions.append("float16")
    found, failed = [], []
    for precision in precisions:
        for xla in (False, True):
            setting = f"{precision}, XLA {'on' if xla else 'off'}"
            print(f"{setting} ...", file=sys.stderr, flush=True)
            try:
                found.append(_measure(size, rows, precision, xla, steps))
            except tf.errors.OpError as error:  # the other settings are still worth knowing
                failed.append(f"{setting}: {error.message.strip()}")
    table = Table(title=f"{', '.join(names)}: {size}, {rows} x {LENGTH} tokens a step")
    for column in ("precision", "XLA", "compile s", "ms a step", "tokens/s", "of the peak"):
        table.add_column(column, justify="right")
    for row in found:
        table.add_row(
            str(row["precision"]),
            "on" if row["xla"] else "off",
            f"{row['compile_seconds']:.1f}",
            f"{row['step_ms']:.0f}",
            f"{row['tokens_per_second']:,.0f}",
            f"{row['mfu']:.0%}",
        )
    Console(file=sys.stdout).print(table)
    if found:
        best = max(found, key=lambda row: row["tokens_per_second"])
        print(f"best: {best['precision']}, XLA {'on' if best['xla'] else 'off'}")
        print(f"peak: {best['peak_source']}, {best['peak_flops'] / 1e12:.2f} TFLOP/s")
    if json_file is not None:
        result = {"devices": names, "settings": found, "failed": failed}
        json_file.write_text(json.dumps(result, indent=2) + "\n")
    if failed:
        for reason in failed:
            print(f"error: {reason}", file=sys.stderr)
        raise typer.Exit(1)


class _MadeUpTask:
    """Guess tokens of random rows: the work of pre-training without a corpus."""

    unit = "tokens"
    splittable = True
    total_steps = 10**6
    evaluation_steps = ()

    def __init__(self, size: str, rows: int) -> None:
        from bert_tf.config import BertConfig
        from bert_tf.models.bert_backbone import BertBackbone
        from bert_tf.models.bert_pretrainer import BertPretrainer
        from bert_tf.models.task import Task
        from bert_tf.text.tokenizer import REQUIRED_TOKENS, BertTokenizer

        words = [f"w{index}" for index in range(VOCABULARY - len(REQUIRED_TOKENS))]
        tokenizer = BertTokenizer([*REQUIRED_TOKENS, *words])
        task = Task(
            kind="pretraining", name="check", language="en", max_length=LENGTH, pooling="mean"
        )
        config = BertConfig.named(size, vocabulary_size=VOCABULARY)
        self.model = BertPretrainer(BertBackbone(config), task, tokenizer)
        self._rows = rows

    def batch(self, step: int) -> dict[str, np.ndarray]:
        rng = np.random.default_rng(step)
        shape, guesses = (self._rows, LENGTH), (self._rows, round(0.15 * LENGTH))
        return {
            "token_ids": rng.integers(5, VOCABULARY, shape).astype(np.int32),
            "segment_ids": np.zeros(shape, np.int32),
            "padding_mask": np.ones(shape, np.int32),
            "mask_positions": rng.integers(0, LENGTH, guesses).astype(np.int32),
            "mask_labels": rng.integers(5, VOCABULARY, guesses).astype(np.int32),
            "mask_weights": np.full(guesses, 1 / (guesses[0] * guesses[1]), np.float32),
        }

    def loss(self, batch: Any) -> Any:
        from bert_tf.training.tasks.pretraining import pretraining_loss

        return pretraining_loss(self.model, batch, 1.0, training=True)

    def units(self, batch: Any) -> int:
        return int(batch["padding_mask"].size)

    def evaluate(self) -> None:
        return None

    def fingerprint(self) -> str:
        return "made up"


def _measure(size: str, rows: int, precision: Precision, xla: bool, steps: int) -> dict[str, Any]:
    import keras

    from bert_tf.training.device_peak import peak_flops
    from bert_tf.training.distribution import make_strategy
    from bert_tf.training.model_flops import training_flops
    from bert_tf.training.optimizer import make_optimizer
    from bert_tf.training.precision import dtype_policy
    from bert_tf.training.train_step import make_train_step

    keras.config.set_dtype_policy(dtype_policy(precision))
    dtype = keras.config.dtype_policy().compute_dtype
    strategy = make_strategy()
    peak, source = peak_flops(dtype, strategy.num_replicas_in_sync)
    with strategy.scope():
        task = _MadeUpTask(size, rows)
        optimizer = make_optimizer(
            task.model.trainable_variables,
            learning_rate=1e-4,
            warmup_steps=0,
            total_steps=10**6,
            scale_loss=dtype == "float16",
        )
        step = make_train_step(task, optimizer, xla=xla)
        batch = task.batch(0)
        start = time.perf_counter()
        step(batch)
        compiled = time.perf_counter() - start
        step(batch)
        times = []
        for _ in range(steps):
            start = time.perf_counter()
            step(batch)
            times.append(time.perf_counter() - start)
    seconds = float(np.median(times))
    guesses = batch["mask_positions"].size
    flops = training_flops(task.model.config, tokens=rows * LENGTH, length=LENGTH, guesses=guesses)
    return {
        "precision": precision,
        "xla": xla,
        "compile_seconds": compiled - seconds,
        "step_ms": seconds * 1e3,
        "tokens_per_second": rows * LENGTH / seconds,
        "mfu": flops / seconds / peak,
        "peak_flops": peak,
        "peak_source": source,
    }


if __name__ == "__main__":
    typer.run(check)
