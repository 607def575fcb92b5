"""Parts of sentences, and notes on a row, which are no sentences."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP

SYSTEM_FRAGMENTS = (  # the system's own words
    QT_TRANSLATE_NOOP("Messages", "No such file or directory"),
    QT_TRANSLATE_NOOP("Messages", "Permission denied"),
    QT_TRANSLATE_NOOP("Messages", "Operation not permitted"),
    QT_TRANSLATE_NOOP("Messages", "Is a directory"),
    QT_TRANSLATE_NOOP("Messages", "Not a directory"),
    QT_TRANSLATE_NOOP("Messages", "Input/output error"),
    QT_TRANSLATE_NOOP("Messages", "No space left on device"),
    QT_TRANSLATE_NOOP("Messages", "Read-only file system"),
    QT_TRANSLATE_NOOP("Messages", "File name too long"),
)

DOCUMENT_FRAGMENTS = (
    QT_TRANSLATE_NOOP("Messages", "a row %1 behind row %2"),
    QT_TRANSLATE_NOOP("Messages", "a cell in column %1"),
    QT_TRANSLATE_NOOP("Messages", "it is empty"),
    QT_TRANSLATE_NOOP("Messages", "%1 cannot be reached"),
    QT_TRANSLATE_NOOP("Messages", "and %1 more"),
    QT_TRANSLATE_NOOP("Messages", "%1, and %2 more"),
    QT_TRANSLATE_NOOP("Messages", "%1 is neither a file nor a folder."),
    QT_TRANSLATE_NOOP("Messages", "the process that read this was lost (%1)"),
    QT_TRANSLATE_NOOP("Messages", "no sign of life for %1 seconds"),
    QT_TRANSLATE_NOOP("Messages", "killed by %1"),
    QT_TRANSLATE_NOOP("Messages", "exit code %1"),
    QT_TRANSLATE_NOOP("Messages", "%1 bytes that are no SQLite database"),
    QT_TRANSLATE_NOOP("Messages", "a database of another program"),
    QT_TRANSLATE_NOOP("Messages", "tables of version %1"),
    QT_TRANSLATE_NOOP("Messages", "names that are no text"),
    QT_TRANSLATE_NOOP("Messages", "settings of %1 bytes"),
    QT_TRANSLATE_NOOP("Messages", "settings that are no JSON"),
    QT_TRANSLATE_NOOP("Messages", "%1 cells for %2 columns"),
    QT_TRANSLATE_NOOP("Messages", "%1 characters are damaged or not %2"),
    QT_TRANSLATE_NOOP("Messages", "a cell of %1 characters was cut to %2"),
    QT_TRANSLATE_NOOP("Messages", "empty row"),
    QT_TRANSLATE_NOOP("Messages", "%1 empty rows in one place, left out but for this one"),
    QT_TRANSLATE_NOOP("Messages", "longer than a preview shows"),
    QT_TRANSLATE_NOOP("Messages", "not an object"),
    QT_TRANSLATE_NOOP("Messages", "left out, since no earlier row has it: %1"),
    QT_TRANSLATE_NOOP("Messages", "the page is damaged"),
    QT_TRANSLATE_NOOP("Messages", "a page without text, perhaps a scan"),
    QT_TRANSLATE_NOOP("Messages", "the document wants a password; save it without one"),
    QT_TRANSLATE_NOOP("Messages", "hidden files"),
    QT_TRANSLATE_NOOP("Messages", "links to folders"),
    QT_TRANSLATE_NOOP("Messages", "devices and pipes"),
    QT_TRANSLATE_NOOP("Messages", "files of other kinds"),
    QT_TRANSLATE_NOOP("Messages", "links that lead nowhere or files that cannot be read"),
    QT_TRANSLATE_NOOP("Messages", "folders that cannot be listed"),
    QT_TRANSLATE_NOOP("Messages", "folders more than %1 deep"),
    QT_TRANSLATE_NOOP("Messages", "beyond the first %1 names"),
    QT_TRANSLATE_NOOP("Messages", "beyond the first %1 documents"),
    QT_TRANSLATE_NOOP("Messages", "not JSON: %1"),
    QT_TRANSLATE_NOOP("Messages", "left out, since the table has no such column: %1"),
)
