"""`bert-tf finetune`: teach an encoder a task."""

from __future__ import annotations

import dataclasses
from typing import Any

import typer

from bert_tf.commands.config_file import ConfigFile
from bert_tf.commands.conventions import INTERRUPTED, Json, command, say
from bert_tf.commands.field_options import (
    field_options,
    from_values,
    parameter,
    with_parameters,
)
from bert_tf.models.task import load_task
from bert_tf.training.finetune_files import FinetuneFiles
from bert_tf.training.finetune_settings import FinetuneSettings
from bert_tf.training.tasks.finetune_tasks import FINETUNE_TASKS
from bert_tf.training.tasks.text_task import TextTask

finetune_app = typer.Typer(help="Teach an encoder a task.", no_args_is_help=True)

_SHARED = (FinetuneFiles, FinetuneSettings)
_DryRun = typer.Option("--dry-run", help="Check everything, train not.")


def finetune_command(name: str, kind: type[TextTask[Any]]) -> None:
    """Add one verb: the options that all tasks share, and those of this one."""
    files, settings = (field_options(shared) for shared in _SHARED)
    parameters = [
        *files,
        *field_options(kind),
        *settings,
        parameter("config", ConfigFile, default=None),
        parameter("dry_run", bool, _DryRun, default=False),
        parameter("as_json", Json, default=False),
    ]
    stop = "Stop with Ctrl-C; the same command goes on where it stopped."
    doc = f"{kind.summary}\n\n{stop}\n\nExample: {kind.example}"

    def run(values: dict[str, Any]) -> None:
        _finetune(kind, values)

    finetune_app.command(name)(with_parameters(run, parameters, name=name, doc=doc))


def _finetune(kind: type[TextTask[Any]], values: dict[str, Any]) -> None:
    as_json = values["as_json"]
    with command(cpu_devices=values["devices"]):
        from bert_tf.training.finetune import check_data, finetune, measured_name
        from bert_tf.training.training_loop import TrainingInterruptedError

        task = from_values(kind, values)
        files = from_values(FinetuneFiles, values)
        settings = from_values(FinetuneSettings, values)
        if values["dry_run"]:
            found = check_data(task, files, settings)
            say(as_json, found, "\n".join(f"{key}: {value}" for key, value in found.items()))
            return
        try:
            folder, report = finetune(task, files, settings, quiet=as_json)
        except TrainingInterruptedError as stop:
            typer.echo(f"{stop} The same command goes on from here.", err=True)
            raise typer.Exit(INTERRUPTED) from stop
    figures = dataclasses.asdict(report)
    tables = report.tables(load_task(folder).labels)
    measured = measured_name(files)
    text = f"\n{measured}, {report.count}\n\n{tables}\nmodel folder: {folder}"
    say(as_json, {"folder": str(folder), measured: figures}, text)


for _name, _kind in FINETUNE_TASKS.items():
    finetune_command(_name, _kind)
