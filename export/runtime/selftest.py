"""Run the golden examples again: same file, another processor, the same answers."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from export.runtime.engine import Engine
from export.runtime.processors import processor_name


@dataclass(frozen=True, kw_only=True)
class SelftestReport:
    """The golden examples, run again."""

    sha256: str  # of the file
    processor: str  # that ran them
    examples: int  # how many
    largest_difference: float  # of any output value, to this file where it was made
    largest_float_difference: float  # to the float model
    tolerance: float  # what `largest_difference` may be
    token_mismatches: int  # examples whose ids are others than they were

    @property
    def passed(self) -> bool:
        """Whether the same ids were found and the outputs are within the tolerance."""
        return self.token_mismatches == 0 and self.largest_difference <= self.tolerance

    def __str__(self) -> str:
        return f"{self.examples} golden examples: {self._differences()}; {self._verdict()}"

    def sentence(self, file: str) -> str:
        """That this file, on this processor, differs by so much; `file` is its name."""
        return (
            f"{file}, on {self.processor}, {self._differences()}, over {self.examples} golden "
            f"examples; {self._verdict()}"
        )

    def _differences(self) -> str:
        return (
            f"differs by at most {self.largest_difference:.3g} (tolerance {self.tolerance:g}), and "
            f"from the float model by at most {self.largest_float_difference:.3g}"
        )

    def _verdict(self) -> str:
        result = "passed" if self.passed else "FAILED"
        return f"{self.token_mismatches} with other tokens: {result}."

    def to_dict(self) -> dict[str, Any]:
        """Plain JSON values."""
        return {**asdict(self), "passed": self.passed}

    @classmethod
    def from_dict(cls, values: dict[str, Any]) -> SelftestReport:
        """The inverse of `to_dict`."""
        return cls(**{key: value for key, value in values.items() if key != "passed"})


def selftest(engine: Engine) -> SelftestReport:
    """Run the golden examples of the Engine's own bundle.

    Raises:
        FloatingPointError: if the network gives NaN or infinity.
    """
    bundle = engine.bundle
    examples = bundle.golden.examples
    texts = [example.text for example in examples]
    values = engine.outputs(texts).values.astype(np.float64)  # (N, D)
    differ = 0
    for example, ids in zip(examples, bundle.tokenizer.token_ids(texts), strict=True):
        row = bundle.tokenizer.assemble([ids], max_length=bundle.metadata.max_length).token_ids
        differ += tuple(row[0].tolist()) != example.token_ids
    return SelftestReport(
        sha256=bundle.sha256,
        processor=processor_name(),
        examples=len(examples),
        largest_difference=_largest(values - [example.output for example in examples]),
        largest_float_difference=_largest(values - [example.float_output for example in examples]),
        tolerance=bundle.golden.tolerance,
        token_mismatches=differ,
    )


def _largest(differences: np.ndarray) -> float:
    return float(np.abs(differences).max())
