"""Numbers that are none: found before they reach a checkpoint, named with their cause."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

MAX_OVERFLOWS = 50  # steps in a row that a loss scale may skip; it halves at each of them


class TrainingDivergedError(RuntimeError):
    """Loss, gradient or weights are no numbers any more; the last good checkpoint is kept."""


def check_measured(measured: Mapping[str, float], *, step: int, learning_rate: float) -> None:
    """Refuse a step whose loss or gradient is infinite or NaN.

    Args:
        measured: "loss", "gradient_norm" and the parts of the loss.
        step: number of the step, from 1.
        learning_rate: of that step.

    Raises:
        TrainingDivergedError: naming loss, step, learning rate and the parts at fault.
    """
    broken = {name: value for name, value in measured.items() if not math.isfinite(value)}
    if not broken:
        return
    if "loss" in broken:
        parts = [f"{k} {v}" for k, v in broken.items() if k not in ("loss", "gradient_norm")]
        what = f"The loss became {broken['loss']} at step {step}"
        what += f" (through {', '.join(parts)})" if parts else ""
    elif set(broken) == {"gradient_norm"}:
        what = (
            f"The gradient's norm became {broken['gradient_norm']} at step {step}, "
            f"at a loss of {measured['loss']:.4g}"
        )
    else:
        what = ", ".join(f"{k} became {v}" for k, v in broken.items()) + f" at step {step}"
    raise TrainingDivergedError(f"{what}. {_remedy(learning_rate)}")


def check_weights(arrays: Mapping[str, NDArray[Any]], *, step: int, learning_rate: float) -> None:
    """Refuse a state in which a number is infinite or NaN, before it is saved.

    Raises:
        TrainingDivergedError: naming step and learning rate.
    """
    for name, array in arrays.items():
        if np.issubdtype(array.dtype, np.inexact) and not np.isfinite(array).all():
            raise TrainingDivergedError(
                f"After step {step} weights are no numbers ({name}). {_remedy(learning_rate)}"
            )


def check_evaluation(values: Mapping[str, float], *, step: int, learning_rate: float) -> None:
    """Refuse weights that dev cannot judge because they answer with no numbers.

    Raises:
        TrainingDivergedError: naming a measure, step and learning rate.
    """
    for name, value in values.items():
        if not math.isfinite(value):
            raise TrainingDivergedError(
                f"The weights after step {step} give {name} = {value}. {_remedy(learning_rate)}"
            )


def _remedy(learning_rate: float) -> str:
    return (
        f"Lower the learning rate (it was {learning_rate:.3g} there) or look at the data of that "
        "step; the last good state is kept."
    )
