"""The verdict on the whole text: the label in large letters, the scale, the class bars."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from desktop_app.corpus.route import Route
from desktop_app.corpus.verdict import Verdict
from desktop_app.label_names import label_name
from desktop_app.numbers import percent, signed, whole
from desktop_app.route_words import route_words
from desktop_app.tooltip_text import tooltip_text
from desktop_app.views.card import Card
from desktop_app.views.design import Space, Type, set_type
from desktop_app.views.fitting_label import FittingLabel
from desktop_app.views.probability_bars import ProbabilityBars
from desktop_app.views.quiet_label import QuietLabel
from desktop_app.views.valence_scale import ValenceScale
from desktop_app.views.verdict_style import VerdictStyle


class VerdictPanel(Card):
    """Shows one verdict of any bundle."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Without a verdict."""
        super().__init__(padding=Space.WIDE - Space.HAIR, parent=parent)
        self._style = VerdictStyle()
        self._verdict: Verdict | None = None
        self._max_length = 0
        self._route: Route | None = None
        self._heading = QuietLabel(self)
        self._origin = FittingLabel(self)  # which bundle judged, and why
        self._label = QLabel(self)
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        set_type(self._label, Type.DISPLAY)
        self._figure = QuietLabel(self, step=Type.TITLE)
        self._scale = ValenceScale(self)
        self._bars = ProbabilityBars(self)
        self._basis = QuietLabel(self)
        self._basis.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        row = QHBoxLayout()
        row.setSpacing(Space.MEDIUM)
        row.addWidget(self._label, 1, Qt.AlignmentFlag.AlignBaseline)
        row.addWidget(self._figure, 0, Qt.AlignmentFlag.AlignBaseline)
        head = QHBoxLayout()
        head.setSpacing(Space.MEDIUM)
        head.addWidget(self._heading)
        head.addWidget(self._origin, 1)
        self.column.addLayout(head)
        self.column.addLayout(row)
        self.column.addSpacing(Space.HAIR)
        self.column.addWidget(self._scale)
        self.column.addSpacing(Space.SMALL)
        self.column.addWidget(self._bars)
        self.column.addWidget(self._basis)
        self.retranslate()

    def show_verdict(
        self,
        style: VerdictStyle,
        verdict: Verdict | None,
        max_length: int,
        route: Route | None = None,
    ) -> None:
        """Show a verdict, or that there is none yet.

        Args:
            style: how verdicts of the bundle look.
            verdict: on the whole text.
            max_length: word pieces that the bundle reads at once.
            route: which bundle judges and why.
        """
        self._style, self._verdict, self._max_length = style, verdict, max_length
        self._route = route
        self.retranslate()

    def retranslate(self) -> None:
        """Say it in the current language."""
        verdict = self._verdict
        self._heading.setText(self.tr("Overall"))
        origin = route_words(self._route) if self._route is not None else ""
        self._origin.show_text(origin)
        if verdict is None or verdict.label is None:
            self._label.setText("…")
            self._figure.setText("")
        else:
            name = label_name(verdict.label)
            self._label.setText(name[:1].upper() + name[1:])
            self._figure.setText(self._figures(verdict))
        self._scale.show_valence(self._style, verdict.valence if verdict else None)
        self._bars.show_verdict(self._style, verdict)
        basis = self._basis_text(verdict)
        self._basis.setText(basis)
        self._basis.setToolTip(tooltip_text(basis))
        self._basis.setVisible(bool(basis))
        spoken = " ".join((self._heading.text(), self._label.text(), self._figure.text()))
        self.setAccessibleName(spoken)
        self.setAccessibleDescription(origin)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _figures(self, verdict: Verdict) -> str:
        if verdict.valence is not None and self._style.scale is not None:
            return signed(verdict.valence)
        return percent(verdict.confidence)

    def _basis_text(self, verdict: Verdict | None) -> str:
        if verdict is None:
            return ""
        if verdict.basis == "sentences":
            text = self.tr("Mean of its sentences · %1 word pieces, %2 read at once")
            if verdict.tokens <= self._max_length:  # some are in a language it does not read
                text = self.tr("Mean of the sentences that have a verdict")
        elif verdict.truncated:
            text = self.tr("Judged by its beginning · %1 word pieces, %2 read at once")
        else:
            return ""
        return text.replace("%1", whole(verdict.tokens)).replace("%2", whole(self._max_length))
