"""What a project says of itself and its drive."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP

PROJECT_SENTENCES = (
    QT_TRANSLATE_NOOP("Messages", "There is no project %1. It may have been moved or renamed."),
    QT_TRANSLATE_NOOP("Messages", "Cannot read %1: %2. Check the name and your rights."),
    QT_TRANSLATE_NOOP(
        "Messages",
        "The project %1 was made by a later version of this program (tables of version %2, known "
        "are up to %3). It was not touched; update the program.",
    ),
    QT_TRANSLATE_NOOP("Messages", "The project %1 was made by a later version."),
    QT_TRANSLATE_NOOP(
        "Messages",
        "%1 is not a project: %2. Choose a file that ends in .bertproject; documents are imported "
        "into a project instead.",
    ),
    QT_TRANSLATE_NOOP(
        "Messages",
        "Cannot make the project %1: %2. Choose a folder where you may write.",
    ),
    QT_TRANSLATE_NOOP(
        "Messages",
        "%1 exists already and is not overwritten. Open it, or choose another name.",
    ),
    QT_TRANSLATE_NOOP(
        "Messages",
        "Cannot bring %1 to the newest version: %2. It is as it was; make room or copy it "
        "elsewhere, and try again.",
    ),
    QT_TRANSLATE_NOOP("Messages", "The project %1 was closed."),
    QT_TRANSLATE_NOOP(
        "Messages",
        "The project %1 is damaged (%2). It was left as it is; open a backup of it, or save what "
        "can still be read into a new one: bert-desktop rescue.",
    ),
    QT_TRANSLATE_NOOP("Messages", "The project is damaged: %1 holds no numbers."),
    QT_TRANSLATE_NOOP(
        "Messages",
        "The project is damaged: it counts from %1 to %2, possible are 0 to %3.",
    ),
    QT_TRANSLATE_NOOP("Messages", "The project is damaged: its statuses are not its own."),
    QT_TRANSLATE_NOOP("Messages", "The project is damaged: its rows are not in order."),
    QT_TRANSLATE_NOOP("Messages", "The project is damaged: its cells are no lists."),
    QT_TRANSLATE_NOOP("Messages", "Nothing of %1 can be read; open a backup of it."),
    QT_TRANSLATE_NOOP(
        "Messages",
        "The drive of %1 is full (%2). Nothing that was saved before is lost; make room and try "
        "again.",
    ),
    QT_TRANSLATE_NOOP(
        "Messages",
        "The project %1 cannot be written (%2). Copy it to a folder where you may write, and open "
        "the copy.",
    ),
    QT_TRANSLATE_NOOP(
        "Messages",
        "The project %1 is being used by another program (%2). Close it there and try again.",
    ),
    QT_TRANSLATE_NOOP(
        "Messages",
        "The drive of %1 does not answer as it should (%2). Nothing that was saved before was "
        "changed; check the drive and try again.",
    ),
    QT_TRANSLATE_NOOP(
        "Messages",
        "Cannot open %1: its drive cannot lock files (%2), so two programs could spoil it. Copy it "
        "to a drive of this computer.",
    ),
    QT_TRANSLATE_NOOP(
        "Messages",
        "The project %1 is open in another window or process. Close it there first, or open a "
        "copy.",
    ),
    QT_TRANSLATE_NOOP(
        "Messages",
        "Cannot open %1: its folder cannot be written (%2). Copy the project to a folder where you "
        "may write.",
    ),
    QT_TRANSLATE_NOOP("Messages", "The project has no document %1."),
    QT_TRANSLATE_NOOP("Messages", "The project has no row %1."),
    QT_TRANSLATE_NOOP("Messages", "The text column must be one of %1 columns, received %2."),
    QT_TRANSLATE_NOOP(
        "Messages",
        "%1 has been imported already. To read it again, add it anew and let it replace the old "
        "one.",
    ),
    QT_TRANSLATE_NOOP(
        "Messages",
        "A project holds at most %1 rows; this one has %2 and %3 more were to come. Import a "
        "sample of the file, or judge all of it with `bert-desktop analyze`.",
    ),
    QT_TRANSLATE_NOOP("Messages", "A project holds at most %1 %2, received %3."),
    QT_TRANSLATE_NOOP("Messages", "At most %1 rows get a label at once, received %2."),
    QT_TRANSLATE_NOOP("Messages", "A label needs a name, received %1."),
    QT_TRANSLATE_NOOP(
        "Messages",
        "%1 of %2 corrected labels would find no row in what is read now. Check how it is read "
        "(encoding, separator, header), or import it into a new project.",
    ),
    QT_TRANSLATE_NOOP("Messages", "The bundle %1 is not known in this project; add it first."),
    QT_TRANSLATE_NOOP(
        "Messages",
        "The verdict %1 on text %2 does not fit its bundle: %3 scores for the labels %4.",
    ),
)
