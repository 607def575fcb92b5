"""`bundle.json`: what the network is, what it takes and what it gives."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, cast, get_args

from bert_tf.config import BertConfig
from export.runtime.errors import BundleError
from export.runtime.json_fields import field, numbers, parse_object, strings
from export.runtime.manifest import SCHEMA_VERSION, check_schema_version

METADATA = "bundle.json"
TaskKind = Literal["classification", "embedding"]
Pooling = Literal["mean", "cls"]
INPUT_NAMES = ("token_ids", "segment_ids", "padding_mask", "position_ids")


@dataclass(frozen=True, kw_only=True)
class Recipe:
    """How the network was quantized and how far it may be from the float one."""

    name: str  # for example "dynamic_wi8_afp32"
    tolerance: dict[str, float]  # measure to bound, as the recipe names them


@dataclass(frozen=True, kw_only=True)
class TokenizerSettings:
    """All that decides the ids, beside the vocabulary itself."""

    lowercase: bool  # fold to lower case first
    strip_accents: bool | None  # None follows lowercase
    sha256: str  # `BertTokenizer.sha256`


@dataclass(frozen=True, kw_only=True)
class OutputSpec:
    """The single float32 output, shape (B, dim)."""

    name: str  # of the tensor
    dim: int  # labels, or width of the embedding


@dataclass(frozen=True, kw_only=True)
class BundleMetadata:
    """The content of `bundle.json`. Checked when made: a contradiction raises `BundleError`."""

    name: str  # for example "sentiment-en"
    task: TaskKind
    language: str  # BCP 47, for example "en"
    recipe: Recipe
    max_length: int  # tokens of a row at most, [CLS] and [SEP] counted
    labels: tuple[str, ...]  # in the order of the output; () for embeddings
    label_values: tuple[float, ...] | None  # valence = sum of probability * value
    pooling: Pooling
    normalize: bool  # the output is a unit vector
    config: BertConfig
    tokenizer: TokenizerSettings
    inputs: tuple[str, ...]  # subset of INPUT_NAMES, in the order of the graph's inputs
    output: OutputSpec
    licence: dict[str, Any]  # of weights and of data
    provenance: dict[str, Any]  # where weights and data came from, with hashes
    metrics: dict[str, Any]  # measured figures
    tools: dict[str, str]  # package to version, of those that made the file

    def __post_init__(self) -> None:
        _require(bool(self.name), "name must not be empty")
        _require(self.task in get_args(TaskKind), f"unknown task {self.task!r}")
        _require(self.pooling in get_args(Pooling), f"unknown pooling {self.pooling!r}")
        longest = self.config.max_sequence_length
        _require(
            2 < self.max_length <= longest,
            f"max_length must be in 3 to {longest}, received {self.max_length}",
        )
        _require(
            len(set(self.inputs)) == len(self.inputs) and "token_ids" in self.inputs,
            f"inputs must be distinct and contain token_ids, received {self.inputs}",
        )
        unknown = sorted(set(self.inputs) - set(INPUT_NAMES))
        _require(not unknown, f"unknown inputs {unknown}")
        if self.task == "classification":
            self._check_labels()
        else:
            _require(not self.labels and self.label_values is None, "an embedding has no labels")
        _require(self.output.dim >= 1, f"output dim must be positive, received {self.output.dim}")

    def _check_labels(self) -> None:
        count = len(self.labels)
        _require(
            count == self.output.dim,
            f"{count} labels do not fit an output of {self.output.dim} values",
        )
        _require(
            len(set(self.labels)) == count and all(self.labels),
            "labels must be distinct and not empty",
        )
        _require(
            not any("\n" in label or "\r" in label for label in self.labels),
            "labels must not hold line ends",
        )
        if self.label_values is not None:
            _require(
                len(self.label_values) == count,
                f"{len(self.label_values)} label_values do not fit {count} labels",
            )

    def to_dict(self) -> dict[str, Any]:
        """Plain JSON values, the schema version first."""
        values = dataclasses.asdict(self)
        values["config"] = self.config.to_dict()
        return {"schema_version": SCHEMA_VERSION, **values}

    def to_bytes(self) -> bytes:
        """The content of `bundle.json`."""
        text = json.dumps(self.to_dict(), indent=2, ensure_ascii=False, allow_nan=False)
        return (text + "\n").encode("utf-8")

    @classmethod
    def from_bytes(cls, content: bytes) -> BundleMetadata:
        """Read `bundle.json`.

        Raises:
            BundleError: for another schema version, missing, mistyped or contradicting fields.
        """
        values = parse_object(content, what=METADATA)
        check_schema_version(values, what=METADATA)
        label_values = None
        if values.get("label_values") is not None:
            label_values = numbers(values, "label_values", what=METADATA)
        output = field(values, "output", dict, what=METADATA)
        return cls(
            name=field(values, "name", str, what=METADATA),
            task=cast(TaskKind, field(values, "task", str, what=METADATA)),
            language=field(values, "language", str, what=METADATA),
            recipe=_recipe(field(values, "recipe", dict, what=METADATA)),
            max_length=field(values, "max_length", int, what=METADATA),
            labels=strings(values, "labels", what=METADATA),
            label_values=label_values,
            pooling=cast(Pooling, field(values, "pooling", str, what=METADATA)),
            normalize=field(values, "normalize", bool, what=METADATA),
            config=_config(field(values, "config", dict, what=METADATA)),
            tokenizer=_tokenizer(field(values, "tokenizer", dict, what=METADATA)),
            inputs=strings(values, "inputs", what=METADATA),
            output=OutputSpec(
                name=field(output, "name", str, what=METADATA),
                dim=field(output, "dim", int, what=METADATA),
            ),
            licence=field(values, "licence", dict, what=METADATA),
            provenance=field(values, "provenance", dict, what=METADATA),
            metrics=field(values, "metrics", dict, what=METADATA),
            tools=field(values, "tools", dict, what=METADATA),
        )


def _require(condition: bool, problem: str) -> None:
    if not condition:
        raise BundleError(f"{METADATA}: {problem}. Export the bundle again.")


def _recipe(values: Mapping[str, Any]) -> Recipe:
    tolerance = field(values, "tolerance", dict, what=METADATA)
    names = tuple(tolerance)
    bounds = numbers({"tolerance": [tolerance[name] for name in names]}, "tolerance", what=METADATA)
    return Recipe(
        name=field(values, "name", str, what=METADATA),
        tolerance=dict(zip(names, bounds, strict=True)),
    )


def _tokenizer(values: Mapping[str, Any]) -> TokenizerSettings:
    strip_accents = values.get("strip_accents")
    _require(
        strip_accents is None or isinstance(strip_accents, bool),
        f"strip_accents must be a boolean or null, received {strip_accents!r:.80}",
    )
    return TokenizerSettings(
        lowercase=field(values, "lowercase", bool, what=METADATA),
        strip_accents=strip_accents,
        sha256=field(values, "sha256", str, what=METADATA),
    )


def _config(values: dict[str, Any]) -> BertConfig:
    try:
        return BertConfig.from_dict(values)
    except (ValueError, TypeError) as error:
        raise BundleError(f"{METADATA}: {error} Export the bundle again.") from error
