"""Documents that came together: they are read one after another into one project."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from desktop_app.analysis.document_import import ImportWish
from desktop_app.documents.document_preview import DocumentPreview
from desktop_app.documents.read_options import ReadOptions


@dataclass(frozen=True, kw_only=True)
class ImportSeries(ImportWish):
    """The first of them, as somebody looked at it."""

    following: tuple[Path, ...]  # in this order; each is read as it seems


@dataclass(frozen=True, kw_only=True)
class FollowingWish(ImportWish):
    """One of the others; nobody has looked at it."""

    like: str  # the column that was chosen for the first

    def of(self, preview: DocumentPreview) -> ImportWish:
        """The wish by what the document is: its column of the same name, or else the likeliest."""
        known = self.like in preview.columns
        likeliest = preview.text_column or preview.columns[0]
        return replace(self, text_column=self.like if known else likeliest, preview=preview)


def single_wishes(wish: ImportWish) -> Iterator[ImportWish]:
    """A wish for each document, in order."""
    yield wish
    if isinstance(wish, ImportSeries):
        for path in wish.following:
            yield FollowingWish(
                path=path, options=ReadOptions(), text_column="", like=wish.text_column
            )
