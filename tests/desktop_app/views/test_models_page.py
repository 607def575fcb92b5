"""The page of models on jobs that answer at once."""

import threading
from pathlib import Path

import pytest
from fake_models import FakeJob, fake_models
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from desktop_app.item_models.model_rows import ModelRole
from desktop_app.language import LanguageSwitch
from desktop_app.models.model_store import ModelStore
from desktop_app.views.models_page import ModelsPage


@pytest.fixture(scope="module")
def english(qapp):
    switch = LanguageSwitch(qapp)
    switch.use("en")
    yield
    switch.remove()


@pytest.fixture
def store(tmp_path):
    return ModelStore(tmp_path / "models")


@pytest.fixture
def session(qapp, store):
    made = fake_models(store)
    yield made
    made.close()


@pytest.fixture
def page(qtbot, english, session):
    made = ModelsPage(session)
    qtbot.addWidget(made)
    made.resize(1096, 774)
    made.show()
    qtbot.waitUntil(lambda: made.rows.rowCount() == 4)
    return made


@pytest.fixture
def added(page, session, qtbot):
    with qtbot.waitSignal(session.added):
        page.add_file(Path("/some/tickets.tflite"))
    return page


def said(page, row):
    return page.rows.data(page.rows.index(row), Qt.ItemDataRole.AccessibleTextRole)


def test_every_model_is_a_row_with_what_it_is(page):
    assert said(page, 2) == (
        "sentiment-en. comes with the program. Classification  ·  English  ·  4.8 MiB  ·  "
        "dynamic_wi8_afp32. praise, question, complaint"
    )
    assert "384 dimensions" in said(page, 0)
    assert page._facts.text() == "4 models"
    page.list.select_row(3)
    facts = dict(page.detail.facts.facts)
    assert facts["Licence"] == "weights: MIT" and facts["Origin"] == "comes with the program"
    assert "cosine_mean: 0.998" in page.detail.all_text.text()
    assert "random\\u202eweights" in page.detail.all_text.text()  # nothing invisible
    assert page.detail.remove_button.isHidden()
    page.detail.copy_button.click()
    assert QApplication.clipboard().text() == page.detail.entry.sha256
    QApplication.clipboard().clear()


def test_the_keyboard_is_on_the_list_once_it_is_there(qtbot, english, session):
    page = ModelsPage(session)
    qtbot.addWidget(page)
    page.focus_text()
    assert page.focusWidget() is not page.list  # it is not shown yet
    qtbot.waitUntil(lambda: page.rows.rowCount() == 4)
    assert page.focusWidget() is page.list


def test_a_file_is_added_and_chosen(added, store):
    assert added.detail.entry.name == "tickets" and added.add_panel.isHidden()
    assert "Added “tickets”" in added.messages.text
    assert said(added, 4).startswith("tickets. added by you")
    assert len(store.added()) == 1


def test_a_refused_file_says_why_and_keeps_the_hash(page, session, store, qtbot):
    page.add_button.click()
    assert page.add_panel.choose_button.hasFocus() or not page.isActiveWindow()
    page.add_panel.hash_field.setText("0" * 64)
    with qtbot.waitSignal(session.failed):
        page.add_panel.file_chosen.emit(Path("/some/bad.tflite"))
    assert "damaged or padded" in page.messages.text
    assert page.add_panel.isVisible() and page.add_panel.hash_field.text() == "0" * 64
    assert store.added() == ()
    qtbot.keyClick(page.add_panel, Qt.Key.Key_Escape)
    assert page.add_panel.isHidden()


def test_adding_is_shown_and_cancelled(page, session, monkeypatch, qtbot):
    monkeypatch.setattr(FakeJob, "held", threading.Event())
    page.add_file(Path("/some/tickets.tflite"))
    assert "tickets.tflite" in page.add_panel._advice.text()
    assert not page.add_button.isEnabled() and not page.detail.speed.button.isEnabled()
    page.add_file(Path("/some/other.tflite"))
    assert "Wait" in page.messages.text
    with qtbot.waitSignal(session.cancelled):
        page.add_panel.cancel_button.click()
    assert page.add_button.isEnabled() and page.detail.speed.button.isEnabled()


def test_the_self_test_and_the_speed_are_said(page, session, qtbot):
    detail = page.detail
    assert detail.selftest.result.text() == "Not tested here."
    with qtbot.waitSignal(session.measured):
        detail.selftest.button.click()
    assert detail.selftest.result.text() == (
        "Passed: on this processor the answers differ by at most 0.0042 from those on the machine "
        "that made the file (allowed: 0.1), and by at most 0.019 from the model before it was made "
        "small."
    )
    with qtbot.waitSignal(session.measured):
        detail.speed.button.click()
    assert detail.speed.result.text() == (
        "776 short texts a second at best.\n"
        "One text alone: 5.1 ms for 16 word pieces  ·  21.9 ms for 64 word pieces"
    )
    page.list.select_row(2)
    assert detail.speed.result.text() == "Not measured here."


def test_a_measurement_is_shown_on_its_model_alone_and_cancelled(page, session, monkeypatch, qtbot):
    monkeypatch.setattr(FakeJob, "held", threading.Event())
    page.detail.speed.button.click()
    assert "Being measured, about 20 seconds left" in page.detail.speed.result.text()
    page.list.select_row(1)
    assert page.detail.speed.result.text() == "Not measured here."
    assert not page.detail.speed.button.isEnabled()
    page.list.select_row(0)
    with qtbot.waitSignal(session.cancelled):
        page.detail.speed.cancel_button.click()
    assert page.detail.speed.result.text() == "Not measured here."


def test_what_a_model_is_used_for_follows_its_task(page, qtbot):
    wanted = []
    page.use_wanted.connect(lambda use, bundle: wanted.append((use, bundle)))
    assert page.detail.use_files_button.isHidden()
    page.detail.use_text_button.click()
    page.list.select_row(2)
    page.detail.use_text_button.click()
    page.detail.use_files_button.click()
    assert wanted == [
        ("embeddings", "embedding-en"),
        ("classify", "sentiment-en"),
        ("files", "sentiment-en"),
    ]


def test_removing_asks_in_place(added, qtbot):
    removals = []
    added.removal_wanted.connect(removals.append)
    detail = added.detail
    detail.remove_button.click()
    assert detail.question.text == "Remove “tickets”? Its copy on this computer is deleted."
    qtbot.keyClick(detail.question, Qt.Key.Key_Escape)
    assert detail.question.text == "" and removals == []
    detail.remove_button.click()
    detail.question.yes_button.click()
    assert removals == [detail.entry]


def test_a_damaged_file_is_shown_and_cannot_be_used(page, store, session, qtbot):
    place = store.place_for(task="classification", name="damaged", sha256="0" * 64)
    place.parent.mkdir(parents=True)
    place.write_bytes(b"x")
    with qtbot.waitSignal(session.listed):
        session.refresh()
    page.list.select_row(4)
    assert page.rows.data(page.rows.index(4), ModelRole.ENTRY).fault == "This file was cut short."
    assert "cut short" in page.detail._fault.text() and page.detail._fault.isVisible()
    hidden = (page.detail.use_text_button, page.detail.use_files_button, page.detail.selftest)
    assert all(each.isHidden() for each in hidden)
    assert page.detail.remove_button.isVisible()
