"""What a model is for: the task, its labels, and where it came from. Free of TensorFlow."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, get_args

TaskKind = Literal["classification", "multi_label", "regression", "embedding", "pretraining"]
Pooling = Literal["mean", "cls"]

TASK = "task.json"  # the file of a model folder
MAX_LABEL_VALUE = 1e6  # its square still has room in float32


@dataclass(frozen=True, kw_only=True)
class Task:
    """Everything beside weights and vocabulary that a model needs to answer."""

    kind: TaskKind  # which head the encoder carries
    name: str  # short name, such as "sentiment-en"
    language: str  # BCP 47 code of the texts, such as "en"
    max_length: int  # tokens a text may have, [CLS] and [SEP] counted
    pooling: Pooling  # how token vectors become one vector
    labels: tuple[str, ...] = ()  # names of the classes in the order of the outputs
    label_values: tuple[float, ...] | None = None  # a number a class; valence is the expectation
    normalize: bool = True  # embeddings: divide by the L2 norm
    value_mean: float = 0.0  # regression: of the training values; added to the head's output
    value_scale: float = 1.0  # regression: what the head's output is multiplied by before that
    licence: dict[str, str] = field(default_factory=dict)  # "weights" and "data": SPDX id, holder
    provenance: dict[str, Any] = field(default_factory=dict)  # sources, hashes, seed
    metrics: dict[str, Any] = field(default_factory=dict)  # what was measured at the end

    def __post_init__(self) -> None:
        if self.kind not in get_args(TaskKind):
            raise ValueError(
                f"kind must be one of {', '.join(get_args(TaskKind))}, received {self.kind!r}."
            )
        if self.pooling not in get_args(Pooling):
            raise ValueError(
                f"pooling must be one of {', '.join(get_args(Pooling))}, received {self.pooling!r}."
            )
        for name in ("name", "language"):
            if not _is_line(getattr(self, name)):
                raise ValueError(
                    f"{name} must be one line of text, received {getattr(self, name)!r}."
                )
        if type(self.max_length) is not int or self.max_length < 3:
            raise ValueError(
                f"max_length must be an integer of at least 3, received {self.max_length!r}."
            )
        if not isinstance(self.normalize, bool):
            raise ValueError(f"normalize must be true or false, received {self.normalize!r}.")
        for name in ("licence", "provenance", "metrics"):
            if not isinstance(getattr(self, name), dict):
                raise ValueError(f"{name} must be a JSON object, received {getattr(self, name)!r}.")
        self._check_head()

    def _check_head(self) -> None:
        if self.kind == "classification":
            check_labels(self.labels, self.label_values)
        elif self.kind == "multi_label":
            check_labels(self.labels, None, least=1)
        elif self.labels:
            raise ValueError(f"A task of kind {self.kind} has no labels, received {self.labels!r}.")
        if self.kind != "classification" and self.label_values is not None:
            raise ValueError(
                f"A task of kind {self.kind} has no label_values, received {self.label_values!r}."
            )
        if not _is_number(self.value_mean):
            raise ValueError(f"value_mean must be a finite number, received {self.value_mean!r}.")
        if not _is_number(self.value_scale) or self.value_scale <= 0:
            raise ValueError(f"value_scale must be above 0, received {self.value_scale!r}.")

    def save(self, path: Path) -> None:
        """Write the task as JSON; what only a regression has is left out of the others."""
        values = dataclasses.asdict(self)
        if self.kind != "regression":
            del values["value_mean"], values["value_scale"]
        content = json.dumps(values, indent=2, ensure_ascii=False)
        path.write_text(content + "\n", encoding="utf-8")

    @classmethod
    def load(cls, path: Path) -> Task:
        """Read what `save` wrote.

        Raises:
            ValueError: if the file holds no task.
        """
        try:
            values = json.loads(path.read_text(encoding="utf-8"))
        except ValueError as error:
            raise ValueError(f"{path} is not JSON: {error}.") from error
        try:
            return cls.from_dict(values)
        except ValueError as error:
            raise ValueError(f"{path}: {error}") from error

    @classmethod
    def from_dict(cls, values: Any) -> Task:
        """The inverse of `dataclasses.asdict`, also after a detour through JSON.

        Raises:
            ValueError: if these are not the fields of a task.
        """
        known = {item.name for item in dataclasses.fields(cls)}
        needed = {"kind", "name", "language", "max_length", "pooling"}
        if not isinstance(values, dict) or not needed <= set(values) <= known:
            raise ValueError(
                f"A task must have the fields {', '.join(sorted(needed))}; possible "
                f"are {', '.join(sorted(known))}."
            )
        values = dict(values)
        for name in ("labels", "label_values"):
            if isinstance(values.get(name), list):
                values[name] = tuple(values[name])
        if isinstance(values.get("label_values"), tuple):
            values["label_values"] = tuple(
                float(value) if _is_number(value) else value for value in values["label_values"]
            )
        return cls(**values)


def check_labels(
    labels: Sequence[str], label_values: Sequence[float] | None, *, least: int = 2
) -> None:
    """Refuse names and numbers of classes that a classifier cannot carry to a device.

    Raises:
        ValueError: for fewer than `least` labels, repeated ones, one that is not a single line of
            text, or values that are not one finite number a label.
    """
    if not isinstance(labels, tuple | list) or not all(map(_is_line, labels)):
        raise ValueError(f"labels must each be one line of text, received {labels!r}.")
    if len(labels) < least:
        number = {1: "one label", 2: "two labels"}[least]
        raise ValueError(f"A classification needs at least {number}, received {list(labels)}.")
    if len(set(labels)) != len(labels):
        raise ValueError(f"labels must differ from each other, received {list(labels)}.")
    if label_values is None:
        return
    if not isinstance(label_values, tuple | list) or not all(map(_is_number, label_values)):
        raise ValueError(f"label_values must be finite numbers, received {label_values!r}.")
    if len(label_values) != len(labels):
        raise ValueError(
            f"label_values must give one number a label: received {len(label_values)} "
            f"numbers for {len(labels)} labels."
        )


def _is_line(value: object) -> bool:
    """Whether it is text that is not blank, ends no line, and can be written as UTF-8."""
    if not isinstance(value, str) or not value.strip() or "\n" in value or "\r" in value:
        return False
    return not any("\ud800" <= character <= "\udfff" for character in value)


def _is_number(value: object) -> bool:
    if not isinstance(value, int | float) or isinstance(value, bool):
        return False
    return abs(value) <= MAX_LABEL_VALUE  # False for NaN


def load_task(folder: Path) -> Task:
    """The task of a model folder, without its weights.

    Raises:
        FileNotFoundError: if this is no model folder.
        ValueError: if the task is damaged.
    """
    path = Path(folder) / TASK
    if not path.is_file():
        raise FileNotFoundError(
            f"{folder} is not a model folder: {TASK} is missing. "
            "A model folder is what `bert-tf finetune` or `bert-tf import` writes."
        )
    return Task.load(path)
