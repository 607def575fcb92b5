"""What a pruned vocabulary costs and saves: as text, as JSON, and for the model card."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from rich.console import Group, RenderableType
from rich.table import Table

from export.segmentation_change import SegmentationChange

MIB = 2**20
_FLOAT_BYTES, _INT8_BYTES = 4, 1  # a weight in the model folder, and in a bundle of eight bits


@dataclass(frozen=True, kw_only=True)
class PruningReport:
    """A pruning in numbers."""

    name: str  # of the model
    tokens_before: int  # rows of the word table
    tokens_after: int
    hidden_dim: int  # weights a row
    corpus: SegmentationChange  # the texts that chose the pieces
    held_out: SegmentationChange | None  # others; None = there were none
    held_out_is_trial: bool  # cut by a trial pruning that the rest of the corpus chose alone

    @property
    def float32_mib_saved(self) -> float:
        """How much the word table of the model folder shrinks."""
        return self._saved(_FLOAT_BYTES)

    @property
    def int8_mib_saved(self) -> float:
        """How much a word table of eight bits shrinks; its scales come on top."""
        return self._saved(_INT8_BYTES)

    def _saved(self, size: int) -> float:
        return (self.tokens_before - self.tokens_after) * self.hidden_dim * size / MIB

    def to_dict(self) -> dict[str, Any]:
        """Plain JSON values."""
        return {
            "name": self.name,
            "tokens_before": self.tokens_before,
            "tokens_after": self.tokens_after,
            "float32_mib_saved": self.float32_mib_saved,
            "int8_mib_saved": self.int8_mib_saved,
            "corpus": self.corpus.to_dict(),
            "held_out": None if self.held_out is None else self.held_out.to_dict(),
            "held_out_is_trial": self.held_out_is_trial,
        }

    def render(self) -> RenderableType:
        """Two tables for a terminal."""
        title = f"{self.name}: {self.tokens_before:,} tokens to {self.tokens_after:,}"
        sizes = Table(title=title, title_justify="left", show_header=False, box=None)
        sizes.add_column()
        sizes.add_column(justify="right")
        sizes.add_row("word table, float32", f"{self.float32_mib_saved:.2f} MiB less")
        sizes.add_row("word table, int8", f"{self.int8_mib_saved:.2f} MiB less")
        return Group(sizes, self._change_table())

    def _change_table(self) -> Table:
        table = Table(box=None)
        columns = ("", "texts", "cut otherwise", "[[UNK] before", "[[UNK] after", "pieces")
        for number, column in enumerate(columns):
            table.add_column(column, justify="right" if number else "left")
        for name, change in self._changes():
            growth = change.pieces_after / max(1, change.pieces_before) - 1
            table.add_row(
                name,
                f"{change.texts:,}",
                f"{change.changed_share:.2%}",
                f"{change.unknown_rate_before:.4%}",
                f"{change.unknown_rate_after:.4%}",
                f"{growth:+.2%}",
            )
        return table

    def _changes(self) -> list[tuple[str, SegmentationChange]]:
        rows = [("corpus", self.corpus)]
        if self.held_out is not None:
            trial = "held out (trial without them)"
            rows.append((trial if self.held_out_is_trial else "held out", self.held_out))
        return rows
