"""A model with its tokenizer and task as plain JSON values, for Keras's `.keras` files."""

from __future__ import annotations

import dataclasses
import json
from typing import TYPE_CHECKING, Any

from bert_tf.config import BertConfig
from bert_tf.models.bert_backbone import BertBackbone
from bert_tf.models.check_parts import check_parts
from bert_tf.models.task import Task
from bert_tf.text.tokenizer import BertTokenizer

if TYPE_CHECKING:
    from bert_tf.models.model_folder import TextModel


def text_model_config(model: TextModel) -> dict[str, Any]:
    """What a text model's `get_config` returns; weights are not among it."""
    tokenizer = model.tokenizer
    return {
        "name": model.name,
        "encoder": model.config.to_dict(),
        "task": json.dumps(dataclasses.asdict(model.task), ensure_ascii=False),
        "vocabulary": tokenizer.vocabulary_bytes().decode("utf-8"),
        "tokenizer": tokenizer.settings(),
    }


def text_model_parts(config: dict[str, Any]) -> dict[str, Any]:
    """The arguments that make a model from what `text_model_config` returned.

    Nothing is run or imported by name: Keras's safe mode stays on.

    Raises:
        ValueError: if something is missing, of a wrong kind, or does not fit the rest.
    """
    try:
        tokenizer = BertTokenizer.from_vocabulary_bytes(
            config["vocabulary"].encode("utf-8"), **config["tokenizer"]
        )
        task = Task.from_dict(json.loads(config["task"]))
        encoder = BertConfig.from_dict(config["encoder"])
        name = config["name"]
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"The file describes no model of bert_tf: {error!r}.") from error
    check_parts(encoder, task, tokenizer, kind=task.kind)  # before memory goes to the tables
    return {
        "backbone": BertBackbone(encoder),
        "task": task,
        "tokenizer": tokenizer,
        "name": name,
    }
