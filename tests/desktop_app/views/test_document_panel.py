from pathlib import Path

from fake_project_session import FakeProjectSession
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget

from desktop_app.views.files.document_panel import DocumentPanel


def test_tab_goes_from_the_button_to_the_documents_that_it_opens(qtbot):
    page = QWidget()
    button, rows = QPushButton("Documents", page), QLineEdit(page)
    panel = DocumentPanel(button, page)
    column = QVBoxLayout(page)
    for each in (button, panel, rows):
        column.addWidget(each)
    qtbot.addWidget(page)
    session = FakeProjectSession(60)
    session.open_project(Path("/data/reviews.bertproject"))
    panel.show_documents(session.documents, {})
    panel.show()
    with qtbot.waitExposed(page):
        page.show()
    button.setFocus()
    qtbot.keyClick(button, Qt.Key.Key_Tab)
    qtbot.waitUntil(lambda: page.focusWidget() is panel.remove_buttons[0])
    for each in panel.remove_buttons:
        qtbot.keyClick(each, Qt.Key.Key_Tab)
    assert page.focusWidget() is rows
