"""The tasks of `bert-tf finetune`, by name: a new one is one file and one line here."""

from __future__ import annotations

from typing import Any

from bert_tf.training.tasks.classification import Classification
from bert_tf.training.tasks.embedding import Embedding
from bert_tf.training.tasks.multi_label import MultiLabel
from bert_tf.training.tasks.regression import Regression
from bert_tf.training.tasks.text_task import TextTask

FINETUNE_TASKS: dict[str, type[TextTask[Any]]] = {
    "classification": Classification,
    "multi-label": MultiLabel,
    "regression": Regression,
    "embedding": Embedding,
}
