"""How the weights of some operators are stored, in words of ours and of the quantizer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

Weights = Literal["all", "table", "kernels"]


@dataclass(frozen=True, kw_only=True)
class WeightRule:
    """One line of a recipe; where several fit an operator the last one counts.

    "dynamic" arithmetic is that of integers: activations become int8 on the fly, a scale a token.
    "unpacked" weights become float32 once, when the interpreter is built; float16 always does.
    """

    bits: Literal[4, 8, 16]  # 16 = float16, the others integers
    of: Weights = "all"  # the word table, the kernels of the layers, or both
    block: Literal[0, 32, 64] = 0  # weights of a row that share a scale; 0 = all of the row
    operator: str = ".*"  # regular expression; matches the name of the operator's output
    whole: bool = False  # one scale for all rows; older runtimes read nothing else in place
    arithmetic: Literal["dynamic", "unpacked"] = "dynamic"

    def __post_init__(self) -> None:
        if self.whole and self.block:
            raise ValueError(f"One scale for all rows or one for {self.block} weights, not both.")
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
            unpacked = self.arithmetic == "unpacked"
            add = manager.add_weight_only_config if unpacked else manager.add_dynamic_config
            for operation in operations[self.of]:
                add(
                    regex=self.operator,
                    operation_name=operation,
                    num_bits=self.bits,
                    granularity=getattr(qtyping.QuantGranularity, self._granularity),
                )
        steps: list[dict[str, Any]] = manager.get_quantization_recipe()
        return steps

    @property
    def _granularity(self) -> str:
        """The quantizer's name for the weights that share a scale."""
        if self.block:
            return f"BLOCKWISE_{self.block}"
        return "TENSORWISE" if self.whole else "CHANNELWISE"
