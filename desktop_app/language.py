"""The language of the interface, changed while the window is open."""

from __future__ import annotations

from collections.abc import Collection
from importlib.resources import as_file, files
from typing import Literal, get_args

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from desktop_app.sample_text import SampleLanguage

Language = Literal["en", "zh_CN"]
LANGUAGES: tuple[Language, ...] = get_args(Language)
OWN_NAMES = {"en": "English", "zh_CN": "简体中文"}  # each in its own words, never translated


def system_language() -> Language:
    """The first of the system's languages that the interface speaks."""
    for name in QLocale.system().uiLanguages():
        if name.replace("_", "-").startswith(("zh-Hans", "zh-CN", "zh-SG")):
            return "zh_CN"
        if name.startswith("en"):
            return "en"
    return "en"


def example_language(supported: Collection[str]) -> SampleLanguage:
    """The language of the examples: that of the interface, if a bundle reads it.

    Args:
        supported: languages with a bundle.
    """
    chinese = QLocale().language() == QLocale.Language.Chinese and "zh" in supported
    return "zh" if chinese else "en"


class LanguageSwitch:
    """Holds the translators of one application; every widget hears of a change by its event."""

    def __init__(self, application: QApplication) -> None:
        """The application speaks as the source does until `use` is called."""
        self._application = application
        self._installed: list[QTranslator] = []
        self.language: Language = "en"

    def use(self, language: Language) -> None:
        """Speak another language.

        Raises:
            ValueError: for a language that has no translation.
        """
        if language not in LANGUAGES:
            raise ValueError(f"language must be one of {', '.join(LANGUAGES)}, got {language!r}.")
        self.language = language
        QLocale.setDefault(QLocale("en_US" if language == "en" else language))
        self.remove()
        self._install("qtbase_" + language, QLibraryInfo.path(_QT_TRANSLATIONS))
        folder = files("desktop_app") / "resources" / "translations"
        with as_file(folder) as path:
            self._install("desktop_app_" + language, str(path))

    def remove(self) -> None:
        """Speak as the source does again."""
        for translator in self._installed:
            self._application.removeTranslator(translator)
        self._installed = []

    def _install(self, name: str, folder: str) -> None:
        translator = QTranslator(self._application)
        if translator.load(name, folder):
            self._application.installTranslator(translator)
            self._installed.append(translator)


_QT_TRANSLATIONS = QLibraryInfo.LibraryPath.TranslationsPath
