"""Why a bundle judges a text, or why none does, in the reader's language."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from desktop_app.corpus.route import Route
from desktop_app.label_names import language_name
from desktop_app.models.file_name import shown_name


def bundle_name(bundle: str) -> str:
    """What a bundle is called in a list: its name, or the name of its file."""
    return shown_name(bundle)


def route_words(route: Route) -> str:
    """Which bundle judges, and why; an empty string where none does."""
    if route.bundle is None:
        return ""
    if route.by_hand:
        words = QCoreApplication.translate("RouteWords", "%1, chosen by hand")
    elif route.basis == "default":
        words = QCoreApplication.translate("RouteWords", "%1, taking these few words for %2")
    else:
        words = QCoreApplication.translate("RouteWords", "%1, because the text is in %2")
    words = words.replace("%1", bundle_name(route.bundle))
    return words.replace("%2", language_name(route.language or ""))


def unread_words(language: str | None, languages: Sequence[str]) -> str:
    """Why no model reads a text, and what to do about it.

    Args:
        language: that the text seems to be in, None where nothing tells.
        languages: that there are models for.
    """
    words = QCoreApplication.translate("RouteWords", "%1 %2")  # Chinese needs no space
    return words.replace("%1", detected_words(language)).replace("%2", supported_words(languages))


def detected_words(language: str | None) -> str:
    """What language a text seems to be in."""
    if language is None:
        return QCoreApplication.translate(
            "RouteWords", "There are no words here that tell the language."
        )
    words = QCoreApplication.translate("RouteWords", "The text seems to be in %1.")
    return words.replace("%1", language_name(language))


def supported_words(languages: Sequence[str]) -> str:
    """What languages there are models for, and what to do about another."""
    names = QCoreApplication.translate("RouteWords", ", ").join(map(language_name, languages))
    words = QCoreApplication.translate(
        "RouteWords",
        "The models here read: %1. To use one all the same, choose it by hand at the top.",
    )
    return words.replace("%1", names)
