"""From text being typed to verdicts, sentence by sentence, never showing a stale one."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from desktop_app.corpus.sentences import Sentence, split_sentences
from desktop_app.corpus.verdict import Analysis, Verdict, overall_verdict
from desktop_app.inference.worker_requests import WorkerRequests

DEBOUNCE_MS = 150  # typing pauses shorter than this are not answered
_FIRST_BATCH, _BATCH = 12, 48  # texts in one request: the first answer soon, then about 1/4 s
_REMEMBERED = 20_000  # verdicts kept, so that an edit asks only for what changed


class ClassifySession(QObject):
    """Keeps one text analysed: asks the worker for what is missing, batch by batch."""

    analysed = Signal(object)  # Analysis, complete or on the way
    failed = Signal(str)  # reason; the analysis stays as far as it came
    worker_restarted = Signal(str)

    def __init__(
        self,
        requests: WorkerRequests,
        *,
        debounce_ms: int = DEBOUNCE_MS,
        parent: QObject | None = None,
    ) -> None:
        """An empty text, asking `requests`."""
        super().__init__(parent)
        self._requests = requests
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

    def analyse_now(self) -> None:
        """Do not wait for the debounce time."""
        self._timer.stop()
        self._begin()

    def _begin(self) -> None:
        self._sentences = split_sentences(self._text)
        self._active = True
        self._publish()
        self._ask()

    def _ask(self) -> None:
        """Send the next batch of what is not known yet; one request is under way at a time."""
        if not self._active or self._pending is not None or not self._requests.ready:
            return
        wanted = self._missing()
        if wanted:
            self._pending = (self._requests.submit("classify", wanted), wanted)

    def _missing(self) -> list[str]:
        wanted: dict[str, None] = {}
        if self._sentences and self._text not in self._known:
            wanted[self._text] = None
        size = _FIRST_BATCH if wanted else _BATCH
        for sentence in self._sentences:
            if len(wanted) >= size:
                break
            if sentence.text not in self._known:
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
        verdicts = [self._known.get(sentence.text) for sentence in self._sentences]
        overall = overall_verdict(self._known.get(self._text), verdicts)
        self.analysed.emit(
            Analysis(text=self._text, sentences=self._sentences, verdicts=verdicts, overall=overall)
        )

    def _forget_oldest(self) -> None:
        while len(self._known) > max(_REMEMBERED, 2 * len(self._sentences)):
            self._known.popitem(last=False)
