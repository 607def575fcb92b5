from pathlib import Path

import pytest

from bert_tf.commands.evaluate import task_of
from bert_tf.training.tasks.classification import Classification
from bert_tf.training.tasks.embedding import Embedding
from bert_tf.training.tasks.finetune_tasks import FINETUNE_TASKS

NOTHING = {name: None for task in FINETUNE_TASKS.values() for name in task.reading}


def test_the_kind_of_a_model_says_how_its_files_are_read() -> None:
    values = {**NOTHING, "label_column": "team"}
    assert task_of("classification", values, where=Path("m")) == Classification(label_column="team")
    values = {**NOTHING, "score_max": 5.0}
    assert task_of("embedding", values, where=Path("m")) == Embedding(score_max=5.0)


def test_options_of_other_tasks_are_refused() -> None:
    values = {**NOTHING, "score_max": 5.0, "text_column": "t"}
    message = "m is of kind regression, which does not take --score-max"
    with pytest.raises(ValueError, match=message):
        task_of("regression", values, where=Path("m"))
    with pytest.raises(ValueError, match="of kind pretraining, which evaluate cannot measure"):
        task_of("pretraining", NOTHING, where=Path("m"))
