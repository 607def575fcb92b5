"""The README.md of a model folder: what the model is, how good, from where."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from bert_tf.models.task import Task
from bert_tf.training.report import Report, in_cell

if TYPE_CHECKING:
    from bert_tf.training.tasks.text_task import TextTask

# A section goes to the next heading of its rank or above; of these two every word is ours.
_SECTION = re.compile(r"^(?=##? )", re.MULTILINE)
_FIGURES = re.compile(
    r"## (Measured on .+ \(\d+ texts\)\n"
    r"|Calibration\n\nA temperature of "
    r"|Confusion\n\nRows: what people said)"  # had a heading of its own once
)


def task_card(
    described: TextTask[Any], task: Task, report: Report, *, report_name: str = "dev"
) -> str:
    """A model card in Markdown with the YAML head that model hubs read.

    Args:
        described: what kind of task it is.
        task: of the model.
        report: what was measured.
        report_name: what it was measured on, such as "dev".
    """
    what = described.sentence.format(
        language=task.language,
        classes=len(task.labels),
        labels=", ".join(task.labels),
        pooling=task.pooling,
    )
    sections = [
        _head(task, described.pipeline),
        f"# {task.name}\n",
        f"{what} Reads up to {task.max_length} tokens of a text; the rest is cut off.\n",
        *_figures(task, report, report_name),
        "## Origin\n",
        _fenced_json({"licence": task.licence, "provenance": task.provenance}),
        "## Limits\n",
        "Trained on the texts named above and on nothing else: expect less on other kinds of "
        "text. Irony, quotations and mixed opinions are hard. Do not decide about people by it.\n",
    ]
    return "\n".join(sections)


def with_figures(card: str, task: Task, report: Report, *, report_name: str = "dev") -> str:
    """A model card with other figures; what else it says, and where, stays.

    Args:
        card: its sections of figures are replaced by the new ones; without any, these end it.
        task: of the model.
        report: what was measured.
        report_name: what it was measured on, such as "dev".
    """
    sections = _SECTION.split(card)
    ours = [index for index, section in enumerate(sections) if _FIGURES.match(section)]
    first = min(ours, default=len(sections))
    before, after = sections[:first], sections[first:]
    parts = (
        "".join(before),
        "\n".join(_figures(task, report, report_name)),
        "".join(section for section in after if not _FIGURES.match(section)),
    )
    return "\n\n".join(part.strip("\n") for part in parts if part.strip()) + "\n"


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


def pretraining_card(task: Task) -> str:
    """A model card for an encoder with the heads it was pre-trained with."""
    dev = task.metrics.get("dev", {})
    lines = ["| measured on held-back documents | |", "|---|---:|"]
    lines += [f"| {in_cell(name)} | {value:.4f} |" for name, value in dev.items()]
    sections = [
        _head(task, "fill-mask"),
        f"# {task.name}\n",
        f"An encoder (language: {task.language}) pre-trained to guess hidden tokens. It is a start "
        "for fine-tuning; its own answers are of little use.\n",
        "\n".join(lines) + "\n",
        "## Origin\n",
        _fenced_json({"licence": task.licence, "provenance": task.provenance}),
    ]
    return "\n".join(sections)


def _figures(task: Task, report: Report, report_name: str) -> list[str]:
    """The sections that another measurement replaces."""
    return [
        f"## Measured on {' '.join(report_name.split())} ({report.count} texts)\n",
        report.tables(task.labels),
        *_calibration(task),
    ]


def _calibration(task: Task) -> list[str]:
    """What the last temperature did to the probabilities, if there was one."""
    try:
        last = task.provenance["calibration"][-1]
        if "data" not in last:
            said = (
                f"A temperature of {last['temperature']:.3f}, fitted before, is part of the head.\n"
            )
            return ["## Calibration\n", said]
        text = (
            f"A temperature of {last['temperature']:.3f}, fitted on {last['texts']} texts of "
            f"{last['data']}, is part of the head. Expected calibration error there: "
            f"{last['calibration_error_before']:.4f} before, "
            f"{last['calibration_error_after']:.4f} after.\n"
        )
    except (LookupError, TypeError, ValueError):  # not calibrated, or not by us
        return []
    return ["## Calibration\n", text]


def _head(task: Task, pipeline: str) -> str:
    return (
        "---\n"
        f"language: {json.dumps(task.language)}\n"
        f"license: {json.dumps(task.licence.get('weights', 'unknown'))}\n"
        "library_name: bert_tf\n"
        f"pipeline_tag: {pipeline}\n"
        "---\n"
    )


def _fenced_json(value: object) -> str:
    return "```json\n" + json.dumps(value, indent=2, ensure_ascii=False) + "\n```\n"
