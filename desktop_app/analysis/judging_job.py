"""Judge what a project has not judged yet: short requests, each stored as it comes."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterable
from concurrent.futures import Future
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from desktop_app.analysis.bundle_routes import BundleRoutes, project_bundle
from desktop_app.analysis.job_control import JobControl, JobStopped
from desktop_app.analysis.judgement import FAILED, judgement_of, judgement_without_bundle
from desktop_app.analysis.pace import Pace, text_cost
from desktop_app.analysis.worker_shelf import WorkerShelf
from desktop_app.projects.project import Project
from desktop_app.projects.results_store import StoredVerdicts
from desktop_app.projects.verdict import StoredJudgement, WaitingText
from desktop_app.results.uncertainty import is_uncertain
from desktop_app.workers.worker_start import WorkerLike
from export.runtime.errors import BundleError, WorkerError
from export.runtime.results import Classification
from export.runtime.text_language import detect_language

DEPTH = 2  # requests on their way, so that the worker never waits for what is being stored
_PAGE = 64  # texts read at once: each may have a million characters
_FIRST_WINDOW, _WINDOW = 256, 4_096  # texts that are put in order of length together
_WINDOW_CHARACTERS = 8_000_000
_PROBE = "ok"  # if a process dies over this one too, no text is to blame


@dataclass(frozen=True, slots=True)
class _Item:
    """A text on its way to a bundle."""

    id: int
    text: str
    language: str  # BCP 47; "" = unknown
    cost: float


@dataclass(kw_only=True, eq=False)
class _Request:
    """Texts of one bundle, and when their answer was there."""

    bundle: str
    items: list[_Item]
    future: Future[Any] = field(default_factory=Future)
    sent: float = 0.0
    answered: float = 0.0


class JudgingJob:
    """One run over the waiting texts of a project. Use it once.

    Texts of one bundle and about one length go together, because the engine computes texts of
    equal length at once; `DEPTH` requests are on their way at a time.
    """

    def __init__(
        self,
        project: Project,
        routes: BundleRoutes,
        shelf: WorkerShelf,
        control: JobControl,
        *,
        stored: Callable[[StoredVerdicts], None],
    ) -> None:
        """Nothing is asked yet.

        Args:
            project: that the texts are in.
            routes: the bundles.
            shelf: of their workers.
            control: asked between requests.
            stored: told each batch when it is safe.
        """
        self._project, self._routes, self._shelf = project, routes, shelf
        self._control, self._stored = control, stored
        self._waiting = project.unanalysed(routes.routing, limit=_PAGE)
        self._window = _FIRST_WINDOW
        self._planned: deque[tuple[str, list[_Item]]] = deque()  # bundle and its texts
        self._flying: deque[_Request] = deque()
        self._paces = {bundle: Pace() for bundle in routes.bundles.values()}
        self._last_answer = 0.0

    def run(self) -> None:
        """Until nothing waits.

        Raises:
            JobStopped: if it was called off; everything stored so far stays.
            BundleError: if a bundle cannot be used.
            WorkerError: if no process can be kept alive.
            ProjectError: if the project cannot be written.
        """
        for identity in self._routes.provenance:
            self._project.add_bundle(project_bundle(identity))
        try:
            while True:
                self._control.look_up()
                if self._control.paused:
                    self._come_to_rest()
                    self._control.rest()
                while len(self._flying) < DEPTH and (request := self._next_request()):
                    self._send(request)
                if not self._flying:
                    return
                self._land()
        except JobStopped:
            for request in self._flying:
                request.future.cancel()
            raise

    def _come_to_rest(self) -> None:
        """Take back what has not begun; wait for what has."""
        while self._flying and self._flying[-1].future.cancel():
            request = self._flying.pop()
            self._planned.appendleft((request.bundle, request.items))
        while self._flying:
            self._land()

    # Texts out

    def _next_request(self) -> _Request | None:
        while not self._planned:
            texts = self._next_window()
            if not texts:
                return None
            self._plan(texts)
        bundle, items = self._planned[0]
        count = self._paces[bundle].take([item.cost for item in items])
        if count == len(items):
            self._planned.popleft()
        else:
            self._planned[0] = bundle, items[count:]
        return _Request(bundle=bundle, items=items[:count])

    def _next_window(self) -> list[WaitingText]:
        texts: list[WaitingText] = []
        characters = 0
        for page in self._waiting:
            texts += page
            characters += sum(len(text.text) for text in page)
            if len(texts) >= self._window or characters >= _WINDOW_CHARACTERS:
                break
        self._window = _WINDOW
        return texts

    def _plan(self, texts: list[WaitingText]) -> None:
        """Give texts to the bundles of their languages; settle those without one."""
        groups: dict[str, list[_Item]] = {}
        settled = []
        for place, text in enumerate(texts):
            if place % _PAGE == 0:
                self._control.look_up()
            language = text.language
            if language is None:
                language = detect_language(text.text).code or ""
            bundle = self._routes.bundle_for(language)
            if bundle is None:
                found = judgement_without_bundle(text.text, language)
                settled.append(StoredJudgement(text.id, found.language, found.status))
            else:
                cost = text_cost(text.text, self._routes.max_tokens)
                groups.setdefault(bundle, []).append(_Item(text.id, text.text, language, cost))
        self._store(settled)
        for bundle, items in groups.items():
            self._shelf.open(bundle)  # it starts while the others judge
            self._planned.append((bundle, sorted(items, key=lambda item: item.cost)))

    def _send(self, request: _Request) -> None:
        worker = self._worker(request.bundle)
        request.sent = time.monotonic()
        request.future = worker.submit("classify", [item.text for item in request.items])
        request.future.add_done_callback(partial(_note_time, request))
        self._flying.append(request)

    def _worker(self, bundle: str) -> WorkerLike:
        opening = self._shelf.open(bundle)
        self._control.wait(opening)
        started = opening.result()
        identity = self._routes.identity(bundle)
        if tuple(started.metadata.labels) != identity.labels:
            raise BundleError(f"The file of the bundle {bundle!r} was replaced; open it again.")
        return started.worker

    # Verdicts in

    def _land(self) -> None:
        """Store the answer of the oldest request."""
        request = self._flying[0]
        self._control.wait(request.future)
        try:
            answers: list[Classification | None] = list(request.future.result())
            cost = sum(item.cost for item in request.items)
            began = max(request.sent, self._last_answer)
            self._last_answer = request.answered
            self._paces[request.bundle].learn(cost, request.answered - began)
        except WorkerError:
            answers = self._one_by_one(request)
        self._store(
            self._verdict(request.bundle, item, answer)
            for item, answer in zip(request.items, answers, strict=True)
        )
        self._flying.popleft()

    def _one_by_one(self, request: _Request) -> list[Classification | None]:
        """Find the text that a process dies of: it costs two lives, halves would cost more.

        Raises:
            WorkerError: if processes die of anything.
        """
        worker = self._worker(request.bundle)
        self._answer(worker, _PROBE)
        answers: list[Classification | None] = []
        for item in request.items:
            try:
                answers.append(self._answer(worker, item.text))
            except WorkerError:
                self._answer(worker, _PROBE)
                answers.append(None)
        return answers

    def _answer(self, worker: WorkerLike, text: str) -> Classification:
        future = worker.submit("classify", [text])
        self._control.wait(future)
        (answer,) = future.result()
        assert isinstance(answer, Classification)
        return answer

    def _verdict(self, bundle: str, item: _Item, answer: Classification | None) -> StoredJudgement:
        identity = self._routes.identity(bundle)
        if answer is None:
            return StoredJudgement(item.id, item.language, FAILED, bundle=identity.sha256)
        judged = judgement_of(answer, item.language)
        if judged.verdict is None:
            return StoredJudgement(item.id, item.language, judged.status, bundle=identity.sha256)
        scores = tuple(answer.scores[label] for label in identity.labels)
        return StoredJudgement(
            item.id,
            item.language,
            judged.shown_status,
            bundle=identity.sha256,
            label=answer.label,
            scores=scores,
            valence=answer.valence,
            uncertain=is_uncertain(scores),
        )

    def _store(self, verdicts: Iterable[StoredJudgement]) -> None:
        batch = list(verdicts)
        if batch:
            self._stored(self._project.store_results(batch))


def _note_time(request: _Request, _: Future[Any]) -> None:
    request.answered = time.monotonic()
