"""Which bundle judged: what a reader of results needs to tell one verdict from another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol


class _MetadataLike(Protocol):
    @property
    def name(self) -> str: ...
    @property
    def language(self) -> str: ...
    @property
    def labels(self) -> tuple[str, ...]: ...
    @property
    def label_values(self) -> tuple[float, ...] | None: ...
    @property
    def recipe(self) -> Any: ...
    @property
    def licence(self) -> dict[str, Any]: ...


@dataclass(frozen=True, kw_only=True)
class Provenance:
    """The identity of one bundle."""

    name: str  # for example "sentiment-en"
    sha256: str  # of the whole file, hexadecimal
    language: str  # BCP 47
    recipe: str  # how it was quantized
    licence: str  # of weights and data, for people
    labels: tuple[str, ...] = ()
    label_values: tuple[float, ...] | None = None  # place of each label on the valence scale

    @classmethod
    def of(cls, metadata: _MetadataLike, sha256: str) -> Provenance:
        """The identity of a bundle that has been read.

        Args:
            metadata: `BundleMetadata`, or what has its fields.
            sha256: of the whole file.
        """
        licence = "; ".join(f"{part}: {text}" for part, text in metadata.licence.items())
        return cls(
            name=metadata.name,
            sha256=sha256,
            language=metadata.language,
            recipe=metadata.recipe.name,
            licence=licence,
            labels=metadata.labels,
            label_values=metadata.label_values,
        )

    @property
    def identity(self) -> str:
        """Name and the beginning of the hash: short enough for a cell."""
        return f"{self.name}@{self.sha256[:12]}"


def joint_labels(bundles: tuple[Provenance, ...]) -> tuple[str, ...]:
    """The labels of all bundles, each once; along the scale where all have a value."""
    labels = tuple(dict.fromkeys(label for bundle in bundles for label in bundle.labels))
    values = joint_values(bundles)
    if values is None:
        return labels
    return tuple(sorted(labels, key=lambda label: values[label]))


def joint_values(bundles: tuple[Provenance, ...]) -> dict[str, float] | None:
    """The value of each label, by the first bundle that has one; None where one has none."""
    values: dict[str, float] = {}
    for bundle in bundles:
        if bundle.label_values is not None:
            for label, value in zip(bundle.labels, bundle.label_values, strict=True):
                values.setdefault(label, value)
    labels = {label for bundle in bundles for label in bundle.labels}
    return values if labels and labels == set(values) else None
