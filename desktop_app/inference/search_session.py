"""A corpus read batch by batch, and questions answered from what has been read so far."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from bert_tf.text.sentences import Sentence
from desktop_app.corpus.passages import PassageUnit, split_passages
from desktop_app.corpus.route import Route, language_differs
from desktop_app.inference.bundle_choice import PIECES_READ, BundleChoice
from desktop_app.inference.worker_requests import WorkerRequests

if TYPE_CHECKING:
    from desktop_app.corpus.passage_index import Match, PassageIndex

CORPUS_DEBOUNCE_MS, QUESTION_DEBOUNCE_MS = 400, 150
MAX_PASSAGES = 50_000
SHOWN = 50  # nearest passages handed to the view
_SPLIT_HERE = 100_000  # characters: a longer corpus is split on a thread
_BATCH_SECONDS = 0.15  # aimed at, so that a question never waits long behind a batch
_SMALLEST, _LARGEST = 8, 256  # texts in one request


@dataclass(frozen=True, kw_only=True)
class ReadingProgress:
    """How far the corpus has been read."""

    passages: int  # in the corpus, with repetitions
    left_out: int  # passages beyond MAX_PASSAGES
    done: int  # different passages with a vector
    total: int  # different passages
    per_second: float  # 0 while unknown
    running: bool
    stopped: bool  # by the user

    @property
    def seconds_left(self) -> float | None:
        """A guess, None while unknown."""
        return (self.total - self.done) / self.per_second if self.per_second > 0 else None


@dataclass(frozen=True, kw_only=True)
class SearchAnswer:
    """The passages nearest to a question."""

    question: str
    matches: Sequence[Match]


@dataclass(frozen=True, kw_only=True)
class LanguageObstacle:
    """Why a question cannot be answered in the languages at hand."""

    route: Route  # of the corpus
    question: str  # in another language than the corpus; "": the corpus itself has no bundle


class SearchSession(QObject):
    """Keeps one corpus in vectors and one question answered.

    All vectors are of one bundle, that of the corpus: those of two bundles say nothing about
    each other, so a question in another language is not compared with it.
    """

    progressed = Signal(object)  # ReadingProgress
    found = Signal(object)  # SearchAnswer; None when there is no question
    failed = Signal(str)  # reason
    hindered = Signal(object)  # LanguageObstacle; None when it is gone
    bundle_wanted = Signal(str)  # name or path; the corpus waits for a worker on it
    worker_restarted = Signal(str)

    _split = Signal(int, object)  # generation, passages

    def __init__(
        self,
        requests: WorkerRequests,
        *,
        choice: BundleChoice | None = None,
        corpus_debounce_ms: int = CORPUS_DEBOUNCE_MS,
        question_debounce_ms: int = QUESTION_DEBOUNCE_MS,
        parent: QObject | None = None,
    ) -> None:
        """No corpus and no question.

        Args:
            requests: what is asked.
            choice: of the bundle for a corpus; None: whatever bundle `requests` has.
            corpus_debounce_ms: how long a corpus has to stay the same.
            question_debounce_ms: the same of a question.
            parent: the Qt parent.
        """
        super().__init__(parent)
        self._requests = requests
        self._choice = choice
        self._route: Route | None = None  # of the corpus
        self._corpus: tuple[str, PassageUnit] = ("", "sentence")
        self._passages: Sequence[Sentence] = ()
        self._left_out = self._generation = 0
        self._index: PassageIndex | None = None
        self._question = ""
        self._question_vectors: OrderedDict[str, Any] = OrderedDict()
        self._reading: tuple[int, list[str], float] | None = None  # id, texts, when it was sent
        self._asking: tuple[int, str] | None = None  # id, question
        self._unanswerable = ""  # the question that failed last; not asked again by itself
        self._stopped = False
        self._batch, self._per_second = _SMALLEST, 0.0
        self._corpus_timer = self._timer(corpus_debounce_ms, self._split_corpus)
        self._question_timer = self._timer(question_debounce_ms, self._question_settled)
        self._refresh_timer = self._timer(200, self._answer)
        self._split.connect(self._on_split, Qt.ConnectionType.QueuedConnection)
        requests.answered.connect(self._on_answered)
        requests.failed.connect(self._on_failed)
        requests.replaced.connect(self._on_replaced)
        requests.worker_restarted.connect(self.worker_restarted)

    @property
    def passages(self) -> Sequence[Sentence]:
        """The passages of the corpus as last split."""
        return self._passages

    def set_corpus(self, text: str, unit: PassageUnit) -> None:
        """Search in another text, once it has stayed the same for the debounce time."""
        if (text, unit) != self._corpus:
            self._corpus = (text, unit)
            self._corpus_timer.start()

    def set_question(self, question: str) -> None:
        """Ask for the passages nearest to these words; blank words ask for nothing."""
        question = question.strip()
        if question != self._question:
            self._question, self._unanswerable = question, ""
            self._question_timer.start()

    @property
    def route(self) -> Route | None:
        """Where the corpus goes, None without a corpus or a choice."""
        return self._route

    def choose_again(self) -> None:
        """Ask the choice of bundles anew, for the same corpus and question."""
        self._choose()
        self._report()
        self._answer()
        self._ask()

    def stop_reading(self) -> None:
        """Read no further; what has been read stays searchable."""
        self._stopped = True
        self._report()

    def continue_reading(self) -> None:
        """Take up reading where it was stopped."""
        self._stopped = False
        self._report()
        self._ask()

    def _timer(self, interval_ms: int, slot: Any) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(interval_ms)
        timer.timeout.connect(slot)
        return timer

    def _split_corpus(self) -> None:
        self._generation += 1
        generation, (text, unit) = self._generation, self._corpus
        if len(text) <= _SPLIT_HERE:
            self._on_split(generation, split_passages(text, unit))
            return

        def split() -> None:
            self._split.emit(generation, split_passages(text, unit))

        threading.Thread(target=split, name="split corpus", daemon=True).start()

    def _on_split(self, generation: int, passages: Sequence[Sentence]) -> None:
        if generation != self._generation:
            return
        self._passages = passages[:MAX_PASSAGES]
        self._left_out = len(passages) - len(self._passages)
        if self._index is None:
            from desktop_app.corpus.passage_index import PassageIndex  # numpy: only when needed

            self._index = PassageIndex()
        self._index.set_passages(self._passages)
        self._stopped = False
        self._choose()
        self._report()
        self._answer()
        self._ask()

    def _choose(self) -> None:
        self._route = None
        if self._choice is not None and self._passages:
            self._route = self._choice.route(
                [passage.text for passage in self._passages[:PIECES_READ]]
            )

    def _has_bundle(self) -> bool:
        """Whether the bundle at hand is the one for this corpus; if not, say which one is."""
        if self._route is None:
            return self._choice is None and self._requests.ready
        if self._route.bundle == self._requests.bundle:
            return self._requests.ready
        if self._route.bundle is not None:
            self.bundle_wanted.emit(self._route.bundle)
        return False

    def _readable(self) -> bool:
        if self._route is None:
            return self._requests.ready
        return self._route.bundle is not None

    def _obstacle(self) -> LanguageObstacle | None:
        if self._route is None:
            return None
        if self._route.bundle is None:
            return LanguageObstacle(route=self._route, question="")
        if self._question and language_differs(self._question, self._route):
            return LanguageObstacle(route=self._route, question=self._question)
        return None

    def _question_settled(self) -> None:
        self._answer()
        self._ask()

    def _ask(self) -> None:
        """A question goes first; otherwise the next batch. One request is under way at a time."""
        if self._reading is not None or self._asking is not None or not self._has_bundle():
            return
        wanted = self._question not in ("", self._unanswerable, *self._question_vectors)
        if wanted and self._obstacle() is None:
            self._asking = (self._requests.submit("embed", [self._question]), self._question)
            return
        if self._stopped or self._index is None:
            return
        texts = self._index.next_missing(self._batch)
        if texts:
            self._reading = (self._requests.submit("embed", texts), texts, time.monotonic())
        self._report()

    def _on_answered(self, request_id: int, answer: Any) -> None:
        if self._asking is not None and self._asking[0] == request_id:
            self._question_vectors[self._asking[1]] = answer.vectors[0]
            self._asking = None
            while len(self._question_vectors) > 500:
                self._question_vectors.popitem(last=False)
            self._answer()
        elif self._reading is not None and self._reading[0] == request_id:
            _, texts, sent = self._reading
            self._reading = None
            self._pace(len(texts), time.monotonic() - sent)
            if self._index is not None:
                self._index.add(texts, answer.vectors, answer.truncated.tolist())
            self._report()
            if self._question and not self._refresh_timer.isActive():
                self._refresh_timer.start()
        else:
            return
        self._ask()

    def _pace(self, texts: int, seconds: float) -> None:
        rate = texts / max(seconds, 1e-3)
        self._per_second = 0.7 * self._per_second + 0.3 * rate if self._per_second else rate
        aimed = int(self._per_second * _BATCH_SECONDS)
        self._batch = min(max(aimed, _SMALLEST), 2 * self._batch, _LARGEST)

    def _on_failed(self, request_id: int, reason: str) -> None:
        if self._asking is not None and self._asking[0] == request_id:
            self._unanswerable = self._asking[1]
            self._asking = None
        elif self._reading is not None and self._reading[0] == request_id:
            self._reading = None
            self._stopped = True
        else:
            return
        self._report()
        self.failed.emit(reason)
        self._ask()

    def _on_replaced(self, _metadata: object) -> None:
        self._reading = self._asking = None
        self._question_vectors.clear()
        self._per_second, self._batch, self._stopped = 0.0, _SMALLEST, False
        if self._index is not None:
            self._index.forget_vectors()
        self._choose()
        self._report()
        self._answer()
        self._ask()

    def _answer(self) -> None:
        obstacle = self._obstacle()
        self.hindered.emit(obstacle)
        if not self._question or obstacle is not None:
            self.found.emit(None)
            return
        if self._route is not None and self._route.bundle != self._requests.bundle:
            return  # the vectors at hand are another bundle's
        vector = self._question_vectors.get(self._question)
        if vector is not None and self._index is not None:
            matches = self._index.nearest(vector, SHOWN)
            self.found.emit(SearchAnswer(question=self._question, matches=matches))

    def _report(self) -> None:
        done = self._index.known if self._index is not None else 0
        total = self._index.distinct if self._index is not None else 0
        self.progressed.emit(
            ReadingProgress(
                passages=len(self._passages),
                left_out=self._left_out,
                done=done,
                total=total,
                per_second=self._per_second,
                running=done < total and not self._stopped and self._readable(),
                stopped=self._stopped,
            )
        )
