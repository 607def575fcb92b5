"""What is said of imports, bundles and workers."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP

SESSION_SENTENCES = (
    QT_TRANSLATE_NOOP("Messages", "%1 has no column %2 of texts; choose one of %3."),
    QT_TRANSLATE_NOOP("Messages", "%1 changed while it was read. Import it again."),
    QT_TRANSLATE_NOOP("Messages", "%1 cannot be read (%2). Check that it is there and readable."),
    QT_TRANSLATE_NOOP("Messages", "%1: %2 What was read of it before stays, with its labels."),
    QT_TRANSLATE_NOOP(
        "Messages",
        "%1 cannot be read whole now (%2). What was read of it before stays, with its labels. "
        "Import it again when that can be read, or remove the document first.",
    ),
    QT_TRANSLATE_NOOP(
        "Messages",
        "%1 corrected labels belonged to rows that are no longer in the file.",
    ),
    QT_TRANSLATE_NOOP(
        "Messages",
        "Changed since it was read: %1. Import it again; what stayed the same is not judged again.",
    ),
    QT_TRANSLATE_NOOP("Messages", "Only a part was read, and the file is no longer there: %1."),
    QT_TRANSLATE_NOOP("Messages", "Not read: %1. Import them again."),
    QT_TRANSLATE_NOOP("Messages", "Not read yet: %1. Open the project again to go on."),
    QT_TRANSLATE_NOOP(
        "Messages",
        "Still to be read: %1. Go on, or cancel to leave out what was not read.",
    ),
    QT_TRANSLATE_NOOP("Messages", "Changed since it was chosen: %1. It is read as it is now."),
    QT_TRANSLATE_NOOP(
        "Messages",
        "To be read, but no longer there: %1. Put it back before you go on, or it is left out.",
    ),
    QT_TRANSLATE_NOOP(
        "Messages",
        "The list of what is still to be read is damaged. Import again what you do not find in the "
        "project.",
    ),
    QT_TRANSLATE_NOOP("Messages", "Texts are judged by their language."),
    QT_TRANSLATE_NOOP(
        "Messages",
        "There are no shipped bundles to choose from; open a bundle by its file.",
    ),
    QT_TRANSLATE_NOOP("Messages", "%1 is a bundle for %2; choose one for classification."),
    QT_TRANSLATE_NOOP(
        "Messages",
        "%1 is named for the language %2 but made for %3; rename the file, or choose the bundle by "
        "hand.",
    ),
    QT_TRANSLATE_NOOP("Messages", "The file of the bundle %1 was replaced; open it again."),
    QT_TRANSLATE_NOOP(
        "Messages",
        "There is no file %1 and no shipped bundle of that name (shipped: %2).",
    ),
    QT_TRANSLATE_NOOP("Messages", "The worker process failed %1 times on %2: %3."),
    QT_TRANSLATE_NOOP("Messages", "The worker process could not answer: %1"),
    QT_TRANSLATE_NOOP(
        "Messages",
        "The worker process ran out of memory; ask for fewer texts, or of a smaller bundle.",
    ),
    QT_TRANSLATE_NOOP("Messages", "The worker was closed."),
)
