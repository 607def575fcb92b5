"""`bert-tf evaluate` and `calibrate`: measure a model, and make its probabilities true."""

from __future__ import annotations

import dataclasses
from inspect import Parameter
from pathlib import Path
from typing import Annotated, Any

import typer

from bert_tf.commands.conventions import Json, command, say
from bert_tf.commands.field_options import field_options, parameter, with_parameters
from bert_tf.training.tasks.finetune_tasks import FINETUNE_TASKS
from bert_tf.training.tasks.text_task import TextTask

_Folder = Annotated[Path, typer.Argument(help="A model folder.")]
_Data = Annotated[Path, typer.Option(help="Examples: .csv, .tsv or .jsonl.")]
_MaybeData = Annotated[Path | None, typer.Option(help="Examples: .csv, .tsv or .jsonl.")]
_Temperature = Annotated[
    float | None, typer.Option(help="Fitted before, for a model that has learned the examples.")
]
_FEW = 200  # texts below which a temperature is a guess
_Save = typer.Option("--save", help="Write the figures into the folder's model card.")


def _evaluate(values: dict[str, Any]) -> None:
    folder, data = values["model_folder"], values["data"]
    with command():
        from bert_tf.models.model_folder import load_model
        from bert_tf.training.finetune import measure_and_document

        model = load_model(folder)
        task = task_of(model.task.kind, values, where=folder)
        examples = task.read_dev(data, model.task.labels)
        if values["save"]:
            report = measure_and_document(task, folder, examples, name=data.stem, keep_words=True)
        else:
            report = task.measure(model, examples)
    say(
        values["as_json"],
        dataclasses.asdict(report),
        f"{report.count} texts\n\n{report.tables(model.task.labels)}",
    )


def _calibrate(values: dict[str, Any]) -> None:
    folder, data, temperature = values["model_folder"], values["data"], values["temperature"]
    with command():
        if (data is None) == (temperature is None):
            raise ValueError("Give either --data, to fit a temperature, or --temperature.")
        from bert_tf.models.model_folder import load_model, save_model
        from bert_tf.training.calibration import calibrate, use_temperature
        from bert_tf.training.finetune import measure_and_document

        model: Any = load_model(folder)
        if temperature is not None:
            use_temperature(model, temperature)
            save_model(model, folder)
            say(values["as_json"], {"temperature": temperature}, f"temperature {temperature:.3f}")
            return
        task = task_of(model.task.kind, values, where=folder)
        examples = task.read_dev(data, model.task.labels)
        if len(examples) < _FEW:
            typer.echo(
                f"note: {len(examples)} texts are few; {_FEW} or more fix it well.", err=True
            )
        found = calibrate(model, examples, data=data.name)
        save_model(model, folder)
        report = measure_and_document(task, folder, examples, name=data.stem, keep_words=True)
    before, after = found["calibration_error_before"], found["calibration_error_after"]
    say(
        values["as_json"],
        {**found, "measured": dataclasses.asdict(report)},
        f"temperature {found['temperature']:.3f}; expected calibration error {before:.4f} "
        f"before, {after:.4f} after\n\n{report.tables(model.task.labels)}",
    )


def task_of(kind: str, values: dict[str, Any], *, where: Path) -> TextTask[Any]:
    """The task of a model's kind, told how to read a file by those options that were given.

    Raises:
        ValueError: if no task measures such models, or an option belongs to another task.
    """
    for task in FINETUNE_TASKS.values():
        if task.kind != kind:
            continue
        given = {name: values[name] for name in _reading() if values[name] is not None}
        wrong = [f"--{name.replace('_', '-')}" for name in given if name not in task.reading]
        if wrong:
            raise ValueError(f"{where} is of kind {kind}, which does not take {', '.join(wrong)}.")
        return task(**given)
    raise ValueError(f"{where} is of kind {kind}, which evaluate cannot measure.")


def _reading() -> list[str]:
    """The options of all tasks that say how a file is read, each once."""
    return list(dict.fromkeys(name for task in FINETUNE_TASKS.values() for name in task.reading))


def _options() -> list[Any]:
    found: dict[str, Any] = {}
    for task in FINETUNE_TASKS.values():
        for item in field_options(task, only=task.reading, optional=True):
            found.setdefault(item.name, item)
    return list(found.values())


evaluate = with_parameters(
    _evaluate,
    [
        parameter("model_folder", _Folder, default=Parameter.empty),
        parameter("data", _Data, default=Parameter.empty),
        *_options(),
        parameter("save", bool, _Save, default=False),
        parameter("as_json", Json, default=False),
    ],
    name="evaluate",
    doc="""Measure a model on labelled texts; columns are named as for its `finetune`.

    Example: bert-tf evaluate build/sentiment-en/model --data build/vader/dev.jsonl
    --distribution-column distribution --value-column valence --group-column domain
    """,
)

calibrate = with_parameters(
    _calibrate,
    [
        parameter("model_folder", _Folder, default=Parameter.empty),
        parameter("data", _MaybeData, default=None),
        *_options(),
        parameter("temperature", _Temperature, default=None),
        parameter("as_json", Json, default=False),
    ],
    name="calibrate",
    doc="""Make a classifier's probabilities mean what they say, by one temperature in its head.

    The texts must not be those it learned from; where it has learned all, give the temperature
    that was fitted before it did. The class it decides for stays the same.
    The mean of several models is not sure enough; a model trained for long is too sure.

    Example: bert-tf calibrate runs/mine/model --data dev.csv
    """,
)
