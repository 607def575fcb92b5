"""Which of the documents that a project is to read it has begun to read."""

from __future__ import annotations

from desktop_app.analysis.document_import import ImportWish
from desktop_app.documents.read_options import ReadOptions
from desktop_app.projects.import_rows import stored_text
from desktop_app.projects.project import Project

WishKey = tuple[str, ReadOptions]
"""The path as a project has it, and how it is read: two wishes of one key are of one document."""


def wish_key(wish: ImportWish) -> WishKey:
    """What tells a wish from others."""
    return stored_text(str(wish.path)), wish.options


def begun_imports(project: Project) -> dict[WishKey, int]:
    """The documents of which a part is read, by their ids."""
    begun = {}
    for document in project.documents():
        if not document.complete:
            try:
                begun[document.path, ReadOptions.from_dict(document.options)] = document.id
            except (ValueError, TypeError):  # options of a later version, or of no version
                continue
    return begun
