"""The connections to a project: one that writes, any number that read beside it.

The one writer also does every checkpoint; readers never write, which keeps clear of the rare
corruption that SQLite before 3.52 can cause when two connections write or checkpoint at once.
"""

from __future__ import annotations

import contextlib
import json
import os
import sqlite3
import struct
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Literal

from desktop_app.projects.file_header import read_header
from desktop_app.projects.migration import migrate
from desktop_app.projects.network_drive import is_network_drive
from desktop_app.projects.project_error import ProjectError, damaged, sqlite_errors
from desktop_app.projects.project_lock import ProjectLock
from desktop_app.projects.schema import MIGRATIONS, Migration, foreign_structure

_CACHE_KIB = {"writer": 16_384, "reader": 4_096}
_CHECKPOINT_PAGES = 4_000  # of 4 KiB
_JOURNAL_BYTES = 32 << 20  # what the log is cut back to
_BUSY_MS = 5_000
_IDLE_READERS = 4
# what reading content raises that no project of ours has
_SENSELESS = (LookupError, TypeError, OverflowError, struct.error, json.JSONDecodeError)


class ProjectDatabase:
    """May be used from any thread: writers wait for each other, readers for nobody."""

    def __init__(
        self,
        path: Path,
        migrations: Sequence[Migration] = MIGRATIONS,
        *,
        journal: Literal["WAL", "DELETE"] | None = None,
    ) -> None:
        """Open an existing project and bring it to the newest version.

        Args:
            path: of the project.
            migrations: all there are.
            journal: how SQLite survives a crash; None: by the kind of drive.

        Raises:
            ProjectError: if that cannot be; the file is as it was then.
        """
        path = Path(os.path.realpath(path))  # one lock, by whatever link the file is opened
        self.path = path
        self.backup: Path | None = None  # the copy made before a migration, if there was one
        header = read_header(path, newest=len(migrations))
        self._lock = ProjectLock(path)
        self._suspect = self._lock.left_behind or header.cut  # until a check says otherwise
        self._journal = journal or ("DELETE" if is_network_drive(path) else "WAL")
        self._mutex = threading.RLock()
        self._idle: list[sqlite3.Connection] = []
        self._open = True
        try:
            with self._errors():
                self._writer = self._connect("writer")
                self._prepare(migrations, header.version)
        except BaseException as error:
            self.close()
            if isinstance(error, OSError):
                raise ProjectError(
                    f"Cannot bring {path} to the newest version: {error.strerror or error}. It is "
                    "as it was; make room or copy it elsewhere, and try again.",
                    "drive",
                ) from error
            raise

    def _prepare(self, migrations: Sequence[Migration], version: int) -> None:
        writer = self._writer
        version = writer.execute("PRAGMA user_version").fetchone()[0] or version
        if version > len(migrations):  # the log knew more than the file
            raise ProjectError(f"The project {self.path} was made by a later version.", "newer")
        foreign = foreign_structure(writer, migrations, version=version)
        if foreign is not None:
            raise damaged(self.path, foreign)
        if self._suspect:
            found = writer.execute("PRAGMA quick_check(1)").fetchone()[0]
            if found != "ok":
                raise damaged(self.path, found)
            self._suspect = False
        mode = writer.execute(f"PRAGMA journal_mode = {self._journal}").fetchone()[0]
        self.journal_mode = str(mode)  # SQLite keeps DELETE where the drive cannot do WAL
        writer.execute(f"PRAGMA wal_autocheckpoint = {_CHECKPOINT_PAGES}")
        writer.execute(f"PRAGMA journal_size_limit = {_JOURNAL_BYTES}")
        self.backup = migrate(writer, self.path, migrations, version=version)

    @contextlib.contextmanager
    def write(self, *, durable: bool) -> Iterator[sqlite3.Connection]:
        """One transaction: all of the block, or nothing of it.

        Args:
            durable: forced to the disk before this returns, so that not even a power cut takes it
                away. Without, a power cut may take the last batches, never the project.

        Raises:
            ProjectError: if it cannot be written; the project is as before the block.
        """
        with self._mutex, self._errors():
            self._check_open()
            # without the log, anything less than FULL could cost the file
            full = durable or self.journal_mode != "wal"
            self._writer.execute(f"PRAGMA synchronous = {'FULL' if full else 'NORMAL'}")
            self._writer.execute("BEGIN IMMEDIATE")
            try:
                yield self._writer
                self._writer.execute("COMMIT")
            except BaseException:
                if self._writer.in_transaction:
                    self._writer.execute("ROLLBACK")
                raise

    @contextlib.contextmanager
    def read(self) -> Iterator[sqlite3.Connection]:
        """A connection that sees what is committed; keep it for one quick piece of work.

        Raises:
            ProjectError: if the file turns out to be damaged or its drive fails.
        """
        with self._errors():
            self._check_open()
            reader = self._take_reader()
            try:
                yield reader
            except _SENSELESS as error:
                raise damaged(self.path, repr(error)) from error
            finally:
                self._give_back(reader)

    @contextlib.contextmanager
    def snapshot(self) -> Iterator[sqlite3.Connection]:
        """As `read`, but all statements see the same state."""
        with self.read() as connection:
            connection.execute("BEGIN")
            try:
                yield connection
            finally:
                connection.execute("ROLLBACK")

    def close(self) -> None:
        """Put all into the one file and let the next process in. A second call does nothing."""
        with self._mutex:
            if not self._open:
                return
            self._open = False
            while self._idle:
                self._idle.pop().close()
            writer: sqlite3.Connection | None = getattr(self, "_writer", None)
            if writer is not None:
                writer.close()  # the last connection to go empties the log
            self._lock.release(clean=not self._suspect)

    @contextlib.contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            with sqlite_errors(self.path):
                yield
        except ProjectError as error:
            self._suspect |= error.reason == "damaged"  # the next opening looks closely
            raise

    def _check_open(self) -> None:
        if not self._open:
            raise ProjectError(f"The project {self.path} was closed.", "invalid")

    def _take_reader(self) -> sqlite3.Connection:
        try:
            return self._idle.pop()
        except IndexError:
            reader = self._connect("reader")
            reader.execute("PRAGMA query_only = ON")
            return reader

    def _give_back(self, reader: sqlite3.Connection) -> None:
        if self._open and len(self._idle) < _IDLE_READERS:
            self._idle.append(reader)
        else:
            reader.close()

    def _connect(self, role: str) -> sqlite3.Connection:
        connection = sqlite3.connect(
            self.path, isolation_level=None, check_same_thread=False, timeout=_BUSY_MS / 1000
        )
        connection.execute("PRAGMA trusted_schema = OFF")  # the file may come from anywhere
        connection.execute("PRAGMA cell_size_check = ON")
        connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB[role]}")
        return connection
