"""Which bundle each page works with, and the workers that stand behind the pages."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, Signal

from desktop_app.inference.bundle_choice import BundleChoice
from desktop_app.inference.bundle_opener import BundleOpener
from desktop_app.inference.classify_session import ClassifySession
from desktop_app.inference.open_bundles import OpenBundles
from desktop_app.inference.search_session import SearchSession
from desktop_app.inference.worker_requests import WorkerRequests
from desktop_app.views.classify_page import ClassifyPage
from desktop_app.views.embeddings_page import EmbeddingsPage
from desktop_app.workers.worker_start import StartedWorker, WorkerFactory, runtime_worker


@dataclass(frozen=True, kw_only=True)
class FirstBundle:
    """What the window opens with: a bundle that is perhaps being opened already."""

    bundle: str  # name or path
    future: Future[StartedWorker]


@dataclass(frozen=True, kw_only=True)
class _Served:
    """One page."""

    session: ClassifySession | SearchSession
    view: ClassifyPage | EmbeddingsPage
    ask_again: Callable[[], None]  # the session chooses a bundle for its text anew


class BundleDesk(QObject):
    """Opens bundles when a page's text or a person wants them, and hands them to the page.

    A bundle that was asked for by hand decides for its page until another one is; the others
    follow the language of the text. What was refused is not tried again by itself.
    """

    shown = Signal(object)  # BundleMetadata that a page works with from now on
    page_wanted = Signal(int)  # a bundle that was asked for by hand is ready, on this page
    refused = Signal(str, str)  # name or path, reason
    first_refused = Signal()  # nothing was opened: the page in view begins anew

    def __init__(
        self,
        shipped: Mapping[int, Mapping[str, str]],
        *,
        page_of_task: Mapping[str, int],
        worker_factory: WorkerFactory = runtime_worker,
        parent: QObject | None = None,
    ) -> None:
        """Nothing is opened yet, and no page is served.

        Args:
            shipped: page to language to bundle.
            page_of_task: where a bundle of a task is used.
            worker_factory: opens bundles.
            parent: the Qt parent.
        """
        super().__init__(parent)
        self._page_of_task = page_of_task
        self.choices = {page: BundleChoice(each) for page, each in shipped.items()}
        self.requests = {page: WorkerRequests(self, owner=False) for page in shipped}
        self.opener = BundleOpener(worker_factory, self)
        self.open_bundles = OpenBundles()
        self._served: dict[int, _Served] = {}
        self._asked: set[int] = set()  # pages whose first bundle was asked for
        self._wanted: dict[str, bool] = {}  # bundle being opened -> whether by hand
        self._given_up: set[str] = set()  # refused; not tried again by themselves
        self._first_bundle = ""  # while it is being opened
        self.opener.opened.connect(self._take_worker)
        self.opener.refused.connect(self._on_refused)

    def serve(
        self,
        page: int,
        session: ClassifySession | SearchSession,
        view: ClassifyPage | EmbeddingsPage,
        *,
        ask_again: Callable[[], None],
    ) -> None:
        """Give this page its bundles from here on.

        Args:
            page: its number.
            session: says which bundle its text wants.
            view: shows the choice, and lets a person make it.
            ask_again: lets the session choose a bundle for its text anew.
        """
        self._served[page] = _Served(session=session, view=view, ask_again=ask_again)
        session.bundle_wanted.connect(partial(self._supply, page))
        view.caption.bundle_chosen.connect(partial(self.choose, page))
        self.opener.opening_changed.connect(view.caption.show_opening)

    def is_shipped(self, bundle: str) -> bool:
        """Whether it came with the program."""
        return any(bundle in choice.shipped for choice in self.choices.values())

    def await_first(self, first: FirstBundle, *, page: int) -> None:
        """Take a bundle that is being opened; `page` waits until it is known where it goes."""
        self._first_bundle = first.bundle
        self._asked.add(page)
        self._wanted[first.bundle] = not self.is_shipped(first.bundle)
        self.opener.await_worker(first.bundle, first.future)

    def open(self, bundle: str, *, by_hand: bool = False) -> None:
        """Open a bundle in a fresh worker, unless that is under way."""
        under_way = bundle in self._wanted
        self._wanted[bundle] = by_hand or self._wanted.get(bundle, False)
        if not under_way:
            self.opener.open(bundle)

    def choose(self, page: int, bundle: str) -> None:
        """Work with a bundle by hand; an empty name: by language again."""
        self._given_up.discard(bundle)
        self.choices[page].fix(bundle or None)
        self._choose_again(page)

    def offer(self, added: Mapping[int, Sequence[str]]) -> None:
        """Let each page choose from its added bundles too.

        Args:
            added: page to paths.
        """
        for page, bundles in added.items():
            self.choices[page].offer(bundles)
            self._served[page].view.show_choice()

    def forget(self, bundle: str) -> None:
        """Let go of a bundle whose file is gone and which is no longer offered."""
        for page, requests in self.requests.items():
            if requests.bundle == bundle:
                requests.close()
                self._asked.discard(page)
                self._choose_again(page)
        self.open_bundles.discard(bundle)

    def page_shown(self, page: int) -> None:
        """Open what a page begins with when it is seen for the first time."""
        if page not in self._served or page in self._asked:
            return
        self._asked.add(page)
        route = self._served[page].session.route
        first = self.choices[page].first if route is None else route.bundle
        if first is not None:
            self._supply(page, first)

    def close(self) -> None:
        """Let go of the workers."""
        self.opener.close()
        for requests in self.requests.values():
            requests.close()
        self.open_bundles.close()

    def _supply(self, page: int, bundle: str) -> None:
        """Let a page work with the bundle that its text wants."""
        started = self.open_bundles.get(bundle)
        first_is_foreign = bool(self._first_bundle) and not self.is_shipped(self._first_bundle)
        if started is not None:
            self._hand_over(page, started)
        elif bundle not in self._given_up and not first_is_foreign:
            self.open(bundle)

    def _choose_again(self, page: int) -> None:
        self._served[page].view.show_choice()
        self._served[page].ask_again()
        wanted = self.choices[page].fixed
        if wanted is not None and wanted != self.requests[page].bundle:
            self._supply(page, wanted)

    def _take_worker(self, started: StartedWorker) -> None:
        page = self._page_of_task[started.metadata.task]
        by_hand = self._wanted.pop(started.bundle, True)
        if started.bundle == self._first_bundle:
            self._first_bundle = ""
            self._asked.clear()
        self._asked.add(page)
        self.open_bundles.add(started)
        if by_hand:
            self.choices[page].fix(started.bundle)
            self._served[page].view.show_choice()
            self.page_wanted.emit(page)
        if by_hand or self._wants(page, started.bundle):
            self._hand_over(page, started)
        else:
            self._trim()

    def _wants(self, page: int, bundle: str) -> bool:
        """Whether a page works with this bundle, as its choice and its text stand now."""
        route = self._served[page].session.route
        if route is not None:
            return route.bundle == bundle
        return self.choices[page].fixed in (None, bundle)

    def _hand_over(self, page: int, started: StartedWorker) -> None:
        self._served[page].view.show_bundle(started.metadata)
        self.requests[page].replace(started)
        self._trim()
        self.shown.emit(started.metadata)

    def _trim(self) -> None:
        self.open_bundles.trim({each.bundle for each in self.requests.values() if each.bundle})

    def _on_refused(self, bundle: str, reason: str) -> None:
        self._wanted.pop(bundle, None)
        self._given_up.add(bundle)
        self.refused.emit(bundle, reason)
        if bundle != self._first_bundle:
            return
        self._first_bundle = ""
        if not self.is_shipped(bundle):
            self._asked.clear()
            self.first_refused.emit()
