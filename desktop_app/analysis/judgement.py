"""What became of one text, the same in the window and on the command line."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.projects.verdict import BLANK, JUDGED
from desktop_app.results.result_row import OK
from export.runtime.results import Classification
from export.runtime.text_language import status_without_bundle

TRUNCATED, FAILED = "truncated", "failed"
WITHOUT_TEXT = ("unreadable", "locked", "no text")  # status of a row that has nothing to judge


@dataclass(frozen=True, slots=True)
class Judgement:
    """Of one text."""

    status: str  # "judged", "blank", "unknown language", "unsupported language"
    language: str  # BCP 47; "" = unknown
    verdict: Classification | None  # None unless judged

    @property
    def shown_status(self) -> str:
        """The status, and whether only the beginning was read."""
        if self.verdict is not None and self.verdict.truncated:
            return TRUNCATED
        return self.status


def judgement_of(verdict: Classification, language: str | None) -> Judgement:
    """What a bundle's answer means.

    Args:
        verdict: of the bundle.
        language: as detected; None: it cannot be told.
    """
    if verdict.label is None:
        return Judgement(status=BLANK, language=language or "", verdict=None)
    return Judgement(status=JUDGED, language=language or "", verdict=verdict)


def judgement_without_bundle(text: str, language: str | None) -> Judgement:
    """Of a text in a language that no bundle reads."""
    status = status_without_bundle(text, language or None)
    return Judgement(status=status, language=language or "", verdict=None)


def row_status(read: str, judged: str | None) -> str:
    """What was odd about a row, then about its text: "ok", "ragged; truncated".

    Args:
        read: status of the row's reading.
        judged: status of its text; None where there was nothing to judge.
    """
    oddities = [] if read == OK else [read]
    if judged not in (None, JUDGED) and read not in WITHOUT_TEXT:
        oddities.append(str(judged))
    return "; ".join(oddities) or OK
