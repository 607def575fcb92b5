"""A project: one SQLite file, the only truth of an analyst's work."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from desktop_app.projects import (
    import_rows,
    label_carry,
    label_history,
    removal,
    results_store,
    unreadable_parts,
)
from desktop_app.projects.cell_texts import read_cells
from desktop_app.projects.creation import create_project_file
from desktop_app.projects.database import ProjectDatabase
from desktop_app.projects.document import Document, ProjectRow, SourceRow
from desktop_app.projects.label_history import LabelChange
from desktop_app.projects.load_columns import load_columns
from desktop_app.projects.project_error import damaged
from desktop_app.projects.project_settings import read_settings, write_settings
from desktop_app.projects.results_store import StoredVerdicts
from desktop_app.projects.row_pages import read_rows
from desktop_app.projects.schema import MIGRATIONS, Migration
from desktop_app.projects.source_identity import SourceIdentity, SourceState, source_state
from desktop_app.projects.table_columns import TableColumns
from desktop_app.projects.unreadable_parts import LostPart
from desktop_app.projects.verdict import ProjectBundle, Routing, StoredJudgement, WaitingText
from desktop_app.projects.word_search import search_texts

ROW_LIMIT = 1_000_000
PROJECT_SUFFIX = ".bertproject"


class Project:
    """All methods may be called from any thread and raise `ProjectError`.

    A call that changes something is one transaction: done when it returns, not begun if it raises.
    Reading goes on while another thread writes.
    """

    def __init__(self, database: ProjectDatabase, *, row_limit: int = ROW_LIMIT) -> None:
        """Use `create` or `open`."""
        self._database = database
        self._row_limit = row_limit

    @classmethod
    def create(cls, path: Path, *, row_limit: int = ROW_LIMIT) -> Self:
        """Make an empty project and open it. Nothing is overwritten."""
        create_project_file(path)
        return cls.open(path, row_limit=row_limit)

    @classmethod
    def open(
        cls,
        path: Path,
        *,
        row_limit: int = ROW_LIMIT,
        migrations: Sequence[Migration] = MIGRATIONS,
    ) -> Self:
        """Open a project; no other process can while it is open.

        An older one is brought up to date after a copy of it was made (`backup`); one of a later
        version is refused untouched. After an exit that was no `close`, the file is checked.
        """
        return cls(ProjectDatabase(path, migrations), row_limit=row_limit)

    def close(self) -> None:
        """Let go of the file; a second call does nothing."""
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def path(self) -> Path:
        """Of the file."""
        return self._database.path

    @property
    def backup(self) -> Path | None:
        """The copy that opening made of an older project; None if it was not older."""
        return self._database.backup

    def check(self) -> None:
        """Look at every byte, which takes seconds for a large project.

        Raises:
            ProjectError: if the file is damaged.
        """
        with self._database.read() as connection:
            found = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
        if found != "ok":
            raise damaged(self.path, found)

    # Documents in

    def documents(self) -> tuple[Document, ...]:
        """All documents, in the order they were added."""
        with self._database.read() as connection:
            return import_rows.documents(connection)

    def add_document(
        self,
        *,
        path: Path | None,
        source: SourceIdentity,
        columns: Sequence[str],
        text_column: int,
        options: Mapping[str, Any],
        anew: bool = False,
    ) -> Document:
        """Begin an import, or go on with the same one that was broken off.

        Args:
            path: where it is; None for a pasted text.
            source: from `source_identity`, taken before the first row is read.
            columns: names in the source's order.
            text_column: place in `columns` of what is to be judged.
            options: how it is read, JSON values.
            anew: begin even if there is one to go on with, which stays.

        Returns:
            The document. Its first `row_count` rows are here already and are not to be appended.
        """
        with self._database.write(durable=False) as connection:
            return import_rows.begin_document(
                connection,
                path="" if path is None else str(path),
                source=source,
                options=dict(options),
                columns=columns,
                text_column=text_column,
                anew=anew,
            )

    def last_same_row(self, document: int, batch: Sequence[SourceRow], *, after: int) -> int | None:
        """Whether the next rows that a document has are these, before an import goes on.

        Args:
            document: its id.
            batch: the rows as they are read now.
            after: id of its row before them; 0: they are the first.

        Returns:
            The id of the last of them; None if they differ or it has not so many.
        """
        with self._database.read() as connection:
            of = import_rows.document(connection, document)
            return import_rows.last_same_row(connection, of, batch, after=after)

    def append_rows(
        self, document: int, batch: Sequence[SourceRow], *, replacing: Collection[int] = ()
    ) -> Document:
        """Append the next rows of an import, some thousand at a time.

        Args:
            document: its id.
            batch: the rows.
            replacing: documents that go when this one is complete: their rows do not count
                against what a project can hold.

        Raises:
            ProjectError: with the reason "too many rows" if the project would hold more than it
                can; nothing of the batch is in it then, and what it holds can be used.
        """
        with self._database.write(durable=False) as connection:
            into = import_rows.document(connection, document)
            return import_rows.add_rows(
                connection, into, batch, limit=self._row_limit, replacing=replacing
            )

    def finish_document(self, document: int) -> Document:
        """Mark an import as complete, for good once this returns."""
        with self._database.write(durable=True) as connection:
            connection.execute("UPDATE documents SET complete = 1 WHERE id = ?", (document,))
            return import_rows.document(connection, document)

    def remove_document(self, document: int) -> None:
        """Take a document out, with its labels and whatever no other document shares."""
        with self._database.write(durable=True) as connection:
            import_rows.document(connection, document)
            removal.remove(connection, document)

    def replace_documents(
        self, old: Collection[int], new: int, *, keep_labels: bool = False
    ) -> int:
        """Complete a document in place of others, whose labels its rows get.

        The others are taken out in the same transaction. Results of texts that both hold stay, so
        only what changed is judged again.

        Args:
            old: documents.
            new: their successor.
            keep_labels: refuse to lose a single label.

        Returns:
            Labels that were lost because their row is no longer there.

        Raises:
            ProjectError: with the reason "labels lost" if most of many labels would be: then the
                rows are of something else, or were read in another way.
        """
        with self._database.write(durable=True) as connection:
            connection.execute("UPDATE documents SET complete = 1 WHERE id = ?", (new,))
            heir = import_rows.document(connection, new)
            before = [import_rows.document(connection, number) for number in old]
            lost = label_carry.carry_all(connection, old=before, new=heir, keep_all=keep_labels)
            for document in before:
                removal.remove(connection, document.id)
            return lost

    def abandon_document(self, document: int, *, heir: int | None) -> bool:
        """Take out a document whose import failed, unless labels would be lost with it.

        Args:
            document: its id.
            heir: the document whose rows get its labels.

        Returns:
            False if it stays, since there are labels of which the heir has no row.
        """
        with self._database.write(durable=True) as connection:
            failed = import_rows.document(connection, document)
            if heir is None:
                lost = label_carry.label_count(connection, document)
            else:
                stays = import_rows.document(connection, heir)
                lost = label_carry.carry_labels(connection, old=failed, new=stays).lost
            if not lost:
                removal.remove(connection, document)
            return not lost

    def label_count(self, document: int) -> int:
        """How many rows of a document a person gave a label."""
        with self._database.read() as connection:
            return label_carry.label_count(connection, document)

    def lost_parts(self, *, old: int, new: int, parted: bool) -> list[LostPart]:
        """The parts that were read for one document, and could not be for another.

        Args:
            old: as it was read before.
            new: as it is read now.
            parted: the first column tells the part, as in a folder or a PDF.
        """
        with self._database.read() as connection:
            before, now = (import_rows.document(connection, number) for number in (old, new))
            return unreadable_parts.lost_parts(connection, old=before, new=now, parted=parted)

    def has_unread_parts(self, document: int, parted: bool) -> bool:
        """Whether a part of a document could not be read, `parted` as in `lost_parts`."""
        with self._database.read() as connection:
            of = import_rows.document(connection, document)
            return unreadable_parts.has_unread_parts(connection, of, parted=parted)

    def first_read_place(self, document: int, places: Sequence[str]) -> str:
        """The first of these files, or folders of files, that has rows in a folder's document."""
        with self._database.read() as connection:
            of = import_rows.document(connection, document)
            return unreadable_parts.first_read_place(connection, of, places)

    def source_state(self, document: int) -> SourceState:
        """Whether a document's source is still what was imported; a pasted text always is."""
        with self._database.read() as connection:
            known = import_rows.document(connection, document)
        return source_state(Path(known.path), known.source) if known.path else "same"

    @property
    def rows_left(self) -> int:
        """How many rows the project can still take in."""
        return self._row_limit - sum(document.row_count for document in self.documents())

    # Results

    def add_bundle(self, bundle: ProjectBundle) -> None:
        """Make a bundle known, before its first verdict is stored."""
        with self._database.write(durable=False) as connection:
            results_store.add_bundle(connection, bundle)

    def bundles(self) -> tuple[ProjectBundle, ...]:
        """All bundles that judged here."""
        with self._database.read() as connection:
            return results_store.bundles(connection)

    def waiting_count(self, routing: Routing) -> int:
        """How many distinct texts `unanalysed` would give."""
        with self._database.read() as connection:
            return results_store.waiting_count(connection, routing)

    def unanalysed(self, routing: Routing, *, limit: int = 256) -> Iterator[list[WaitingText]]:
        """Batches of distinct texts without a verdict, until none is left.

        A text is given once in a run, whether or not its verdict is stored; an undetected language
        is the caller's to detect. One whose language goes to no bundle is to be stored as well
        (`StoredJudgement.bundle` None), so that it is not given again.

        Args:
            routing: language to sha256 of the bundle that judges it.
            limit: texts of a batch.
        """
        after = 0
        while True:
            with self._database.read() as connection:
                batch = results_store.waiting_texts(connection, routing, after=after, limit=limit)
            if not batch:
                return
            after = batch[-1].id
            yield batch

    def store_results(self, verdicts: Iterable[StoredJudgement]) -> StoredVerdicts:
        """Store a batch of verdicts; pass what comes back to `TableColumns.apply`."""
        with self._database.write(durable=False) as connection:
            return results_store.store_verdicts(connection, verdicts)

    # Rows out

    def columns(self, routing: Routing, *, after: int = 0) -> TableColumns:
        """Arrays for the table over all rows.

        Args:
            routing: whose results are shown.
            after: only rows with a greater id, for `TableColumns.extend` during an import.
        """
        with self._database.snapshot() as connection:
            return load_columns(connection, routing, after=after)

    def rows(self, rows: Sequence[int], routing: Routing) -> list[ProjectRow]:
        """Rows by their ids, for example those in view; 10,000 at most."""
        with self._database.snapshot() as connection:
            return read_rows(connection, rows, routing)

    def cells(self, place: int, *, first: int, last: int) -> list[tuple[int, str]]:
        """Ids of rows from first to last, and the beginning of one cell of each, for sorting."""
        with self._database.read() as connection:
            return read_cells(connection, place, first=first, last=last)

    def search(self, words: str, *, stop: Callable[[], bool] = lambda: False) -> NDArray[np.int32]:
        """Ids of the texts that hold all words; `TableColumns.holding` tells their rows."""
        with self._database.read() as connection:
            return search_texts(connection, words, stop=stop)

    # Labels

    def correct_label(self, row: int, label: str | None) -> LabelChange:
        """Give a row a person's label; None takes it back. On the disk when this returns."""
        return self.correct_labels([row], label)

    def correct_labels(self, rows: Sequence[int], label: str | None) -> LabelChange:
        """The same for many rows, undone as one."""
        with self._database.write(durable=True) as connection:
            return label_history.correct(connection, rows, label)

    def undo(self) -> LabelChange | None:
        """Take the last correction back; None if there is none."""
        with self._database.write(durable=True) as connection:
            return label_history.undo(connection)

    def redo(self) -> LabelChange | None:
        """Correct again what was undone last; None if there is nothing."""
        with self._database.write(durable=True) as connection:
            return label_history.redo(connection)

    def undo_steps(self) -> tuple[int, int]:
        """How many corrections can be undone, and how many done again."""
        with self._database.read() as connection:
            return label_history.steps(connection)

    # Settings

    def settings(self, *names: str) -> dict[str, Any]:
        """The settings of these names, or all that there are."""
        with self._database.snapshot() as connection:
            return read_settings(connection, self.path, names)

    def store_settings(self, changed: Mapping[str, Any]) -> None:
        """Store settings beside those that are there.

        Args:
            changed: name to any JSON value.
        """
        with self._database.write(durable=True) as connection:
            write_settings(connection, changed)
