"""What a file, a bundle or a path says is never taken for HTML."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6 import QtGui
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QLabel, QWidget

from desktop_app.documents.open_document import preview_document
from desktop_app.documents.table_row import TableRow
from desktop_app.item_models.preview_rows import PreviewRows
from desktop_app.tooltip_text import tooltip_text
from desktop_app.views.files.label_buttons import LabelButtons
from desktop_app.views.files.recent_button import RecentButton
from desktop_app.views.fitting_label import FittingLabel
from desktop_app.views.verdict_style import VerdictStyle

HOSTILE = '<b>x</b><img src="file:///etc/hostname" width=300>  &amp; "two"\nlines'


class Watched(QTextDocument):
    """Counts what it would load, as a tip does."""

    def __init__(self):
        super().__init__()
        self.loaded = []

    def loadResource(self, kind, name):
        self.loaded.append(name)
        return None


def shown(tip: str) -> str:
    """What a tip shows."""
    document = Watched()
    if QtGui.Qt.mightBeRichText(tip):
        document.setHtml(tip)
        document.adjustSize()
    else:
        document.setPlainText(tip)
    assert document.loaded == []
    return document.toPlainText()


@pytest.mark.parametrize("text", [HOSTILE, "plain", "a  b\tc", "1 < 2", "&lt;", "<!--"])
def test_a_tip_shows_the_text_as_it_is(qapp, text):
    assert shown(tooltip_text(text)) == text


def test_no_text_is_no_tip():
    assert tooltip_text("") == ""


def test_the_note_on_a_row_of_a_file(tmp_path):
    rows = PreviewRows()
    (tmp_path / "a.csv").write_text("a\nfirst words\n")
    row = TableRow(("cell",), "ragged", HOSTILE)
    rows.show(replace(preview_document(tmp_path / "a.csv"), rows=(row,)))
    assert shown(rows.index(0, 0).data(Qt.ItemDataRole.ToolTipRole)) == HOSTILE


def test_labels_and_paths(qtbot):
    parent = QWidget()
    qtbot.addWidget(parent)
    buttons = LabelButtons(parent)
    buttons.show_labels(VerdictStyle(), [HOSTILE])
    assert HOSTILE in shown(buttons.buttons[0].toolTip())
    line = FittingLabel(parent)
    line.show_text(HOSTILE)
    assert shown(line.toolTip()) == HOSTILE
    path = Path("/data/<img src=x>.bertproject")
    assert shown(RecentButton(path, parent).toolTip()) == str(path)


def test_every_label_of_the_window_is_plain(desktop):
    labels = desktop.window.findChildren(QLabel)
    rich = [label for label in labels if label.textFormat() != Qt.TextFormat.PlainText]
    assert len(labels) > 20 and rich == []
