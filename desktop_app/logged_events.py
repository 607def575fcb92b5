"""Which events of the window go to the log, and what of them."""

from __future__ import annotations

import logging
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from desktop_app.event_log import document_mark, record

if TYPE_CHECKING:
    from desktop_app.application import DesktopApplication
    from desktop_app.inference.project_session import ProjectSession


class LoggedEvents(QObject):
    """Listens to the application; it knows nothing of being listened to."""

    def __init__(self, desktop: DesktopApplication) -> None:
        """Listen from here on, as long as the application lives."""
        super().__init__(desktop)
        self._desktop = desktop
        desktop.bundles.opener.opened.connect(self._opened)
        desktop.bundles.opener.refused.connect(self._refused)
        desktop.window.page_shown.connect(lambda page: record("page shown", page=page))
        desktop.window.document_wanted.connect(self._document_wanted)
        desktop.window.language_wanted.connect(lambda name: record("language", name=name))
        desktop.window.appearance_wanted.connect(lambda name: record("appearance", name=name))
        desktop.project_session_made.connect(self._watch_project)
        for page, session in ((0, desktop.classify_session), (1, desktop.search_session)):
            session.failed.connect(partial(self._failed, page))

    def _opened(self, started: Any) -> None:
        record("model opened", bundle=self._bundle(started.bundle), task=started.metadata.task)

    def _refused(self, bundle: str, _reason: str) -> None:
        record("model refused", level=logging.WARNING, bundle=self._bundle(bundle))

    def _bundle(self, bundle: str) -> str:
        """A shipped one by its name, another as any document."""
        return bundle if self._desktop.bundles.is_shipped(bundle) else document_mark(bundle)

    def _failed(self, page: int, *_reason: object) -> None:
        record("request failed", level=logging.WARNING, page=page)

    def _document_wanted(self, path: str) -> None:
        record("document wanted", document=document_mark(path))

    def _watch_project(self, session: ProjectSession) -> None:
        session.preview_ready.connect(self._previewed)
        session.opened.connect(partial(self._project_opened, session))
        session.closed.connect(lambda: record("project closed"))
        session.job_ended.connect(lambda how: record("job ended", how=how))
        session.exported.connect(lambda path: record("file written", file=document_mark(path)))
        session.failed.connect(
            lambda _reason: record("work on files failed", level=logging.WARNING)
        )

    def _previewed(self, preview: Any) -> None:
        record("document previewed", kind=preview.kind, encoding=preview.encoding)

    def _project_opened(self, session: ProjectSession) -> None:
        path = session.project_path
        mark = "none" if path is None else document_mark(path)
        record(
            "project opened",
            project=mark,
            documents=len(session.documents),
            rows=len(session.columns()),
        )
