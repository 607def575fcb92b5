"""Names of labels in the reader's language, where a label is a word that everyone uses."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication


def label_name(label: str) -> str:
    """The label as shown: translated if it is a usual sentiment class, else as the bundle has it.

    The bundle's own label is what is stored and exported; this is only for the eye.
    """
    translated = _usual_names().get(label.replace("_", " ").replace("-", " ").lower())
    return translated if translated is not None else label


def language_name(code: str) -> str:
    """The name of a bundle's language, or its code where it is not a usual one."""
    names = {
        "en": QCoreApplication.translate("LabelNames", "English"),
        "zh": QCoreApplication.translate("LabelNames", "Chinese"),
    }
    return names.get(code.lower(), code)


def _usual_names() -> dict[str, str]:
    return {
        "very negative": QCoreApplication.translate("LabelNames", "very negative"),
        "negative": QCoreApplication.translate("LabelNames", "negative"),
        "neutral": QCoreApplication.translate("LabelNames", "neutral"),
        "positive": QCoreApplication.translate("LabelNames", "positive"),
        "very positive": QCoreApplication.translate("LabelNames", "very positive"),
    }
