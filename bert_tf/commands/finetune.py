"""`bert-tf finetune`: teach an encoder a task."""

from __future__ import annotations

import dataclasses
import json
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from bert_tf.commands.conventions import INTERRUPTED, Json, Output, PoolingChoice, command, say

finetune_app = typer.Typer(help="Teach an encoder a task.", no_args_is_help=True)


class PrecisionChoice(StrEnum):
    """Number formats of the command line."""

    auto = "auto"
    float32 = "float32"
    bfloat16 = "bfloat16"


class MetricChoice(StrEnum):
    """What dev can be judged by."""

    accuracy = "accuracy"
    macro_f1 = "macro_f1"
    cross_entropy = "cross_entropy"
    valence_r = "valence_r"


@finetune_app.command("classification")
def finetune_classification_command(
    train: Annotated[Path, typer.Option(help="Labelled texts: .csv, .tsv or .jsonl.")],
    output: Output,
    dev: Annotated[Path | None, typer.Option(help="Else a tenth of --train is held back.")] = None,
    start: Annotated[str, typer.Option(help="minilm, a Hugging Face or a model folder.")] = (
        "minilm"
    ),
    name: Annotated[str, typer.Option(help="Name of the model.")] = "classifier",
    language: Annotated[str, typer.Option(help="Language code of the texts.")] = "en",
    text_column: Annotated[str, typer.Option(help="Column of the text.")] = "text",
    label_column: Annotated[str, typer.Option(help="Column of the class name.")] = "label",
    distribution_column: Annotated[
        str | None, typer.Option(help="Column with a list: share of raters a class.")
    ] = None,
    value_column: Annotated[
        str | None, typer.Option(help="Column with a number that the expectation should meet.")
    ] = None,
    group_column: Annotated[
        str | None, typer.Option(help="Score group by group; the groups are averaged.")
    ] = None,
    labels_file: Annotated[
        Path | None, typer.Option(help='JSON: {"labels": [...], "label_values": [...]}.')
    ] = None,
    epochs: Annotated[int, typer.Option(help="Passes over the texts.")] = 3,
    batch_size: Annotated[int, typer.Option(help="Texts a step.")] = 32,
    learning_rate: Annotated[float, typer.Option(help="Peak of the schedule.")] = 1e-4,
    warmup: Annotated[float, typer.Option(help="Share of steps in which the rate rises.")] = 0.1,
    weight_decay: Annotated[float, typer.Option(help="AdamW's.")] = 0.01,
    value_loss_weight: Annotated[
        float, typer.Option(help="Weight of the expectation's squared error.")
    ] = 0.0,
    metric: Annotated[MetricChoice, typer.Option(help="What dev is judged by.")] = (
        MetricChoice.accuracy
    ),
    patience: Annotated[int, typer.Option(help="Epochs without gain; 0 = never stop.")] = 2,
    max_length: Annotated[int, typer.Option(help="Longest text in tokens.")] = 256,
    pooling: Annotated[PoolingChoice, typer.Option(help="Token vectors to one.")] = (
        PoolingChoice.mean
    ),
    precision: Annotated[PrecisionChoice, typer.Option(help="Of the matrix products.")] = (
        PrecisionChoice.auto
    ),
    checkpoint_steps: Annotated[int, typer.Option(help="Steps between checkpoints.")] = 200,
    seed: Annotated[int, typer.Option(help="Of order, dropout and head.")] = 1,
    data_licence: Annotated[str, typer.Option(help="Licence of the texts.")] = "unknown",
    data_source: Annotated[str, typer.Option(help="Origin of the texts.")] = "given by the user",
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Check everything, train not.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Learn to sort texts into classes from any file of text and label.

    Stop with Ctrl-C; the same command goes on where it stopped.

    Example: bert-tf finetune classification --train tickets.csv --output runs/tickets
    """
    with command():
        from bert_tf.data.classification_examples import Columns
        from bert_tf.models.task import load_task
        from bert_tf.training.classification_training import (
            FinetuneSettings,
            TrainingInterruptedError,
        )
        from bert_tf.training.finetune_classification import (
            ClassificationTask,
            check_data,
            finetune_classification,
        )
        from bert_tf.training.model_card import confusion_table

        labels, label_values = _read_labels(labels_file)
        what = ClassificationTask(
            train=train,
            dev=dev,
            start=start,
            output=output,
            name=name,
            language=language,
            columns=Columns(
                text=text_column,
                label=label_column,
                distribution=distribution_column,
                value=value_column,
                group=group_column,
            ),
            labels=labels,
            label_values=label_values,
            max_length=max_length,
            pooling=pooling.value,
            precision=precision.value,
            data_licence=data_licence,
            data_provenance=data_source,
        )
        settings = FinetuneSettings(
            epochs=epochs,
            batch_size=batch_size,
            learning_rate=learning_rate,
            warmup_share=warmup,
            weight_decay=weight_decay,
            value_loss_weight=value_loss_weight,
            metric=metric.value,
            patience=patience,
            checkpoint_steps=checkpoint_steps,
            seed=seed,
        )
        if dry_run:
            found = check_data(what)
            say(as_json, found, "\n".join(f"{key}: {value}" for key, value in found.items()))
            return
        try:
            folder, report = finetune_classification(what, settings, quiet=as_json)
        except TrainingInterruptedError as stop:
            typer.echo(f"{stop} The same command goes on from here.", err=True)
            raise typer.Exit(INTERRUPTED) from stop
    figures = dataclasses.asdict(report)
    text = (
        f"\n{confusion_table(load_task(folder).labels, report.confusion)}\n"
        f"dev: accuracy {report.accuracy:.4f}, macro F1 {report.macro_f1:.4f}"
        + (f", r {report.valence_r:.4f}" if report.valence_r is not None else "")
        + f"\nmodel folder: {folder}"
    )
    say(as_json, {"folder": str(folder), "dev": figures}, text)


def _read_labels(path: Path | None) -> tuple[tuple[str, ...] | None, tuple[float, ...] | None]:
    from bert_tf.models.task import check_labels

    if path is None:
        return None, None
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise ValueError(f"{path} is not JSON: {error}.") from error
    if not isinstance(content, dict) or not isinstance(content.get("labels"), list):
        raise ValueError(f'{path} must hold {{"labels": [...]}}, received {str(content)[:60]}.')
    labels, values = tuple(content["labels"]), content.get("label_values")
    check_labels(labels, values)
    return labels, None if values is None else tuple(map(float, values))
