"""A button with a menu: in which form results are written."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QMenu, QWidget

from desktop_app.views.menu_button import MenuButton
from desktop_app.views.save_place import save_place

FORMS = ("csv", "xlsx", "jsonl", "html")


class ExportButton(MenuButton):
    """Asks for a place; the writing is the session's."""

    export_wanted = Signal(object, bool)  # Path, whether it is the report

    def __init__(self, parent: QWidget | None = None) -> None:
        """For a project yet unknown."""
        super().__init__(parent)
        self.project_name = ""
        self.menu_of_forms = QMenu(self)
        self.actions_by_form = {form: self.menu_of_forms.addAction("") for form in FORMS}
        for form, action in self.actions_by_form.items():
            action.triggered.connect(lambda _on, each=form: self._ask(each))
        self.setMenu(self.menu_of_forms)
        self.retranslate()

    def retranslate(self) -> None:
        """Say everything in the current language."""
        self.setText(self.tr("Export"))
        self.setAccessibleName(self.tr("Export the results"))
        self.actions_by_form["csv"].setText(self.tr("Table (CSV)…"))
        self.actions_by_form["xlsx"].setText(self.tr("Excel (XLSX)…"))
        self.actions_by_form["jsonl"].setText(self.tr("JSON lines…"))
        self.actions_by_form["html"].setText(self.tr("Report (HTML)…"))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _ask(self, form: str) -> None:
        path = save_place(self, self.tr("Export the results"), self.project_name, form)
        if path is not None:
            self.export_wanted.emit(path, form == "html")
