"""How far the analysis of a file is: a bar, rate, time left, and buttons to pause or cancel."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop_app.analysis.job_progress import JobProgress
from desktop_app.numbers import whole
from desktop_app.views.design import Space
from desktop_app.views.progress_line import ProgressLine
from desktop_app.views.quiet_label import QuietLabel


class JobBar(QWidget):
    """Hidden while nothing runs."""

    pause_wanted = Signal()
    resume_wanted = Signal()
    cancel_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Nothing runs."""
        super().__init__(parent)
        self._progress: JobProgress | None = None
        self._paused = False
        self._line = ProgressLine(self)
        self._label = QuietLabel(self)
        self.pause_button = QPushButton(self)
        self.pause_button.clicked.connect(self._pause_clicked)
        self.cancel_button = QPushButton(self)
        self.cancel_button.clicked.connect(self.cancel_wanted)
        row = QHBoxLayout()
        row.setSpacing(Space.SMALL)
        row.addWidget(self._label, 1)
        row.addWidget(self.pause_button)
        row.addWidget(self.cancel_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.HAIR)
        column.addLayout(row)
        column.addWidget(self._line)
        self.hide()
        self.retranslate()

    @property
    def text(self) -> str:
        """The figures as shown."""
        return self._label.text()

    def show_progress(self, progress: JobProgress) -> None:
        """Show how far a job is."""
        self._progress = progress
        self._paused = progress.paused
        self.show()
        self.retranslate()

    def show_paused(self) -> None:
        """Show that the job stands still until it is asked to go on."""
        self._paused = True
        self.show()
        self.retranslate()

    def end(self) -> None:
        """Nothing runs any more."""
        self._progress, self._paused = None, False
        self.hide()

    def retranslate(self) -> None:
        """Say it in the current language."""
        self.pause_button.setText(self.tr("Go on") if self._paused else self.tr("Pause"))
        self.pause_button.setAccessibleName(
            self.tr("Go on with the analysis") if self._paused else self.tr("Pause the analysis")
        )
        self.cancel_button.setText(self.tr("Cancel"))
        self.cancel_button.setAccessibleName(self.tr("Cancel the analysis"))
        progress = self._progress
        total = progress.total if progress is not None else None
        self._line.show_share(progress.done / total if progress is not None and total else 0.0)
        text = self._text(progress) if progress is not None else self.tr("Starting…")
        if self._paused and progress is None:
            text = self.tr("Paused")
        self._label.setText(text)
        self.setAccessibleName(self.tr("Progress of the analysis"))
        self.setAccessibleDescription(text)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _text(self, progress: JobProgress) -> str:
        parts = [self._done(progress).replace("%1", whole(progress.done))]
        if progress.total is not None:
            parts[0] = parts[0].replace("%2", whole(progress.total))
        if self._paused and progress.total == 0:  # documents wait, and no row of them is here
            return self.tr("Paused")
        if self._paused:
            return "  ·  ".join([self.tr("Paused"), *parts])
        if progress.rate > 0:
            rate = whole(round(progress.rate)) if progress.rate >= 1 else "<1"
            parts.append(self.tr("%1 a second").replace("%1", rate))
        if progress.seconds_left is not None:
            parts.append(self._time_left(progress.seconds_left))
        return "  ·  ".join(parts)

    def _done(self, progress: JobProgress) -> str:
        known = progress.total is not None
        match progress.stage:
            case "reading":
                return self.tr("%1 of %2 rows read") if known else self.tr("%1 rows read")
            case "judging":
                return self.tr("%1 of %2 texts judged") if known else self.tr("%1 texts judged")
            case _:
                return self.tr("%1 of %2 rows written") if known else self.tr("%1 rows written")

    def _time_left(self, seconds: float) -> str:
        if seconds < 60:
            return self.tr("less than a minute left")
        if seconds < 5400:
            return self.tr("about %Ln minute(s) left", "", round(seconds / 60))
        return self.tr("about %Ln hour(s) left", "", round(seconds / 3600))

    def _pause_clicked(self) -> None:
        (self.resume_wanted if self._paused else self.pause_wanted).emit()
