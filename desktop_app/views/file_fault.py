"""What is wrong with a text file, in the reader's language."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from desktop_app.corpus.text_file import MAX_TEXT_BYTES, TextFileError, TextFileFault
from desktop_app.numbers import whole


def fault_text(error: TextFileError) -> str:
    """One sentence that names the file, the trouble and a way out."""
    match error.fault:
        case TextFileFault.BINARY:
            text = QCoreApplication.translate(
                "FileFault",
                "“%1” is not a plain text file. Save its content as text (UTF-8) first.",
            )
        case TextFileFault.NOT_UTF8:
            text = QCoreApplication.translate(
                "FileFault",
                "“%1” is not written in UTF-8 (%2). Save it again with the encoding UTF-8.",
            )
        case TextFileFault.TOO_LARGE:
            text = QCoreApplication.translate(
                "FileFault", "“%1” is too large for this page (%2; at most %3 bytes)."
            )
        case TextFileFault.EMPTY:
            text = QCoreApplication.translate("FileFault", "“%1” holds no text.")
        case _:
            text = QCoreApplication.translate("FileFault", "“%1” could not be read (%2).")
    text = text.replace("%3", whole(MAX_TEXT_BYTES))
    return text.replace("%2", error.detail).replace("%1", error.path.name)
