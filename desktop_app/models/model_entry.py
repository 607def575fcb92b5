"""A line of the list of bundles: what is in the file, or why it cannot be used."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal, Self

from desktop_app.models.file_name import shown_name

Origin = Literal["shipped", "added"]


@dataclass(frozen=True, kw_only=True)
class ModelEntry:
    """One file, read and found consistent, or with a fault."""

    path: Path
    origin: Origin
    description: dict[str, Any] | None = None  # of `describe_bundle`; None: it has a fault
    fault: str = ""  # for people; "" when it is well

    @property
    def bundle(self) -> str:
        """What `Engine.open` takes."""
        return self.path.stem if self.origin == "shipped" else str(self.path)

    @property
    def name(self) -> str:
        """That the bundle gives itself, or that of its file."""
        if self.description is None:
            return self.path.stem if self.origin == "shipped" else shown_name(str(self.path))
        return str(self.description["name"])

    @property
    def sha256(self) -> str:
        """Of the whole file; "" where it has a fault."""
        return "" if self.description is None else str(self.description["sha256"])

    @property
    def task(self) -> str:
        """Either "classification" or "embedding"; "" where it has a fault."""
        return "" if self.description is None else str(self.description["task"])

    @property
    def labels(self) -> tuple[str, ...]:
        """In the order of the output; none of an embedding."""
        return () if self.description is None else tuple(self.description["labels"])

    @property
    def licence(self) -> str:
        """Of weights and data, for people."""
        licence = {} if self.description is None else self.description["licence"]
        return "; ".join(f"{part}: {text}" for part, text in licence.items())

    def to_dict(self) -> dict[str, Any]:
        """Plain JSON values."""
        return {**asdict(self), "path": str(self.path)}

    @classmethod
    def from_dict(cls, values: dict[str, Any]) -> Self:
        """The inverse of `to_dict`."""
        return cls(**{**values, "path": Path(values["path"])})
