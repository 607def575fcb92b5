"""`golden.json`: texts with the outputs that this very file gave where it was made."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from export.runtime.errors import BundleError
from export.runtime.json_fields import field, numbers, parse_object

GOLDEN = "golden.json"


@dataclass(frozen=True, kw_only=True)
class GoldenExample:
    """One text and what becomes of it."""

    text: str
    token_ids: tuple[int, ...]  # of the row as the network gets it: [CLS] ... [SEP], cut
    output: tuple[float, ...]  # of this quantized file, on the machine that made it
    float_output: tuple[float, ...]  # of the float model


@dataclass(frozen=True, kw_only=True)
class Golden:
    """The examples and how far another processor may be from them."""

    tolerance: float  # largest absolute difference of any output value
    examples: tuple[GoldenExample, ...]  # of several lengths

    def to_bytes(self) -> bytes:
        """The content of `golden.json`."""
        values = {
            "tolerance": self.tolerance,
            "examples": [
                {
                    "text": example.text,
                    "token_ids": list(example.token_ids),
                    "output": list(example.output),
                    "float_output": list(example.float_output),
                }
                for example in self.examples
            ],
        }
        return (json.dumps(values, ensure_ascii=False, allow_nan=False) + "\n").encode("utf-8")

    @classmethod
    def from_bytes(cls, content: bytes) -> Golden:
        """Read `golden.json`.

        Raises:
            BundleError: for missing or mistyped fields.
        """
        values = parse_object(content, what=GOLDEN)
        tolerance = numbers({"tolerance": [values.get("tolerance")]}, "tolerance", what=GOLDEN)[0]
        examples = field(values, "examples", list, what=GOLDEN)
        if not examples or tolerance < 0:
            raise BundleError(
                f"{GOLDEN} must hold examples and a tolerance of at least 0, received "
                f"{len(examples)} examples and {tolerance}. Export the bundle again."
            )
        return cls(
            tolerance=tolerance,
            examples=tuple(
                _example(field({"example": item}, "example", dict, what=GOLDEN))
                for item in examples
            ),
        )


def _example(values: Mapping[str, Any]) -> GoldenExample:
    ids = field(values, "token_ids", list, what=GOLDEN)
    if not all(isinstance(item, int) and not isinstance(item, bool) for item in ids):
        raise BundleError(f"{GOLDEN}: 'token_ids' must hold integers only, received {ids!r:.80}.")
    return GoldenExample(
        text=field(values, "text", str, what=GOLDEN),
        token_ids=tuple(ids),
        output=numbers(values, "output", what=GOLDEN),
        float_output=numbers(values, "float_output", what=GOLDEN),
    )
