"""A project session without threads or files: it holds rows in memory and answers at once."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from PySide6.QtCore import QObject, Signal

from bert_tf.text.sentences import split_sentences
from desktop_app.analysis.job_progress import JobProgress
from desktop_app.analysis.row_explanation import SentenceExplanation
from desktop_app.documents.document_preview import DocumentPreview
from desktop_app.documents.open_document import preview_document
from desktop_app.projects.document import Document, ProjectRow
from desktop_app.projects.source_identity import SourceIdentity
from desktop_app.projects.table_columns import TableColumns
from desktop_app.projects.verdict import VERDICT_STATUSES, StoredJudgement
from desktop_app.results.provenance import Provenance
from export.runtime.explanation import Explanation, WordInfluence
from export.runtime.results import Classification

LABELS = ("very negative", "negative", "neutral", "positive", "very positive")
VALUES = (-4.0, -2.0, 0.0, 2.0, 4.0)
BUNDLE = Provenance(
    name="fake-en",
    sha256="e" * 64,
    language="en",
    recipe="none",
    licence="free",
    labels=LABELS,
    label_values=VALUES,
)
STATUSES = (*VERDICT_STATUSES, "ok", "ragged")
OK, RAGGED = STATUSES.index("ok"), STATUSES.index("ragged")
LANGUAGES = ("en", "zh", "fr", "")
REVIEWS = (
    "The room was lovely and the staff were kind.",
    "It broke after two days. I want my money back!",
    "\u8d28\u91cf\u5f88\u597d\uff0c\u6211\u975e\u5e38\u559c\u6b22\u3002",
    "Delivered on Tuesday.",
    "Le film \u00e9tait magnifique.",
    "",
)
_LABEL_OF = (4, 0, 3, 2, -1, -1)
_LANGUAGE_OF = (0, 0, 1, 0, 2, 3)


def columns_of(rows: int) -> TableColumns:
    """Columns of so many rows; texts, labels and scores follow from the number of the row."""
    number = np.arange(rows)
    kind = number % len(REVIEWS)
    label = np.array(_LABEL_OF, np.int16)[kind]
    judged = label >= 0
    status = np.where(kind == 4, VERDICT_STATUSES.index("unsupported language"), 0)
    status = np.where(kind == 5, VERDICT_STATUSES.index("blank"), status)
    spread = (number * 7919 % 997) / 997
    values = np.array([*VALUES, np.nan], np.float32)
    return TableColumns(
        rows=(number + 1).astype(np.int32),
        documents=np.ones(rows, np.int32),
        texts=(number + 1).astype(np.int32),
        read_status=np.where(number % 50 == 7, RAGGED, OK).astype(np.uint8),
        label=label,
        confidence=np.where(judged, 0.3 + 0.7 * spread, np.nan).astype(np.float32),
        valence=np.where(judged, values[label] * (0.6 + 0.4 * spread), np.nan).astype(np.float32),
        language=np.array(_LANGUAGE_OF, np.int16)[kind],
        status=status.astype(np.uint8),
        uncertain=judged & (spread < 0.1),
        corrected=np.full(rows, -1, np.int16),
        labels=LABELS,
        languages=LANGUAGES,
        statuses=STATUSES,
    )


class FakeProjectSession(QObject):
    """Signals and methods of `ProjectSession`."""

    preview_ready = Signal(object)
    opened = Signal()
    closed = Signal()
    state_changed = Signal(str)
    progressed = Signal(object)
    columns_changed = Signal(object)
    job_ended = Signal(str)
    failed = Signal(str)
    found = Signal(object)
    exported = Signal(str)
    export_ended = Signal(bool, object)
    explained = Signal(int, object)
    history_changed = Signal(bool, bool)
    document_removed = Signal(str)

    def __init__(self, rows: int = 60, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows = rows
        self._columns: TableColumns | None = None
        self._undo: list[tuple[Any, Any]] = []
        self._redo: list[tuple[Any, Any]] = []
        self.asked: list[tuple[Any, ...]] = []
        self.reads = 0  # calls of `rows`
        self.recent: tuple[Path, ...] = ()
        self.state = "empty"
        self.project_path: Path | None = None
        self.project_name = ""
        self.provenance = (BUNDLE,)
        self.chosen_bundle: str | None = None
        self.documents: tuple[Document, ...] = ()
        self.following: tuple[Path, ...] = ()  # of the last import
        self.fault: str | None = None  # the reason why a preview fails

    def columns(self) -> TableColumns:
        if self._columns is None:
            raise RuntimeError("No project is open.")
        return self._columns

    def preview(self, path: Path, options: Any) -> None:
        self.asked.append(("preview", path, options))
        if self.fault is not None:
            self.failed.emit(self.fault)
            return
        shown: DocumentPreview = preview_document(path, options)
        self.preview_ready.emit(shown)

    def import_document(
        self,
        path: Path,
        options: Any,
        text_column: str,
        *,
        bundle: str | None = None,
        following: tuple[Path, ...] = (),
    ) -> None:
        self.following = following
        self.asked.append(("import", path, options, text_column))
        self.chosen_bundle = bundle
        self._open(path.with_suffix(".bertproject"))
        self.state = "judging"
        self.tell_progress(0)

    def open_project(self, path: Path) -> None:
        self.asked.append(("open", path))
        self._open(path)
        self.state = "ready"

    def close_project(self) -> None:
        self.asked.append(("close",))
        self._columns, self.project_path, self.state = None, None, "empty"
        self.closed.emit()

    def use_bundle(self, bundle: str | None) -> None:
        self.asked.append(("use", bundle))
        if self.fault is not None:
            self.failed.emit(self.fault)
            return
        self.chosen_bundle = bundle
        self.job_ended.emit("cancelled")  # what was judged by another one
        self.tell_progress(0)

    def remove_document(self, document: int) -> None:
        self.asked.append(("remove", document))
        (gone,) = (each for each in self.documents if each.id == document)
        self.documents = tuple(each for each in self.documents if each.id != document)
        keep = self.columns().documents != document
        self._columns = columns_of(int(keep.sum()))
        self.columns_changed.emit(self._columns)
        self.document_removed.emit(Path(gone.path).name)

    def pause(self) -> None:
        self.state = "paused"
        self.job_ended.emit("paused")

    def resume(self) -> None:
        self.state = "judging"
        self.tell_progress(self._rows // 2)

    def cancel(self) -> None:
        self.state = "ready"
        self.job_ended.emit("cancelled")

    def finish(self) -> None:
        """All is judged."""
        self.state = "ready"
        self.columns_changed.emit(self.columns())
        self.job_ended.emit("done")

    def tell_progress(self, done: int) -> None:
        """So many texts are judged."""
        self.progressed.emit(
            JobProgress(
                stage="judging", done=done, total=self._rows, rate=212.4, seconds_left=150.0
            )
        )

    def rows(self, ordinals: Any) -> list[ProjectRow]:
        self.reads += 1
        return [self._row(int(each)) for each in ordinals]

    def cells(self, place: int, first: int, last: int) -> list[tuple[int, str]]:
        return [(row, self._row(row - 1).cells[place]) for row in range(first, last + 1)]

    def search(self, words: str) -> None:
        self.asked.append(("search", words))
        hits = [
            place
            for place in range(len(self.columns()))
            if all(word in self.text(place).lower() for word in words.lower().split())
        ]
        self.found.emit(np.array(hits, np.intp))

    def correct(self, ordinals: Any, label: str | None) -> None:
        self.asked.append(("correct", list(ordinals), label))
        number = -1 if label is None else LABELS.index(label)
        before = self.columns().corrected.copy()
        after = before.copy()
        after[list(ordinals)] = number
        self._undo.append((before, after))
        self._redo.clear()
        self._give(after)

    def undo(self) -> None:
        if self._undo:
            step = self._undo.pop()
            self._redo.append(step)
            self._give(step[0])

    def redo(self) -> None:
        if self._redo:
            step = self._redo.pop()
            self._undo.append(step)
            self._give(step[1])

    def explain(self, ordinal: int) -> None:
        self.asked.append(("explain", ordinal))
        sentences = tuple(
            SentenceExplanation(sentence=each, explanation=_explanation(each.text))
            for each in split_sentences(self.text(ordinal))
        )
        self.explained.emit(ordinal, sentences)

    def export(self, path: Path, options: Any, **how: Any) -> None:
        self.asked.append(("export", path, options, how))
        self.exported.emit(str(path))

    def shutdown(self) -> None:
        self.asked.append(("shutdown",))

    def text(self, place: int) -> str:
        """The text of a row."""
        return REVIEWS[place % len(REVIEWS)]

    def _open(self, path: Path) -> None:
        self._columns = columns_of(self._rows)
        self.project_path, self.project_name = path, path.stem
        self.recent = (path, *(each for each in self.recent if each != path))
        self.documents = (
            Document(
                id=1,
                path=str(path.with_suffix(".csv")),
                source=SourceIdentity(size=1, modified_ns=1, fingerprint="a"),
                options={},
                columns=("id", "review", "product", "date"),
                text_column=1,
                row_count=self._rows,
                complete=True,
                added="2026-01-01T00:00:00+00:00",
            ),
        )
        self.opened.emit()
        self.history_changed.emit(False, False)

    def _give(self, corrected: Any) -> None:
        self._columns = replace(self.columns(), corrected=corrected)
        self.columns_changed.emit(self._columns)
        self.history_changed.emit(bool(self._undo), bool(self._redo))

    def _row(self, place: int) -> ProjectRow:
        columns = self.columns()
        label, given = int(columns.label[place]), int(columns.corrected[place])
        text = self.text(place)
        rest = (1.0 - float(columns.confidence[place])) / 4 if label >= 0 else 0.0
        scores = [rest] * 5
        if label >= 0:
            scores[label] = float(columns.confidence[place])
        return ProjectRow(
            id=place + 1,
            document=1,
            ordinal=place,
            cells=(
                f"{place:05}",
                text,
                ("kettle", "lamp", "chair")[place % 3],
                f"2026-{place % 12 + 1:02}-11",
            ),
            text=text,
            text_id=place + 1,
            status=STATUSES[columns.read_status[place]],
            note="",
            verdict=StoredJudgement(
                text_id=place + 1,
                language=LANGUAGES[columns.language[place]],
                status=STATUSES[columns.status[place]],
                bundle=BUNDLE.sha256 if label >= 0 else None,
                label=LABELS[label] if label >= 0 else None,
                scores=tuple(scores) if label >= 0 else (),
                valence=float(columns.valence[place]) if label >= 0 else None,
                uncertain=bool(columns.uncertain[place]),
            ),
            corrected=LABELS[given] if given >= 0 else None,
        )


def _explanation(text: str) -> Explanation:
    words, start = [], 0
    for number, word in enumerate(text.split()):
        start = text.index(word, start)
        influence = (0.4, -0.3, 0.1)[number % 3]
        words.append(
            WordInfluence(
                text=word,
                start=start,
                end=start + len(word),
                influence=influence,
                valence_influence=4 * influence,
                truncated=False,
            )
        )
        start += len(word)
    scores = dict(zip(LABELS, (0.02, 0.03, 0.15, 0.6, 0.2), strict=True))
    verdict = Classification(
        label="positive", scores=scores, valence=1.9, tokens=len(words), truncated=False
    )
    return Explanation(verdict=verdict, words=tuple(words))
