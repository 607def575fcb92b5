"""What every measurement of a model on labelled texts can tell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Protocol


class Report(Protocol):
    """The figures of one file, a frozen dataclass that is stored as JSON."""

    __dataclass_fields__: ClassVar[dict[str, Any]]

    @property
    def count(self) -> int:
        """How many texts or pairs were measured."""
        ...

    def value(self, metric: str) -> float:
        """One metric, turned so that higher is better.

        Raises:
            ValueError: if the data cannot give this metric.
        """
        ...

    def scalars(self) -> Mapping[str, float]:
        """Every figure that is one number, by name."""
        ...

    def tables(self, labels: Sequence[str]) -> str:
        """The figures in Markdown, for people; `labels` are the model's."""
        ...


def markdown_table(head: list[str], rows: Mapping[str, Sequence[float | None]]) -> str:
    """A table with a name at the beginning of each row; None is an empty cell."""
    lines = ["| " + " | ".join(map(in_cell, head)) + " |", "|---|" + "---:|" * (len(head) - 1)]
    for name, values in rows.items():
        lines.append(f"| {in_cell(name)} | " + " | ".join(map(_cell, values)) + " |")
    return "\n".join(lines) + "\n"


def in_cell(name: str) -> str:
    """A name that people chose, so that it stays inside its cell of a table."""
    return " ".join(name.split()).replace("|", "\\|")


def _cell(value: float | None) -> str:
    if value is None:
        return ""
    return f"{value:.3f}" if isinstance(value, float) else str(value)
