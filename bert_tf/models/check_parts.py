"""Whether an encoder, a task and a tokenizer belong together. Free of TensorFlow."""

from __future__ import annotations

from bert_tf.config import BertConfig
from bert_tf.models.task import Task
from bert_tf.text.tokenizer import BertTokenizer


def check_parts(config: BertConfig, task: Task, tokenizer: BertTokenizer, *, kind: str) -> None:
    """Refuse an encoder, a task and a tokenizer that do not belong together.

    Raises:
        ValueError: naming the two things that disagree.
    """
    if task.kind != kind:
        raise ValueError(f"The task must be of kind {kind!r}, received {task.kind!r}.")
    if tokenizer.vocabulary_size != config.vocabulary_size:
        raise ValueError(
            f"The vocabulary must have as many tokens as the word table has rows: "
            f"{tokenizer.vocabulary_size} tokens, {config.vocabulary_size} rows."
        )
    if task.max_length > config.max_sequence_length:
        raise ValueError(
            f"max_length must not exceed the position table: received {task.max_length}, "
            f"the table has {config.max_sequence_length} rows."
        )
