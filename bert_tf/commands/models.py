"""`bert-tf average`, `evaluate`, `encode` and `inspect`: verbs over model folders."""

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


def evaluate(
    model_folder: Annotated[Path, typer.Argument(help="A model folder.")],
    data: Annotated[Path, typer.Option(help="Labelled texts: .csv, .tsv or .jsonl.")],
    text_column: Annotated[str, typer.Option(help="Column of the text.")] = "text",
    label_column: Annotated[str, typer.Option(help="Column of the class name.")] = "label",
    distribution_column: Annotated[
        str | None, typer.Option(help="Column with a list: share of raters a class.")
    ] = None,
    value_column: Annotated[str | None, typer.Option(help="Column with a number.")] = None,
    group_column: Annotated[str | None, typer.Option(help="Score group by group.")] = None,
    save: Annotated[
        bool, typer.Option("--save", help="Write the figures into the folder's model card.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Measure a classifier on labelled texts.

    Example: bert-tf evaluate build/sentiment-en/model --data build/vader/dev.jsonl
    --distribution-column distribution --value-column valence --group-column domain
    """
    with command():
        from bert_tf.data.classification_examples import Columns, read_classification
        from bert_tf.models.bert_classifier import BertClassifier
        from bert_tf.models.model_folder import load_model
        from bert_tf.training.classification_evaluation import evaluate_classification
        from bert_tf.training.finetune_classification import measure_and_document
        from bert_tf.training.model_card import confusion_table

        model = load_model(model_folder)
        if not isinstance(model, BertClassifier):
            raise ValueError(
                f"{model_folder} holds an embedding model; evaluate takes classifiers."
            )
        columns = Columns(
            text=text_column,
            label=label_column,
            distribution=distribution_column,
            value=value_column,
            group=group_column,
        )
        examples = read_classification(data, columns, model.task.labels)
        if save:
            report = measure_and_document(model_folder, examples, name=data.stem)
        else:
            probabilities = model.predict_proba(examples.texts)
            report = evaluate_classification(probabilities, examples, model.task.label_values)
    text = confusion_table(model.task.labels, report.confusion) + (
        f"\naccuracy {report.accuracy:.4f}, macro F1 {report.macro_f1:.4f}"
    )
    for group, values in (report.groups or {}).items():
        text += f"\n{group}: accuracy {values['accuracy']:.4f}"
        if values["valence_r"] is not None:
            text += f", r {values['valence_r']:.4f}"
    say(as_json, dataclasses.asdict(report), text)


def encode(
    model_folder: Annotated[Path, typer.Argument(help="A model folder.")],
    texts: Annotated[Path, typer.Option("--input", "-i", help="A text a line, UTF-8.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="A .npy file, float32 (N, D).")],
    as_json: Json = False,
) -> None:
    """Write one unit vector a line of a text file, computed by the float model.

    Example: bert-tf encode build/embedding-en --input lines.txt --output vectors.npy
    """
    with command():
        import numpy as np

        from bert_tf.atomic_file import atomic_path
        from bert_tf.models.model_folder import load_model

        vectors = load_model(model_folder).encode(_read_lines(texts))
        with atomic_path(output) as path, path.open("wb") as file:
            np.save(file, vectors)
    shape = list(vectors.shape)
    say(as_json, {"output": str(output), "shape": shape}, f"{output}: {shape[0]} x {shape[1]}")


def _read_lines(path: Path) -> list[str]:
    """The lines of a UTF-8 file; they end at LF or CRLF and nowhere else."""
    try:
        content = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise ValueError(
            f"{path} must be UTF-8; line {line} (byte {error.start}) is not."
        ) from error
    lines = content.split("\n")
    if not lines[-1]:  # what follows the last line end is no line
        lines.pop()
    return [line.removesuffix("\r") for line in lines]


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
