"""Which operators compute on integer activations whose scales are fixed before anything runs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal


@dataclass(frozen=True, kw_only=True)
class StaticRule:
    """A line of a recipe that needs calibration: weights int8 per channel, activations integers.

    Every tensor of activations has one scale and one zero point, found on real texts. Where an
    int8 operator meets a float one the quantizer puts QUANTIZE and DEQUANTIZE between them.
    """

    operations: tuple[str, ...]  # names of TensorFlow Lite operators, such as "FULLY_CONNECTED"
    activation_bits: Literal[8, 16] = 8
    operator: str = ".*"  # regular expression; matches the name of the operator's output

    def quantizer_steps(self) -> list[dict[str, Any]]:
        """The rule as `ai_edge_quantizer` reads it."""
        from ai_edge_quantizer import qtyping
        from ai_edge_quantizer.recipe_manager import RecipeManager

        manager = RecipeManager()
        for name in self.operations:
            manager.add_static_config(
                regex=self.operator,
                operation_name=qtyping.TFLOperationName(name),
                activation_num_bits=self.activation_bits,
                weight_num_bits=8,
            )
        steps: list[dict[str, Any]] = manager.get_quantization_recipe()
        return steps


@dataclass(frozen=True, kw_only=True)
class FloatRule:
    """A line of a recipe that leaves operators as they are, whatever the lines before it say."""

    operator: str  # regular expression; matches the name of the operator's output

    def quantizer_steps(self) -> list[dict[str, Any]]:
        """The rule as `ai_edge_quantizer` reads it."""
        from ai_edge_quantizer import qtyping
        from ai_edge_quantizer.algorithm_manager import AlgorithmName
        from ai_edge_quantizer.recipe_manager import RecipeManager

        manager = RecipeManager()
        manager.add_quantization_config(
            regex=self.operator,
            operation_name=qtyping.TFLOperationName.ALL_SUPPORTED,
            algorithm_key=AlgorithmName.NO_QUANTIZE,
        )
        steps: list[dict[str, Any]] = manager.get_quantization_recipe()
        return steps
