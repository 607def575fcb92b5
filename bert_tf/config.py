"""The architecture of a BERT encoder as one immutable value."""

from __future__ import annotations

import dataclasses
import json
import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, get_args

Activation = Literal["gelu", "gelu_tanh"]


@dataclass(frozen=True, kw_only=True)
class BertConfig:
    """Sizes and constants of the encoder (Devlin et al. 2018, section 3).

    Checked when made: a value that cannot describe a BERT raises `ValueError`.
    """

    vocabulary_size: int  # rows of the word table
    hidden_dim: int  # width of every token vector, H
    num_layers: int  # transformer blocks, L
    num_heads: int  # attention heads, A; divides hidden_dim
    intermediate_dim: int  # width inside the feed-forward part, usually 4 H
    max_sequence_length: int = 512  # rows of the position table
    num_segments: int = 2  # rows of the segment table
    activation: Activation = "gelu"  # erf form, or the tanh approximation of the first release
    layer_norm_epsilon: float = 1e-12  # added to the variance
    dropout: float = 0.1  # share of hidden units dropped in training
    attention_dropout: float = 0.1  # share of attention weights dropped in training
    initializer_range: float = 0.02  # standard deviation of the truncated normal

    def __post_init__(self) -> None:
        for name in (
            "vocabulary_size",
            "hidden_dim",
            "num_layers",
            "num_heads",
            "intermediate_dim",
            "max_sequence_length",
            "num_segments",
        ):
            value = getattr(self, name)
            if not isinstance(value, int) or isinstance(value, bool) or value < 1:
                raise ValueError(f"{name} must be a positive integer, received {value!r}.")
        if self.hidden_dim % self.num_heads:
            raise ValueError(
                f"hidden_dim must be a multiple of num_heads, received hidden_dim="
                f"{self.hidden_dim} and num_heads={self.num_heads}."
            )
        if self.activation not in get_args(Activation):
            raise ValueError(
                f"activation must be one of {', '.join(get_args(Activation))}, "
                f"received {self.activation!r}."
            )
        for name in ("dropout", "attention_dropout"):
            value = getattr(self, name)
            if not _is_number(value) or not 0.0 <= value < 1.0:
                raise ValueError(f"{name} must be in [0, 1), received {value!r}.")
        for name in ("layer_norm_epsilon", "initializer_range"):
            value = getattr(self, name)
            if not _is_number(value) or not 0.0 < value < math.inf:
                raise ValueError(f"{name} must be positive, received {value!r}.")

    @property
    def head_dim(self) -> int:
        """Width of one attention head."""
        return self.hidden_dim // self.num_heads

    @classmethod
    def named(cls, size: str, *, vocabulary_size: int = 30522) -> BertConfig:
        """The config of a published size, for example ``named("base")``.

        Args:
            size: one of `NAMED_SIZES`.
            vocabulary_size: rows of the word table; 30,522 is bert-base-uncased.

        Raises:
            ValueError: for a size that nobody published.
        """
        if size not in NAMED_SIZES:
            raise ValueError(f"size must be one of {', '.join(NAMED_SIZES)}, received {size!r}.")
        num_layers, hidden_dim, num_heads = NAMED_SIZES[size]
        return cls(
            vocabulary_size=vocabulary_size,
            hidden_dim=hidden_dim,
            num_layers=num_layers,
            num_heads=num_heads,
            intermediate_dim=4 * hidden_dim,
        )

    def to_dict(self) -> dict[str, Any]:
        """All fields as plain JSON values."""
        return dataclasses.asdict(self)

    @classmethod
    def from_dict(cls, values: dict[str, Any]) -> BertConfig:
        """The inverse of `to_dict`.

        Raises:
            ValueError: for unknown or missing fields, each of them named.
        """
        fields = {field.name: field for field in dataclasses.fields(cls)}
        unknown = sorted(set(values) - set(fields))
        missing = sorted(
            name
            for name, field in fields.items()
            if field.default is dataclasses.MISSING and name not in values
        )
        if unknown or missing:
            raise ValueError(
                f"A BertConfig needs other fields: unknown {unknown}, missing {missing}."
            )
        return cls(**values)

    def save(self, path: Path) -> None:
        """Write the config as JSON."""
        path.write_text(json.dumps(self.to_dict(), indent=2) + "\n", encoding="utf-8")

    @classmethod
    def load(cls, path: Path) -> BertConfig:
        """Read what `save` wrote.

        Raises:
            ValueError: if the file holds no config; the message names it.
        """
        try:
            values = json.loads(path.read_text(encoding="utf-8"))
            if not isinstance(values, dict):
                raise ValueError(f"expected a JSON object, received {str(values)[:60]}.")
            return cls.from_dict(values)
        except ValueError as error:
            raise ValueError(f"{path} is not the config of an encoder: {error}") from error


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


NAMED_SIZES: dict[str, tuple[int, int, int]] = {
    # name: (num_layers, hidden_dim, num_heads)
    "tiny": (2, 128, 2),
    "mini": (4, 256, 4),
    "small": (4, 512, 8),
    "medium": (8, 512, 8),
    "minilm-l6": (6, 384, 12),
    "base": (12, 768, 12),
    "large": (24, 1024, 16),
}
