"""The page of models and its session, made when they are first needed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop_app.models.model_store import ModelStore
from desktop_app.settings import measurements_path

if TYPE_CHECKING:  # they bring processes along, which the start does not wait for
    from desktop_app.inference.models_session import ModelsSession
    from desktop_app.models.model_entry import ModelEntry
    from desktop_app.views.models_page import ModelsPage


def own_models(store: ModelStore, measurements: Path | None = None) -> ModelsSession:
    """A session on a store, with what was measured on this machine before.

    Args:
        store: of the added bundles.
        measurements: file of what was measured; None: where this system keeps such things.
    """
    from desktop_app.inference.models_session import ModelsSession
    from desktop_app.models.measurements import Measurements
    from export.runtime.processors import processor_name

    known = Measurements(measurements or measurements_path(), processor_name())
    return ModelsSession(store, known)


class ModelDesk(QObject):
    """Knows the added bundles from the start on, and all about them once the page is made."""

    use_wanted = Signal(str, str)  # "classify", "embeddings" or "files"; bundle
    added = Signal()
    removed = Signal(str)  # bundle

    def __init__(
        self,
        store: ModelStore,
        *,
        make_session: Callable[[ModelStore], ModelsSession] = own_models,
        in_use: Callable[[str], bool] = lambda _bundle: False,
        parent: QObject | None = None,
    ) -> None:
        """Without a page.

        Args:
            store: of the added bundles.
            make_session: on the store.
            in_use: whether a bundle must stay, because the open project is judged by it.
            parent: the Qt parent.
        """
        super().__init__(parent)
        self._store, self._make_session, self._in_use = store, make_session, in_use
        self.session: ModelsSession | None = None
        self._page: ModelsPage | None = None

    def bundles(self, task: str) -> tuple[str, ...]:
        """The paths of the added bundles of a task; no file is read."""
        return self._store.bundles(task)

    def make_page(self) -> ModelsPage:
        """The page, with its session; called once."""
        from desktop_app.views.models_page import ModelsPage

        self.session = self._make_session(self._store)
        self._page = ModelsPage(self.session)
        self._page.use_wanted.connect(self.use_wanted)
        self._page.removal_wanted.connect(self._remove)
        self.session.added.connect(lambda _entry, _fresh: self.added.emit())
        self.session.removed.connect(self.removed)
        return self._page

    def close(self) -> None:
        """End what is being done."""
        if self.session is not None:
            self.session.close()

    def _remove(self, entry: ModelEntry) -> None:
        page, session = self._page, self.session
        if page is None or session is None:
            return
        if self._in_use(entry.bundle):
            page.messages.warn(
                lambda: self.tr(
                    "The open project is judged by this model. Choose another one on the page "
                    "of files first."
                )
            )
            return
        session.remove(entry)
