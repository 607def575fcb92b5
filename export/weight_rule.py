"""How the weights of some operators are stored, in words of ours and of the quantizer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

Weights = Literal["all", "table", "kernels"]


@dataclass(frozen=True, kw_only=True)
class WeightRule:
    """One line of a recipe; where several fit an operator the last one counts.

    Integers are multiplied as integers: activations become int8 on the fly, a scale a token.
    float16 is unpacked once and multiplied in float32.
    """

    bits: Literal[4, 8, 16]  # 16 = float16, the others integers
    of: Weights = "all"  # the word table, the kernels of the layers, or both
    block: Literal[0, 32, 64] = 0  # weights of a row that share a scale; 0 = all of the row
    operator: str = ".*"  # regular expression; matches the name of the operator's output

    def __post_init__(self) -> None:
        if self.bits not in (4, 8, 16) or self.block not in (0, 32, 64):
            raise ValueError(
                "bits must be 4, 8 or 16 and block 0, 32 or 64, received "
                f"{self.bits} and {self.block}."
            )

    def quantizer_steps(self) -> list[dict[str, Any]]:
        """The rule as `ai_edge_quantizer` reads it."""
        from ai_edge_quantizer import qtyping
        from ai_edge_quantizer.algorithm_manager import AlgorithmName
        from ai_edge_quantizer.recipe_manager import RecipeManager

        names = qtyping.TFLOperationName
        both = (names.EMBEDDING_LOOKUP, names.FULLY_CONNECTED)
        operations = {"table": both[:1], "kernels": both[1:], "all": (names.ALL_SUPPORTED,)}
        manager = RecipeManager()
        if self.bits == 16:
            for operation in both if self.of == "all" else operations[self.of]:
                manager.add_weight_only_config(
                    regex=self.operator,
                    operation_name=operation,
                    num_bits=16,
                    algorithm_key=AlgorithmName.FLOAT_CASTING,
                )
        else:
            per_row = qtyping.QuantGranularity.CHANNELWISE
            shared = {0: per_row} | {
                size: getattr(qtyping.QuantGranularity, f"BLOCKWISE_{size}") for size in (32, 64)
            }
            for operation in operations[self.of]:
                manager.add_dynamic_config(
                    regex=self.operator,
                    operation_name=operation,
                    num_bits=self.bits,
                    granularity=shared[self.block],
                )
        steps: list[dict[str, Any]] = manager.get_quantization_recipe()
        return steps
