"""`bert-tf average` and `inspect`: verbs over model folders."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import Annotated

import typer

from bert_tf.commands.conventions import Json, Output, command, say


def average(
    model_folders: Annotated[list[Path], typer.Argument(help="Fine-tuned from one start.")],
    output: Output,
    as_json: Json = False,
) -> None:
    """Make one model of several fine-tunings: the mean of their weights.

    Example: bert-tf average runs/a/model runs/b/model --output runs/mean
    """
    with command():
        from bert_tf.models.model_folder import save_model
        from bert_tf.training.weight_average import average_models

        save_model(average_models(model_folders), output)
    say(as_json, {"folder": str(output)}, f"{output}: mean of {len(model_folders)} models")


def inspect(
    model_folder: Annotated[Path, typer.Argument(help="A model folder.")], as_json: Json = False
) -> None:
    """Show what a model folder holds, without loading its weights.

    Example: bert-tf inspect build/sentiment-en/model
    """
    from bert_tf.config import BertConfig
    from bert_tf.models.task import load_task

    with command(needs_tensorflow=False):
        task = load_task(model_folder)
        config = BertConfig.load(model_folder / "config.json")
    content = {"task": dataclasses.asdict(task), "config": config.to_dict()}
    say(as_json, content, json.dumps(content, indent=2, ensure_ascii=False))
