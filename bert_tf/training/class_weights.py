"""How much each class counts in the loss."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

# Axis letters: N texts, C classes.


def class_weights(
    choice: str, labels: Sequence[str], targets: NDArray[np.float32]
) -> NDArray[np.float32]:
    """One weight a class, (C,).

    Args:
        choice: "none" (all 1), "balanced" (N / (C * texts of the class), so that all classes
            count alike and a text counts 1 on average), or the path of a JSON file that maps
            each label to its weight.
        labels: C names.
        targets: (N, C), shares of each text.

    Raises:
        ValueError: if a class has no text and the weights should be balanced, or if the file
            does not hold a weight of at least 0 for each label.
    """
    if choice == "none":
        return np.ones(len(labels), np.float32)
    if choice == "balanced":
        texts = targets.sum(axis=0, dtype=np.float64)  # (C,)
        if (texts <= 0).any():
            label = labels[int(np.argmin(texts))]
            raise ValueError(f"class_weights cannot balance {label!r}: no text has this label.")
        return (len(targets) / (len(labels) * texts)).astype(np.float32)
    weights = _read(Path(choice), labels)
    return np.asarray([weights[label] for label in labels], np.float32)


def _read(path: Path, labels: Sequence[str]) -> dict[str, float]:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ValueError(
            f"class_weights must be none, balanced or a JSON file; {path} cannot be read: "
            f"{error.strerror}."
        ) from error
    except ValueError as error:
        raise ValueError(f"{path} is not JSON: {error}.") from error
    if not isinstance(content, dict) or set(content) != set(labels):
        raise ValueError(
            f"{path} must give a weight for each of {', '.join(labels)} and for nothing else, "
            f"received {str(content)[:60]}."
        )
    for label, weight in content.items():
        number = isinstance(weight, int | float) and not isinstance(weight, bool)
        if not number or not 0 <= weight < math.inf:
            raise ValueError(f"{path}: the weight of {label!r} must be >= 0, received {weight!r}.")
    if not any(content.values()):
        raise ValueError(f"{path}: at least one weight must be above 0.")
    return content
