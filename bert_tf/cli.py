"""`bert-tf`: prepare data, import weights, fine-tune, evaluate, encode, inspect."""

from __future__ import annotations

import dataclasses
import json
import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

app = typer.Typer(
    help="Train BERT in Keras: prepare, import, finetune, evaluate, encode, inspect.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
finetune_app = typer.Typer(help="Teach an encoder a task.", no_args_is_help=True)
prepare_app = typer.Typer(help="Fetch data and weights (pinned, checked).", no_args_is_help=True)
import_app = typer.Typer(help="Read other people's weights.", no_args_is_help=True)
app.add_typer(finetune_app, name="finetune")
app.add_typer(prepare_app, name="prepare")
app.add_typer(import_app, name="import")

INTERRUPTED = 130  # exit code after Ctrl-C, as shells use it

Json = Annotated[bool, typer.Option("--json", help="Print one JSON object instead of text.")]
Output = Annotated[Path, typer.Option("--output", "-o", help="Folder to write.")]


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


class PoolingChoice(StrEnum):
    """Ways from token vectors to one vector."""

    mean = "mean"
    cls = "cls"


@contextmanager
def _command(*, needs_tensorflow: bool = True) -> Iterator[None]:
    """TensorFlow loaded; a user's mistake is one line and exit code 2, a failed run 1.

    A `typer.Exit` passes through with its own code, although it is a `RuntimeError`.
    """
    from bert_tf.tensorflow_start import start_tensorflow

    try:
        if needs_tensorflow:
            start_tensorflow()
        yield
    except typer.Exit:
        raise
    except (
        ImportError,
        ValueError,
        FileExistsError,
        FileNotFoundError,
        IsADirectoryError,
        NotADirectoryError,
        PermissionError,
    ) as error:
        typer.echo(f"error: {error}", err=True)
        raise typer.Exit(2) from error
    except (RuntimeError, OSError) as error:
        typer.echo(f"error: {error}", err=True)
        raise typer.Exit(1) from error


@prepare_app.command("vader")
def prepare_vader_command(output: Output, as_json: Json = False) -> None:
    """Fetch the four VADER sets and write train, dev and test as JSON lines.

    Example: bert-tf prepare vader --output build/vader
    """
    from bert_tf.data.vader import prepare_vader

    with _command(needs_tensorflow=False):
        sizes = prepare_vader(output)
    _say(as_json, {"folder": str(output), **sizes}, f"{output}: {sizes}")


@prepare_app.command("minilm")
def prepare_minilm_command(output: Output, as_json: Json = False) -> None:
    """Fetch MiniLM-L6 and write it as a model folder for sentence embeddings.

    Example: bert-tf prepare minilm --output build/embedding-en
    """
    with _command():
        _write_embedder("minilm", output, name="embedding-en", language="en", max_length=256)
    _say(as_json, {"folder": str(output)}, f"{output}: embedding-en")


@import_app.command("hugging-face")
def import_command(
    folder: Annotated[
        Path, typer.Argument(help="Holds config.json, model.safetensors, vocab.txt.")
    ],
    output: Output,
    name: Annotated[str, typer.Option(help="Name of the model.")] = "embedding",
    language: Annotated[str, typer.Option(help="Language code of its texts.")] = "en",
    max_length: Annotated[int, typer.Option(help="Longest text in tokens.")] = 256,
    pooling: Annotated[PoolingChoice, typer.Option(help="Token vectors to one.")] = (
        PoolingChoice.mean
    ),
    as_json: Json = False,
) -> None:
    """Turn a Hugging Face BERT into a model folder that gives embeddings.

    Example: bert-tf import hugging-face bert-base-uncased/ --output build/base
    """
    with _command():
        if not folder.is_dir():
            raise FileNotFoundError(f"{folder} is not a folder.")
        _write_embedder(
            str(folder),
            output,
            name=name,
            language=language,
            max_length=max_length,
            pooling=pooling.value,
        )
    _say(as_json, {"folder": str(output)}, f"{output}: {name}")


def _write_embedder(
    start: str, output: Path, *, name: str, language: str, max_length: int, pooling: Any = "mean"
) -> None:
    from bert_tf.models.bert_embedder import BertEmbedder
    from bert_tf.models.model_folder import save_model
    from bert_tf.models.task import Task
    from bert_tf.training.model_card import embedding_card
    from bert_tf.training.start_weights import load_start_weights

    weights = load_start_weights(start)
    task = Task(
        kind="embedding",
        name=name,
        language=language,
        max_length=min(max_length, weights.backbone.config.max_sequence_length),
        pooling=pooling,
        licence={"weights": weights.licence},
        provenance={"start": weights.provenance},
    )
    embedder = BertEmbedder(weights.backbone, task, weights.tokenizer)
    save_model(embedder, output, card=embedding_card(task))


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
    with _command():
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
            _say(as_json, found, "\n".join(f"{key}: {value}" for key, value in found.items()))
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
    _say(as_json, {"folder": str(folder), "dev": figures}, text)


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


@app.command()
def average(
    model_folders: Annotated[list[Path], typer.Argument(help="Fine-tuned from one start.")],
    output: Output,
    as_json: Json = False,
) -> None:
    """Make one model of several fine-tunings: the mean of their weights.

    Example: bert-tf average runs/a/model runs/b/model --output runs/mean
    """
    with _command():
        from bert_tf.models.model_folder import save_model
        from bert_tf.training.weight_average import average_models

        save_model(average_models(model_folders), output)
    _say(as_json, {"folder": str(output)}, f"{output}: mean of {len(model_folders)} models")


@app.command()
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
    with _command():
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
    _say(as_json, dataclasses.asdict(report), text)


@app.command()
def encode(
    model_folder: Annotated[Path, typer.Argument(help="A model folder.")],
    texts: Annotated[Path, typer.Option("--input", "-i", help="A text a line, UTF-8.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="A .npy file, float32 (N, D).")],
    as_json: Json = False,
) -> None:
    """Write one unit vector a line of a text file, computed by the float model.

    Example: bert-tf encode build/embedding-en --input lines.txt --output vectors.npy
    """
    with _command():
        import numpy as np

        from bert_tf.atomic_file import atomic_path
        from bert_tf.models.model_folder import load_model

        vectors = load_model(model_folder).encode(_read_lines(texts))
        with atomic_path(output) as path, path.open("wb") as file:
            np.save(file, vectors)
    shape = list(vectors.shape)
    _say(as_json, {"output": str(output), "shape": shape}, f"{output}: {shape[0]} x {shape[1]}")


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


@app.command()
def inspect(
    model_folder: Annotated[Path, typer.Argument(help="A model folder.")], as_json: Json = False
) -> None:
    """Show what a model folder holds, without loading its weights.

    Example: bert-tf inspect build/sentiment-en/model
    """
    from bert_tf.config import BertConfig
    from bert_tf.models.task import load_task

    with _command(needs_tensorflow=False):
        task = load_task(model_folder)
        config = BertConfig.load(model_folder / "config.json")
    content = {"task": dataclasses.asdict(task), "config": config.to_dict()}
    _say(as_json, content, json.dumps(content, indent=2, ensure_ascii=False))


def _say(as_json: bool, content: dict[str, Any], text: str) -> None:
    typer.echo(json.dumps(content, ensure_ascii=False) if as_json else text)


def main() -> None:
    """Entry point of the console script and of `python -m bert_tf`."""
    logging.getLogger("tensorflow").setLevel(logging.ERROR)
    try:
        app()
    except KeyboardInterrupt:
        typer.echo("Stopped.", err=True)
        sys.exit(INTERRUPTED)


if __name__ == "__main__":
    main()
