"""What a project has of a document from before, and whether it may go."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from desktop_app.documents.read_options import ReadOptions
from desktop_app.projects.document import Document
from desktop_app.projects.import_rows import stored_text
from desktop_app.projects.project import Project

_CUT = "cut_documents"  # setting: ids of documents whose last rows found no room
_NAMED = 3  # parts of a message


def predecessors(
    project: Project, path: Path, options: ReadOptions, text_column: str
) -> list[Document]:
    """What was read of the same source in the same way, complete or broken off, oldest first.

    Its other columns may differ: a folder has more of them with each kind of file.
    """
    return [
        document
        for document in project.documents()
        if document.path == stored_text(str(path))
        and document.columns[document.text_column :][:1] == (text_column,)
        and _same_options(document, options)
    ]


def _same_options(document: Document, options: ReadOptions) -> bool:
    """Also where the project was made before there was an option."""
    try:
        return ReadOptions.from_dict(document.options) == options
    except (ValueError, TypeError):
        return False


def mark_cut(project: Project, document: int) -> None:
    """Remember that not all rows of a document are here, so that it is read again when asked."""
    known = {each.id for each in project.documents()}
    kept = sorted((cut_documents(project) & known) | {document})
    project.store_settings({_CUT: kept})


def cut_documents(project: Project) -> set[int]:
    """The documents of which not all rows are here."""
    stored = project.settings(_CUT).get(_CUT)
    return {each for each in stored if isinstance(each, int)} if isinstance(stored, list) else set()


def why_not_replace(
    project: Project,
    old: Document,
    new: Document,
    *,
    parted: bool,
    unreachable: Sequence[str],
) -> str:
    """What of a document cannot be read now though it could before, for people; "": nothing.

    Args:
        project: that holds both.
        old: as it was read before.
        new: as it is read now.
        parted: its first column tells the file or the page.
        unreachable: files of a folder, or folders in it, that cannot even be looked at.
    """
    if not old.complete and not project.label_count(old.id):
        return ""
    place = project.first_read_place(old.id, unreachable)
    if place:
        return f"{place} cannot be reached"
    parts = project.lost_parts(old=old.id, new=new.id, parted=parted)
    if not parts:
        return ""
    shown = "; ".join(f"{each.name or 'it'}: {each.note.rstrip('.')}" for each in parts[:_NAMED])
    more = len(parts) - _NAMED
    return shown + (f"; and {more:,} more" if more > 0 else "")
