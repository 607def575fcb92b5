"""Names of classes: which there are, in what order, and what numbers they stand for."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bert_tf.data.data_error import DataError
from bert_tf.models.task import check_labels


def sorted_labels(found: Iterable[str]) -> tuple[str, ...]:
    """Each label once, in the order of the alphabet; numbers come first, by size."""
    return tuple(sorted(set(found), key=_order))


def _order(label: str) -> tuple[float, str]:
    try:
        number = float(label)
    except ValueError:
        return (math.inf, label)
    return (number if math.isfinite(number) else math.inf, label)


def read_labels(path: Path) -> tuple[tuple[str, ...], tuple[float, ...] | None]:
    """The labels of a JSON file {"labels": [...], "label_values": [...]}; the latter optional.

    Raises:
        ValueError: if the file holds something else.
        OSError: if it cannot be read.
    """
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise ValueError(f"{path} is not JSON: {error}.") from error
    if not isinstance(content, dict) or not isinstance(content.get("labels"), list):
        raise ValueError(f'{path} must hold {{"labels": [...]}}, received {str(content)[:60]}.')
    labels, values = tuple(content["labels"]), content.get("label_values")
    check_labels(labels, values, least=1)
    return labels, None if values is None else tuple(map(float, values))


def check_no_empty_class(path: Path, labels: Sequence[str], targets: NDArray[np.float32]) -> None:
    """Refuse classes that no training text has: a model would learn never to answer them.

    Args:
        path: the training file, for the message.
        labels: C names.
        targets: (N, C), above 0 where a text has a label.

    Raises:
        DataError: naming the classes.
    """
    empty = [repr(labels[index]) for index in np.flatnonzero(targets.sum(axis=0) <= 0).tolist()]
    if empty:
        raise DataError(
            f"{path}: no training text has the label {', '.join(empty)}. Remove the label or add "
            "texts; if all of its texts were held back for dev, give a file with --dev."
        )
