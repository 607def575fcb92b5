"""From text being typed to verdicts, sentence by sentence, never showing a stale one."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from bert_tf.text.sentences import Sentence, split_sentences
from desktop_app.corpus.route import Route, language_differs
from desktop_app.corpus.verdict import Analysis, Verdict, overall_verdict
from desktop_app.inference.bundle_choice import BundleChoice
from desktop_app.inference.worker_requests import WorkerRequests

DEBOUNCE_MS = 150  # typing pauses shorter than this are not answered
_FIRST_BATCH, _BATCH = 12, 48  # texts in one request: the first answer soon, then about 1/4 s
_FOREIGN = Verdict(label=None, foreign=True)
_REMEMBERED = 20_000  # verdicts kept, so that an edit asks only for what changed


class ClassifySession(QObject):
    """Keeps one text analysed: asks the worker for what is missing, batch by batch."""

    analysed = Signal(object)  # Analysis, complete or on the way
    failed = Signal(str)  # reason; the analysis stays as far as it came
    bundle_wanted = Signal(str)  # name or path; the text waits for a worker on it
    worker_restarted = Signal(str)

    def __init__(
        self,
        requests: WorkerRequests,
        *,
        choice: BundleChoice | None = None,
        debounce_ms: int = DEBOUNCE_MS,
        parent: QObject | None = None,
    ) -> None:
        """An empty text.

        Args:
            requests: what is asked.
            choice: of the bundle for each text; None: whatever bundle `requests` has.
            debounce_ms: how long a text has to stay the same.
            parent: the Qt parent.
        """
        super().__init__(parent)
        self._requests = requests
        self._choice = choice
        self._route: Route | None = None  # of the text
        self._foreign: set[str] = set()  # sentences in another language than the text
        self._text = ""
        self._sentences: Sequence[Sentence] = ()
        self._known: OrderedDict[str, Verdict] = OrderedDict()
        self._pending: tuple[int, list[str]] | None = None  # request id and its texts
        self._active = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(debounce_ms)
        self._timer.timeout.connect(self._begin)
        requests.answered.connect(self._on_answered)
        requests.failed.connect(self._on_failed)
        requests.replaced.connect(self._on_replaced)
        requests.worker_restarted.connect(self.worker_restarted)

    @property
    def text(self) -> str:
        """The text that is or will be analysed."""
        return self._text

    def set_text(self, text: str) -> None:
        """Analyse another text, once it has stayed the same for the debounce time."""
        if text == self._text:
            return
        self._text = text
        self._active = False  # answers that still come only feed the memory
        self._timer.start()

    @property
    def route(self) -> Route | None:
        """Where the text goes, None without a text or a choice."""
        return self._route

    def analyse_now(self) -> None:
        """Do not wait for the debounce time; ask the choice of bundles anew."""
        self._timer.stop()
        self._begin()

    def _begin(self) -> None:
        self._sentences = split_sentences(self._text)
        self._route, self._foreign = None, set()
        if self._choice is not None and self._sentences:
            pieces = [sentence.text for sentence in self._sentences]
            route = self._route = self._choice.route(pieces)
            self._foreign = {piece for piece in pieces if language_differs(piece, route)}
        self._active = True
        self._publish()
        self._ask()

    def _ask(self) -> None:
        """Send the next batch of what is not known yet; one request is under way at a time."""
        if not self._active or self._pending is not None or not self._has_bundle():
            return
        wanted = self._missing()
        if wanted:
            self._pending = (self._requests.submit("classify", wanted), wanted)

    def _has_bundle(self) -> bool:
        """Whether the bundle at hand is the one for this text; if not, say which one is."""
        if self._route is None or self._route.bundle == self._requests.bundle:
            return self._requests.ready
        if self._route.bundle is not None:
            self.bundle_wanted.emit(self._route.bundle)
        return False

    def _missing(self) -> list[str]:
        wanted: dict[str, None] = {}
        if self._sentences and not self._foreign and self._text not in self._known:
            wanted[self._text] = None
        size = _FIRST_BATCH if wanted else _BATCH
        for sentence in self._sentences:
            if len(wanted) >= size:
                break
            if sentence.text not in self._known and sentence.text not in self._foreign:
                wanted[sentence.text] = None
        return list(wanted)

    def _on_answered(self, request_id: int, answers: Any) -> None:
        if self._pending is None or self._pending[0] != request_id:
            return
        _, texts = self._pending
        self._pending = None
        for text, answer in zip(texts, answers, strict=True):
            self._known[text] = Verdict.of(answer)
        if self._active:
            self._publish()
        self._forget_oldest()
        self._ask()

    def _on_failed(self, request_id: int, reason: str) -> None:
        if self._pending is None or self._pending[0] != request_id:
            return
        self._pending = None
        self._active = False  # asking again at once would only fail again; the next edit asks
        self.failed.emit(reason)

    def _on_replaced(self, _metadata: object) -> None:
        self._known.clear()
        self._pending = None
        if not self._timer.isActive():
            self._begin()

    def _publish(self) -> None:
        fits = self._route is None or self._route.bundle == self._requests.bundle
        known = self._known if fits else {}  # not what another bundle said
        verdicts = [
            _FOREIGN if sentence.text in self._foreign else known.get(sentence.text)
            for sentence in self._sentences
        ]
        whole = None if self._foreign else known.get(self._text)
        self.analysed.emit(
            Analysis(
                text=self._text,
                sentences=self._sentences,
                verdicts=verdicts,
                overall=overall_verdict(whole, verdicts),
                route=self._route,
            )
        )

    def _forget_oldest(self) -> None:
        while len(self._known) > max(_REMEMBERED, 2 * len(self._sentences)):
            self._known.popitem(last=False)
