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
    """The name of a language, or its code where it is not a usual one."""
    return _usual_languages().get(code.lower(), code)


def _usual_languages() -> dict[str, str]:
    return {
        "en": QCoreApplication.translate("LabelNames", "English"),
        "zh": QCoreApplication.translate("LabelNames", "Chinese"),
        "ar": QCoreApplication.translate("LabelNames", "Arabic"),
        "de": QCoreApplication.translate("LabelNames", "German"),
        "es": QCoreApplication.translate("LabelNames", "Spanish"),
        "fr": QCoreApplication.translate("LabelNames", "French"),
        "hi": QCoreApplication.translate("LabelNames", "Hindi"),
        "it": QCoreApplication.translate("LabelNames", "Italian"),
        "ja": QCoreApplication.translate("LabelNames", "Japanese"),
        "ko": QCoreApplication.translate("LabelNames", "Korean"),
        "nl": QCoreApplication.translate("LabelNames", "Dutch"),
        "pl": QCoreApplication.translate("LabelNames", "Polish"),
        "pt": QCoreApplication.translate("LabelNames", "Portuguese"),
        "ru": QCoreApplication.translate("LabelNames", "Russian"),
        "th": QCoreApplication.translate("LabelNames", "Thai"),
        "tr": QCoreApplication.translate("LabelNames", "Turkish"),
        "vi": QCoreApplication.translate("LabelNames", "Vietnamese"),
    }


def _usual_names() -> dict[str, str]:
    return {
        "very negative": QCoreApplication.translate("LabelNames", "very negative"),
        "negative": QCoreApplication.translate("LabelNames", "negative"),
        "neutral": QCoreApplication.translate("LabelNames", "neutral"),
        "positive": QCoreApplication.translate("LabelNames", "positive"),
        "very positive": QCoreApplication.translate("LabelNames", "very positive"),
    }
