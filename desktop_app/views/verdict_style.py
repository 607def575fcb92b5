"""How one bundle's verdicts look: the order, colours and names of its labels, and its scale."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtGui import QColor

from desktop_app.colour_scale import label_colours, scale_colour, usual_places
from desktop_app.corpus.verdict import Verdict
from desktop_app.views.design import qcolor


@dataclass(frozen=True, kw_only=True)
class VerdictStyle:
    """Everything a painter of verdicts needs to know about the bundle."""

    labels: Sequence[str] = ()  # in the order of the bundle
    label_values: Sequence[float] | None = None  # the place of each label on the scale

    @classmethod
    def of(cls, metadata: Any) -> VerdictStyle:
        """The style for a bundle's metadata."""
        values = metadata.label_values
        return cls(labels=tuple(metadata.labels), label_values=tuple(values) if values else None)

    @property
    def scale(self) -> tuple[float, float] | None:
        """Lowest and highest valence, None where labels have no values."""
        if self.label_values is None or len(set(self.label_values)) < 2:
            return None
        return min(self.label_values), max(self.label_values)

    @property
    def places(self) -> Sequence[float] | None:
        """Where each label stands between negative and positive, None where nobody can say."""
        return usual_places(self.labels) if self.label_values is None else self.label_values

    def side(self, label: str) -> int:
        """-1 for a negative label, 1 for a positive one, 0 for one between or beside the scale."""
        place = dict(zip(self.labels, self.places or (), strict=False)).get(label, 0.0)
        return (place > 0) - (place < 0)

    def colour(self, label: str, *, dark: bool) -> QColor:
        """The colour of a label."""
        colours = label_colours(self.labels, self.label_values, dark=dark)
        return qcolor(colours.get(label, (128, 128, 128)))

    def valence_colour(self, valence: float, *, dark: bool) -> QColor:
        """The colour of a place on the scale."""
        low, high = self.scale or (-1.0, 1.0)
        reach = max(abs(low), abs(high)) or 1.0
        return qcolor(scale_colour(valence / reach, dark=dark))

    def shares(self, verdict: Verdict) -> list[tuple[str, float]]:
        """Every label with its probability: from negative to positive, else likely first."""
        known = [(label, verdict.scores.get(label, 0.0)) for label in self.labels]
        if self.places is not None:
            places = dict(zip(self.labels, self.places, strict=True))
            return sorted(known, key=lambda pair: places[pair[0]])
        return sorted(known, key=lambda pair: -pair[1])
