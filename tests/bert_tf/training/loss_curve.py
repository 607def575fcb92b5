"""Run as a program: pre-train a tiny model for some steps and print its losses as JSON.

python loss_curve.py CORPUS STEPS DEVICES [PRECISION]
"""

import dataclasses
import json
import sys
from pathlib import Path

from bert_tf.tensorflow_start import start_tensorflow


def main(corpus: str, steps: str, devices: str, precision: str = "float32") -> None:
    start_tensorflow(cpu_devices=int(devices))
    from bert_tf.training.distribution import is_chief, make_strategy

    strategy = make_strategy(int(devices))

    import keras

    from bert_tf.config import BertConfig
    from bert_tf.data.pretraining_batches import PretrainingBatchSettings
    from bert_tf.data.token_shards import TokenShards
    from bert_tf.models.bert_backbone import BertBackbone
    from bert_tf.models.bert_pretrainer import BertPretrainer
    from bert_tf.models.task import Task
    from bert_tf.training.optimizer import make_optimizer
    from bert_tf.training.precision import computing_in
    from bert_tf.training.tasks.pretraining import PretrainingSettings, PretrainingTask
    from bert_tf.training.train_step import make_train_step

    shards = TokenShards.open(Path(corpus))
    keras.utils.set_random_seed(1)
    config = BertConfig.named("tiny", vocabulary_size=shards.tokenizer.vocabulary_size)
    config = dataclasses.replace(
        config, hidden_dim=32, intermediate_dim=64, dropout=0.0, attention_dropout=0.0
    )
    with computing_in(precision), strategy.scope():
        task = Task(kind="pretraining", name="t", language="en", max_length=48, pooling="mean")
        model = BertPretrainer(BertBackbone(config), task, shards.tokenizer)
        settings = PretrainingSettings(
            batches=PretrainingBatchSettings(rows=4, length=48), steps=int(steps)
        )
        pretraining = PretrainingTask(model, shards, settings)
        optimizer = make_optimizer(
            model.trainable_variables,
            learning_rate=1e-3,
            warmup_steps=5,
            total_steps=int(steps),
            scale_loss=precision == "float16",
        )
        step = make_train_step(pretraining, optimizer)
        measured = [step(pretraining.batch(number)) for number in range(int(steps))]
    if is_chief(strategy):
        print(json.dumps(measured), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
