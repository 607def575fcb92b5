"""What a benchmark should reach, and whether it did."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Goal:
    """A bound on a figure."""

    question: str  # what is measured
    bound: float  # that it should reach
    smaller: bool = False  # True: the figure should stay below the bound
    unit: str = "x"  # behind the figure

    def reached(self, measured: float | None) -> bool | None:
        """Whether the figure keeps the bound; None where nothing was measured."""
        if measured is None:
            return None
        return measured <= self.bound if self.smaller else measured >= self.bound

    def verdict(self, measured: float | None) -> str:
        """A line for people."""
        sign = "<=" if self.smaller else ">="
        goal = f"goal {sign} {self.bound:g} {self.unit}"
        if measured is None:
            return f"{self.question}: NOT MEASURED ({goal})"
        word = "reached" if self.reached(measured) else "MISSED"
        return f"{self.question}: {measured:.3f} {self.unit} ({goal}: {word})"
