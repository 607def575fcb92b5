"""The README.md of a model folder: what the model is, how good, from where."""

from __future__ import annotations

import json
from collections.abc import Sequence

from bert_tf.models.task import Task
from bert_tf.training.classification_evaluation import ClassificationReport


def classification_card(
    task: Task, report: ClassificationReport, *, report_name: str = "dev"
) -> str:
    """A model card in Markdown with the YAML head that model hubs read."""
    sections = [
        _head(task, "text-classification"),
        f"# {task.name}\n",
        f"Sorts texts (language: {task.language}) into {len(task.labels)} classes: "
        f"{', '.join(task.labels)}. Reads up to {task.max_length} tokens of a text; the rest is "
        "cut off.\n",
        f"## Measured on {report_name} ({report.count} texts)\n",
        _figures(report),
        "## Confusion\n\nRows: what people said; columns: what the model said.\n",
        confusion_table(task.labels, report.confusion),
        "## Origin\n",
        _fenced_json({"licence": task.licence, "provenance": task.provenance}),
        "## Limits\n",
        "Trained on the texts named above and on nothing else: expect less on other kinds of "
        "text. Irony, quotations and mixed opinions are hard. Do not decide about people by it.\n",
    ]
    return "\n".join(sections)


def embedding_card(task: Task) -> str:
    """A model card for an encoder that gives one vector a text."""
    sections = [
        _head(task, "feature-extraction"),
        f"# {task.name}\n",
        f"Turns a text (language: {task.language}) into one vector by {task.pooling} pooling"
        f"{', divided by its length' if task.normalize else ''}. Texts of similar meaning get "
        f"vectors with a high cosine. Reads up to {task.max_length} tokens of a text.\n",
        "## Origin\n",
        _fenced_json({"licence": task.licence, "provenance": task.provenance}),
    ]
    return "\n".join(sections)


def confusion_table(labels: Sequence[str], confusion: Sequence[Sequence[int]]) -> str:
    """A confusion matrix as a Markdown table."""
    names = [_in_cell(label) for label in labels]
    lines = ["| | " + " | ".join(names) + " |", "|---|" + "---:|" * len(names)]
    for label, row in zip(names, confusion, strict=True):
        lines.append(f"| **{label}** | " + " | ".join(str(count) for count in row) + " |")
    return "\n".join(lines) + "\n"


def _head(task: Task, pipeline: str) -> str:
    return (
        "---\n"
        f"language: {json.dumps(task.language)}\n"
        f"license: {json.dumps(task.licence.get('weights', 'unknown'))}\n"
        "library_name: bert_tf\n"
        f"pipeline_tag: {pipeline}\n"
        "---\n"
    )


def _figures(report: ClassificationReport) -> str:
    groups = dict(report.groups or {})
    lines = ["| texts | accuracy | macro F1 | r of valence | mean error of valence |"]
    lines.append("|---|---:|---:|---:|---:|")
    whole = {name: getattr(report, name) for name in _SHOWN}
    for name, values in {"all": whole, **groups}.items():
        cells = [_cell(values[key]) for key in _SHOWN]
        lines.append(f"| {_in_cell(name)} | " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


_SHOWN = ("accuracy", "macro_f1", "valence_r", "valence_mae")


def _in_cell(name: str) -> str:
    """A name that people chose, so that it stays inside its cell of a table."""
    return " ".join(name.split()).replace("|", "\\|")


def _cell(value: float | None) -> str:
    return "" if value is None else f"{value:.3f}"


def _fenced_json(value: object) -> str:
    return "```json\n" + json.dumps(value, indent=2, ensure_ascii=False) + "\n```\n"
