"""A float flatbuffer made small by a recipe."""

from __future__ import annotations

import contextlib
import io

from ai_edge_quantizer.quantizer import Quantizer

from export.calibration import Calibration
from export.errors import ExportError
from export.flatbuffer import inline_buffers
from export.recipes import Recipe


def quantize(graph: bytes, recipe: Recipe, calibration: Calibration | None = None) -> bytes:
    """Apply a recipe.

    Args:
        graph: a float flatbuffer.
        recipe: `float32` leaves the numbers as they are.
        calibration: from `calibrate`; needed by a recipe with static rules.

    Returns:
        A flatbuffer whose buffers are inside it.

    Raises:
        ExportError: if the quantizer refuses the graph.
    """
    steps = recipe.quantizer_steps()
    if not steps:
        return inline_buffers(graph)
    try:
        with contextlib.redirect_stderr(io.StringIO()):  # progress bars, not all optional
            quantizer = Quantizer(bytearray(graph))
            quantizer.load_quantization_recipe(steps)
            result = quantizer.quantize(
                calibration, enable_progress_bar=False, enable_progress_report=False
            )
    except (RuntimeError, ValueError) as error:
        raise ExportError(f"The recipe {recipe.name} cannot be applied: {error}") from error
    if result.quantized_model is None:
        raise ExportError(f"The recipe {recipe.name} gave no graph.")
    return inline_buffers(bytes(result.quantized_model))
