"""What a bundle says about a text, and which bundle is asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

Routing = Mapping[str, str]
"""Language to sha256 of the bundle that judges its texts; `ANY_LANGUAGE` for all the others."""

ANY_LANGUAGE = "*"
BLANK_LANGUAGE = "zxx"  # BCP 47: no linguistic content

JUDGED, BLANK = "judged", "blank"
WAITING, UNKNOWN, UNSUPPORTED = "waiting", "unknown language", "unsupported language"
VERDICT_STATUSES = (JUDGED, BLANK, WAITING, UNKNOWN, UNSUPPORTED)
"""What every project knows, in the order of their numbers; "failed" and others may follow."""


@dataclass(frozen=True, kw_only=True)
class ProjectBundle:
    """A bundle that judged texts of a project."""

    sha256: str  # of the whole file, hexadecimal
    name: str
    labels: tuple[str, ...]  # in the order of its scores
    details: dict[str, Any] = field(default_factory=dict)  # recipe, licence..., JSON values


@dataclass(frozen=True, slots=True)
class WaitingText:
    """A distinct text that no bundle of a routing has judged."""

    id: int
    text: str
    language: str | None  # None: not detected yet; "": cannot be told


@dataclass(frozen=True, slots=True)
class StoredJudgement:
    """Of one distinct text. One that no bundle judges has a language and a status alone."""

    text_id: int
    language: str  # BCP 47; "" where it cannot be told
    status: str  # "judged", "blank", "unknown language", "unsupported language", "failed"...
    bundle: str | None = None  # sha256; None where no bundle of the routing reads the language
    label: str | None = None  # None unless judged
    scores: tuple[float, ...] = ()  # in the order of the bundle's labels
    valence: float | None = None
    uncertain: bool = False

    @property
    def confidence(self) -> float | None:
        """The probability of the label; None unless judged."""
        return max(self.scores) if self.label is not None and self.scores else None
