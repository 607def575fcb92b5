"""A file before it is taken in: its first rows, and how it is being read."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QEvent, QLocale, QObject, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from desktop_app.documents.document_preview import DocumentPreview
from desktop_app.documents.read_options import ReadOptions
from desktop_app.item_models.preview_rows import PreviewRows
from desktop_app.numbers import whole
from desktop_app.views.card import Card
from desktop_app.views.choice_box import ChoiceBox
from desktop_app.views.design import Space, Type, set_type
from desktop_app.views.files.chip import Chip
from desktop_app.views.files.preview_delegate import PreviewDelegate
from desktop_app.views.files.warning_list import WarningList
from desktop_app.views.quiet_label import QuietLabel

ENCODINGS = (
    "utf-8", "gb18030", "big5", "utf-16-le", "utf-16-be", "cp1252", "shift_jis", "euc_kr",
    "windows-1251",
)  # fmt: skip
_ROW_HEIGHT, _COLUMN_WIDTH, _TEXT_WIDTH = 30, 130, 420


class ImportPanel(Card):
    """Every choice asks for a new preview at once; nothing is taken in before "Analyse"."""

    preview_wanted = Signal(object, object)  # Path, ReadOptions
    analysis_wanted = Signal(object, object, str, bool)  # Path, ReadOptions, text column, add
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Without a file."""
        super().__init__(padding=Space.WIDE - Space.HAIR, parent=parent)
        self._path = Path()
        self.following: tuple[Path, ...] = ()  # files that came with it
        self._options = ReadOptions()
        self._preview: DocumentPreview | None = None
        self._text_column = ""  # chosen by hand
        self._failed = False  # there is no preview of these options
        self._wanted = False  # the analysis: a second click would begin another
        self._name = QLabel(self)
        self._name.setTextFormat(Qt.TextFormat.PlainText)
        set_type(self._name, Type.STRONG)
        self._facts = QuietLabel(self)
        self.encoding_box, self.delimiter_box, self.sheet_box, self.unit_box, self.text_box = (
            ChoiceBox(self) for _ in range(5)
        )
        self.header_chip = Chip(self)
        self._captions = [QuietLabel(self) for _ in range(6)]
        self.warnings = WarningList(self)
        self.rows = PreviewRows(self)
        self.table = QTableView(self)
        self.delegate = PreviewDelegate(self.table)
        self._project = ""  # that is open
        self.add_chip = Chip(self)
        self.cancel_button = QPushButton(self)
        self.analyse_button = QPushButton(self)
        self.analyse_button.setProperty("main", True)
        self._hint = QuietLabel(self)
        self._lay_out()
        self._connect()
        self.retranslate()

    def begin(self, path: Path, *, project: str = "", following: Sequence[Path] = ()) -> None:
        """Ask for the preview of a file, read as it seems.

        Args:
            path: of the file.
            project: the name of the one that is open; "": none.
            following: files that came with it, and go where it goes.
        """
        self._project, self.following = project, tuple(following)
        self.add_chip.setChecked(False)
        self._path, self._options, self._preview = path, ReadOptions(), None
        self._text_column, self._failed, self._wanted = "", False, False
        self.rows.show(None)
        self.retranslate()
        self.preview_wanted.emit(path, self._options)

    def show_preview(self, preview: DocumentPreview) -> None:
        """Show the first rows."""
        self._preview, self._failed, self._wanted = preview, False, False
        if self._text_column not in preview.columns:
            self._text_column = ""
        self.rows.show(preview)
        self.retranslate()
        self._mark_text_column()

    def show_failure(self) -> None:
        """The file cannot be read so; a message says why, and other choices can be made."""
        self._failed, self._wanted = True, False
        self.retranslate()
        if self._preview is None:
            self.focus_first()

    @property
    def text_column(self) -> str:
        """The column that will be judged; "" where there is none."""
        if self._preview is None or not self._preview.columns:
            return ""
        return self._text_column or self._preview.text_column or self._preview.columns[0]

    def focus_first(self) -> None:
        """Put the keyboard where it goes on."""
        dead = self._failed and self._preview is None
        button = self.cancel_button if dead else self.analyse_button
        button.setFocus(Qt.FocusReason.OtherFocusReason)

    def retranslate(self) -> None:
        """Say everything in the current language."""
        preview = self._preview
        self._name.setText(self._path.name)
        self._facts.setText(self._facts_text())
        captions = (
            self.tr("Text to judge"),
            self.tr("Sheet"),
            self.tr("Encoding"),
            self.tr("Separator"),
            self.tr("A row is"),
            self.tr("First row"),
        )
        boxes = self._controls()
        for caption, control, text in zip(self._captions, boxes, captions, strict=True):
            caption.setText(text)
            control.setAccessibleName(text)
            if isinstance(control, ChoiceBox):
                control.view().setAccessibleName(text)
        self.header_chip.setText(self.tr("has names of columns"))
        self.header_chip.setAccessibleName(self.tr("The first row has names of columns"))
        self._fill(preview)
        self.warnings.show_warnings(preview.warnings if preview is not None else ())
        self.table.setAccessibleName(self.tr("First rows of the file"))
        added = self.tr("Add to “%1”").replace("%1", self._project)
        self.add_chip.setText(added)
        self.add_chip.setAccessibleName(added)
        self.add_chip.setVisible(bool(self._project))
        self.cancel_button.setText(self.tr("Not this file"))
        self.cancel_button.setAccessibleName(self.tr("Not this file"))
        self.analyse_button.setText(self.tr("Analyse"))
        self.analyse_button.setAccessibleName(self.tr("Analyse the file"))
        self.analyse_button.setVisible(preview is not None or not self._failed)
        self.analyse_button.setEnabled(bool(self.text_column) and not self._wanted)
        self._hint.setText(self._hint_text())

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Give the column of texts what room the table gets."""
        if event.type() == QEvent.Type.Resize:
            self._mark_text_column()
        return super().eventFilter(watched, event)

    def _controls(self) -> tuple[QWidget, ...]:
        return (
            self.text_box,
            self.sheet_box,
            self.encoding_box,
            self.delimiter_box,
            self.unit_box,
            self.header_chip,
        )

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(Space.MEDIUM)
        head.addWidget(self._name)
        head.addWidget(self._facts, 1)
        choices = QHBoxLayout()
        choices.setSpacing(Space.LARGE)
        for caption, control in zip(self._captions, self._controls(), strict=True):
            cell = QVBoxLayout()
            cell.setSpacing(Space.HAIR)
            cell.addWidget(caption)
            cell.addWidget(control)
            choices.addLayout(cell)
            if isinstance(control, ChoiceBox):
                control.setSizeAdjustPolicy(ChoiceBox.SizeAdjustPolicy.AdjustToContents)
                control.setMaximumWidth(220)
        choices.addStretch(1)
        for before, after in itertools.pairwise([*self._controls(), self.table]):
            QWidget.setTabOrder(before, after)
        self._set_up_table()
        foot = QHBoxLayout()
        foot.setSpacing(Space.MEDIUM)
        foot.addWidget(self._hint, 1)
        foot.addWidget(self.add_chip)
        foot.addWidget(self.cancel_button)
        foot.addWidget(self.analyse_button)
        self.column.setSpacing(Space.MEDIUM)
        self.column.addLayout(head)
        self.column.addLayout(choices)
        self.column.addWidget(self.warnings)
        self.column.addWidget(self.table, 1)
        self.column.addLayout(foot)

    def _set_up_table(self) -> None:
        table = self.table
        table.setModel(self.rows)
        table.viewport().installEventFilter(self)
        table.setItemDelegate(self.delegate)
        table.setFrameShape(QFrame.Shape.NoFrame)
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.setTabKeyNavigation(False)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        table.verticalHeader().hide()
        table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        table.verticalHeader().setDefaultSectionSize(_ROW_HEIGHT)
        header = table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setDefaultSectionSize(_COLUMN_WIDTH)
        header.setHighlightSections(False)
        header.setSectionsClickable(True)
        header.sectionClicked.connect(self._column_clicked)

    def _connect(self) -> None:
        self.encoding_box.activated.connect(lambda _: self._change("encoding", self.encoding_box))
        self.delimiter_box.activated.connect(
            lambda _: self._change("delimiter", self.delimiter_box)
        )
        self.sheet_box.activated.connect(lambda _: self._change("sheet", self.sheet_box))
        self.unit_box.activated.connect(lambda _: self._change("unit", self.unit_box))
        self.header_chip.clicked.connect(self._header_changed)
        self.text_box.activated.connect(self._text_column_chosen)
        self.cancel_button.clicked.connect(self.closed)
        self.analyse_button.clicked.connect(self._analyse)

    def _change(self, name: str, box: ChoiceBox) -> None:
        self._ask(replace(self._options, **{name: box.currentData()}))

    def _header_changed(self) -> None:
        self._ask(replace(self._options, header=self.header_chip.isChecked()))

    def _ask(self, options: ReadOptions) -> None:
        if options != self._options:
            self._options = options
            self.preview_wanted.emit(self._path, options)

    def _text_column_chosen(self) -> None:
        self._text_column = self.text_box.currentText()
        self._mark_text_column()
        self._hint.setText(self._hint_text())

    def _column_clicked(self, column: int) -> None:
        if self._preview is not None:
            self._text_column = self._preview.columns[column]
            self.retranslate()
            self._mark_text_column()

    def _mark_text_column(self) -> None:
        columns = self._preview.columns if self._preview is not None else ()
        place = columns.index(self.text_column) if self.text_column in columns else -1
        self.delegate.text_column = place
        room = self.table.viewport().width() - (len(columns) - 1) * _COLUMN_WIDTH
        wide = max(room, _TEXT_WIDTH)
        for number in range(len(columns)):
            self.table.setColumnWidth(number, wide if number == place else _COLUMN_WIDTH)
        self.table.viewport().update()

    def _analyse(self) -> None:
        if self.text_column:
            self._wanted = True
            if self.analyse_button.hasFocus():  # which would leave the page with the button
                self.table.setFocus(Qt.FocusReason.OtherFocusReason)
            self.analyse_button.setEnabled(False)
            add = bool(self._project) and self.add_chip.isChecked()
            self.analysis_wanted.emit(self._path, self._options, self.text_column, add)

    def _fill(self, preview: DocumentPreview | None) -> None:
        columns = () if preview is None else preview.columns
        self._offer(self.text_box, [(name, name) for name in columns], self.text_column)
        sheets = () if preview is None else preview.sheets
        sheet = None if preview is None else preview.sheet
        self._offer(self.sheet_box, [(name, name) for name in sheets], sheet)
        encoding = None if preview is None else preview.encoding
        known = list(ENCODINGS)
        if encoding is not None and encoding not in known:
            known.insert(0, encoding)
        encodings = [(name.upper(), name) for name in known] if encoding is not None else []
        self._offer(self.encoding_box, encodings, encoding)
        delimiter = None if preview is None else preview.delimiter
        delimiters = self._delimiters(delimiter) if delimiter is not None else []
        self._offer(self.delimiter_box, delimiters, delimiter)
        units = [(self.tr("a line"), "line"), (self.tr("a paragraph"), "paragraph")]
        plain = preview is not None and preview.kind == "txt"
        self._offer(self.unit_box, units if plain else [], self._options.unit)
        tabular = preview is not None and (delimiter is not None or bool(preview.sheets))
        self.header_chip.setVisible(tabular)
        self.header_chip.setChecked(preview is not None and preview.header)
        for caption, control in zip(self._captions, self._controls(), strict=True):
            caption.setVisible(not control.isHidden())

    def _offer(self, box: ChoiceBox, choices: list[tuple[str, str]], chosen: str | None) -> None:
        """Fill a box; one without a choice to make is not shown."""
        box.clear()
        for text, value in choices:
            box.addItem(text, value)
        values = [value for _, value in choices]
        box.setCurrentIndex(values.index(chosen) if chosen in values else -1)
        box.setVisible(len(choices) > (0 if box is self.text_box else 1))

    def _delimiters(self, shown: str) -> list[tuple[str, str]]:
        known = {
            ",": self.tr("comma ,"),
            ";": self.tr("semicolon ;"),
            "\t": self.tr("tab"),
            "|": self.tr("bar |"),
            "": self.tr("none"),
        }
        if shown not in known:
            known = {shown: shown, **known}
        return [(text, value) for value, text in known.items()]

    def _facts_text(self) -> str:
        preview = self._preview
        if preview is None:
            return "" if self._failed else self.tr("Reading the first rows…")
        parts = [self.tr("folder") if preview.kind == "folder" else preview.kind.upper()]
        parts.append(QLocale().formattedDataSize(preview.size, 1))
        parts.append(self.tr("%Ln column(s)", "", len(preview.columns)))
        return "  ·  ".join(parts)

    def _hint_text(self) -> str:
        if not self.text_column:
            return ""
        said = self.tr("The column “%1” will be judged; all other columns are kept beside it.")
        assert self._preview is not None
        if len(self._preview.columns) < 2:
            said = self.tr("The column “%1” will be judged.")
        shown = said.replace("%1", self.text_column)
        rows = len(self._preview.rows)
        shown += "  " + self.tr("%Ln row(s) shown here.", "", rows)
        return "  ".join(filter(None, [shown, self._following_text()]))

    def _following_text(self) -> str:
        if not self.following:
            return ""
        if len(self.following) == 1:
            said = self.tr("“%1” follows, read as it seems.")
            return said.replace("%1", self.following[0].name)
        said = self.tr("%1 more files follow, each read as it seems.")
        return said.replace("%1", whole(len(self.following)))
