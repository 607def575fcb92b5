"""The documents that a project is still to read; the project remembers them for another day."""

from __future__ import annotations

import contextlib
import json
from collections import deque
from collections.abc import Iterable
from dataclasses import replace
from itertools import compress, islice
from typing import Any

from desktop_app.analysis.begun_imports import begun_imports, wish_key
from desktop_app.analysis.document_import import ImportWish
from desktop_app.analysis.file_state import FileState, file_state
from desktop_app.analysis.stored_wish import stored_wish, wish_of
from desktop_app.analysis.what_waits import what_stays, what_waits
from desktop_app.projects.project import Project
from desktop_app.projects.project_error import ProjectError

MOST, MOST_BYTES = 20_000, 1 << 22  # that are remembered at once; what is beyond waits its turn
_LIST = "waiting_documents"  # setting: of `stored_wish`, in order
_READ = "waiting_documents_read"  # setting: how many of them are done with


class WaitingDocuments:
    """In order; the first one is perhaps being read. Owned by one thread.

    Those of an earlier opening are behind the others and rest until somebody wants to go on: a
    project from elsewhere may name any file.
    """

    def __init__(self) -> None:
        """None, of no project."""
        self._project: Project | None = None
        self._wishes: deque[ImportWish] = deque()
        self._ready = 0  # so many of them, from the first on, do not rest
        self._stored = 0  # so many of them, from the first on, are remembered
        self._read = 0  # so many are remembered before these
        self._damaged = False  # what was remembered is not all known

    def __len__(self) -> int:
        """How many there are."""
        return len(self._wishes)

    @property
    def ready(self) -> int:
        """How many do not rest."""
        return self._ready

    @property
    def first(self) -> ImportWish:
        """The next one to be read; there is one."""
        return self._wishes[0]

    def take_over(self, project: Project) -> None:
        """Have those that a project remembers, in place of all others; they rest.

        One that was begun and has changed since is left out: its document is told as changed.

        Raises:
            ProjectError: if the project is damaged.
        """
        settings, begun = project.settings(_LIST, _READ), begun_imports(project)
        known, read, self._damaged = _known(settings.get(_LIST, []), settings.get(_READ, 0))
        wishes = deque(
            each
            for each in known
            if wish_key(each) not in begun or project.source_state(begun[wish_key(each)]) == "same"
        )
        self._project, self._wishes = project, wishes
        self._ready, self._stored, self._read = 0, len(wishes), read
        if self._damaged or len(wishes) < len(known):
            self._stored = 0
            with contextlib.suppress(ProjectError):  # a full drive: at another time
                self._store()

    def told(self) -> str:
        """What waits and was not begun, for people."""
        fault = (
            "The list of what is still to be read is damaged. Import again what you do not find "
            "in the project."
        )
        lines = [fault] if self._damaged else []
        self._damaged = False
        return "\n".join([*lines, *filter(None, [what_waits(self._not_begun(self._wishes))])])

    def add(self, wishes: Iterable[ImportWish]) -> None:
        """Take more of them, remembered when this returns, behind those that do not rest.

        Raises:
            ProjectError: if the project cannot be written; none was taken then.
        """
        before = self._wishes
        more = [replace(each, seen=_seen(each)) for each in wishes]
        others = list(before)
        self._wishes = deque([*others[: self._ready], *more, *others[self._ready :]])
        try:
            if more:
                self._store()
        except ProjectError:
            self._wishes = before
            raise
        self._ready += len(more)

    def go_on(self, broken_off: Iterable[ImportWish]) -> None:
        """None rests any more; take also these, if they do not wait already."""
        self._ready = len(self._wishes)
        known = {wish_key(each) for each in self._wishes}
        self.add([each for each in broken_off if wish_key(each) not in known])

    def end_first(self) -> None:
        """The first one is done with, whatever came of it."""
        self._wishes.popleft()
        self._ready, self._stored, self._read = self._ready - 1, self._stored - 1, self._read + 1
        if self._stored > 0 and self._project is not None:
            self._project.store_settings({_READ: self._read})  # few bytes, however many wait
        else:
            self._store()

    def forget(self, gone: Iterable[ImportWish]) -> None:
        """Leave these out, by their paths and options."""
        known = {wish_key(each) for each in gone}
        self._keep([wish_key(each) not in known for each in self._wishes])

    def clear(self, *, resting: bool) -> None:
        """Forget those that do not rest, or all, for good once this returns."""
        self._keep([not resting and place >= self._ready for place in range(len(self._wishes))])

    def leave(self) -> str:
        """Let go of the project; what it has nothing of yet, for people."""
        wishes = list(self._wishes)
        kept = self._not_begun(wishes[: self._stored])
        lost = self._not_begun(wishes[self._stored :])
        self._project, self._wishes, self._ready, self._stored = None, deque(), 0, 0
        return what_stays(kept, lost)

    def _not_begun(self, wishes: Iterable[ImportWish]) -> list[ImportWish]:
        begun = begun_imports(self._project) if self._project is not None else {}
        return [each for each in wishes if wish_key(each) not in begun]

    def _keep(self, kept: list[bool]) -> None:
        if all(kept):
            return
        self._ready = sum(kept[: self._ready])
        self._wishes = deque(compress(self._wishes, kept))
        self._store()

    def _store(self) -> None:
        if self._project is None:
            return
        entries: list[dict[str, Any]] = []
        size = 0
        for wish in islice(self._wishes, MOST):
            entry = stored_wish(wish)
            size += len(json.dumps(entry))
            if size > MOST_BYTES:
                break
            entries.append(entry)
        self._project.store_settings({_LIST: entries, _READ: 0})
        self._stored, self._read = len(entries), 0


def _seen(wish: ImportWish) -> FileState | None:
    preview = wish.preview
    if wish.seen is not None:
        return wish.seen
    if preview is not None and preview.kind != "folder":
        return FileState(size=preview.size, modified_ns=preview.modified_ns)
    return file_state(wish.path)


def _known(entries: object, read: object) -> tuple[list[ImportWish], int, bool]:
    """The wishes of a stored list behind those that are done, how many those are, and damage."""
    if not isinstance(entries, list) or len(entries) > MOST:
        return [], 0, True
    whole = type(read) is int and 0 <= read <= len(entries)
    done = read if type(read) is int and whole else 0
    wishes = []
    for entry in entries[done:]:
        try:
            wishes.append(wish_of(entry))
        except ValueError:
            whole = False
    return wishes, done, not whole
