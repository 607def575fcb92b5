"""What a model is for: the task, its labels, and where it came from. Free of TensorFlow."""

from __future__ import annotations

import dataclasses
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, get_args

TaskKind = Literal["classification", "embedding"]
Pooling = Literal["mean", "cls"]

TASK = "task.json"  # the file of a model folder


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
        if self.max_length < 3:
            raise ValueError(f"max_length must be at least 3, received {self.max_length}.")
        if self.kind == "classification" and len(self.labels) < 2:
            raise ValueError(
                f"A classification needs at least two labels, received {list(self.labels)}."
            )
        if len(set(self.labels)) != len(self.labels):
            raise ValueError(f"labels must differ from each other, received {list(self.labels)}.")
        if self.label_values is not None and len(self.label_values) != len(self.labels):
            raise ValueError(
                f"label_values must give one number a label: received {len(self.label_values)} "
                f"numbers for {len(self.labels)} labels."
            )

    def save(self, path: Path) -> None:
        """Write the task as JSON."""
        content = json.dumps(dataclasses.asdict(self), indent=2, ensure_ascii=False)
        path.write_text(content + "\n", encoding="utf-8")

    @classmethod
    def load(cls, path: Path) -> Task:
        """Read what `save` wrote.

        Raises:
            ValueError: if the file holds no task.
        """
        values = json.loads(path.read_text(encoding="utf-8"))
        known = {item.name for item in dataclasses.fields(cls)}
        if not isinstance(values, dict) or not set(values) <= known:
            raise ValueError(f"{path} must hold a task with the fields {', '.join(sorted(known))}.")
        values["labels"] = tuple(values.get("labels", ()))
        if values.get("label_values") is not None:
            values["label_values"] = tuple(float(value) for value in values["label_values"])
        return cls(**values)


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
