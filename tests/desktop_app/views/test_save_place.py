"""The dialog itself, Qt's own, driven as by a person."""

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QMessageBox, QWidget

from desktop_app.results.summary import Distribution
from desktop_app.views.files.chart_card import ChartCard
from desktop_app.views.files.export_button import ExportButton
from desktop_app.views.files.label_chart import LabelChart
from desktop_app.views.save_place import save_place
from desktop_app.views.verdict_style import VerdictStyle


class Person:
    """Answers dialogs: types a name into the first, accepts the next as it is, and so on."""

    def __init__(self, names, replace):
        self.names, self.replace = list(names), replace
        self.seen, self.questions = [], []
        self.timer = QTimer()
        self.timer.timeout.connect(self._act)
        self.timer.start(50)

    def _act(self):
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, QMessageBox):
            self.questions.append(dialog.text())
            button = QMessageBox.StandardButton
            dialog.button(button.Yes if self.replace else button.No).click()
        elif isinstance(dialog, QFileDialog):
            edit = dialog.findChild(QLineEdit, "fileNameEdit")
            if not self.names:
                dialog.reject()
                return
            self.seen.append(edit.text())
            name = self.names.pop(0)
            if name is not None:
                edit.setText(name)
            QTimer.singleShot(0, dialog.accept)  # it may ask, and a timer waits for its own end


@pytest.fixture
def ask(qtbot, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    window = QWidget()
    qtbot.addWidget(window)
    people = []

    def asked(*names, replace=False):
        person = Person(names, replace)
        people.append(person)
        place = save_place(window, "Save", "survey 1.2", "csv")
        person.timer.stop()
        return place, person

    yield asked
    for person in people:
        person.timer.stop()


def test_an_ending_that_was_not_typed_is_added(ask, tmp_path):
    place, person = ask(str(tmp_path / "results"))
    assert place == tmp_path / "results.csv"
    assert person.seen == ["survey 1.2.csv"] and person.questions == []
    assert ask(str(tmp_path / "results.tsv"))[0] == tmp_path / "results.tsv"
    assert ask()[0] is None


@pytest.mark.parametrize("replace", [True, False])
def test_a_file_of_the_name_with_its_ending_is_asked_about(ask, tmp_path, replace):
    there = tmp_path / "results.csv"
    there.touch()
    place, person = ask(str(tmp_path / "results"), None, replace=replace)
    assert person.seen == ["survey 1.2.csv", "results.csv"]
    assert len(person.questions) == 1 and "results.csv" in person.questions[0]
    assert place == (there if replace else None)


def test_charts_and_exports_ask_by_it(qtbot, tmp_path, monkeypatch):
    there = tmp_path / "results.csv"
    there.write_bytes(b"precious")
    chart = LabelChart()
    labels = ("negative", "positive")
    figures = Distribution(
        labels=labels, counts=(3, 1), not_judged=0, uncertain=0, mean_valence=None
    )
    chart.show_figures(figures, VerdictStyle(labels=labels))
    card, button = ChartCard(chart), ExportButton()
    button.project_name = "reviews"
    wanted = []
    button.export_wanted.connect(lambda path, report: wanted.append((path, report)))
    for widget in (card, button):
        qtbot.addWidget(widget)
    for action in (card.menu.actions()[2], button.actions_by_form["csv"]):
        answers = [str(tmp_path / "results"), ""]  # the second time nothing
        monkeypatch.setattr(
            QFileDialog, "getSaveFileName", lambda *_, each=answers: (each.pop(0), "")
        )
        action.trigger()
        assert answers == []
    assert wanted == [] and there.read_bytes() == b"precious"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "new"), ""))
    card.menu.actions()[2].trigger()
    assert (tmp_path / "new.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    button.actions_by_form["html"].trigger()
    assert wanted == [(tmp_path / "new.html", True)]
