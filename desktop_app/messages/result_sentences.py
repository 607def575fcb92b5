"""What is said of a place that results are to be written to."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP

RESULT_SENTENCES = (
    QT_TRANSLATE_NOOP("Messages", "Cannot write %1: %2. Nothing was written there."),
    QT_TRANSLATE_NOOP(
        "Messages",
        "Cannot write %1: it is a pipe or a device, not a file. Name a file.",
    ),
    QT_TRANSLATE_NOOP(
        "Messages",
        "Writing %1 would destroy the file that is analysed; choose another name.",
    ),
    QT_TRANSLATE_NOOP(
        "Messages",
        "%1 is in the folder that is analysed, where it could destroy a document and would be read "
        "as one the next time; choose a place outside.",
    ),
    QT_TRANSLATE_NOOP("Messages", "There is no column %1; there are %2."),
    QT_TRANSLATE_NOOP("Messages", "There is no output format %1; choose one of %2."),
    QT_TRANSLATE_NOOP(
        "Messages",
        "The name %1 does not say in what form to write; end it with %2, or name a format (%3).",
    ),
    QT_TRANSLATE_NOOP("Messages", "The table has %1 columns, a sheet %2; write a .csv instead."),
    QT_TRANSLATE_NOOP("Messages", "The rows have changed; export again."),
    QT_TRANSLATE_NOOP("Messages", "The writing was called off; nothing was written."),
)

PLACE_FRAGMENTS = (
    QT_TRANSLATE_NOOP("Messages", "the disk is full. Make room, or choose another place"),
    QT_TRANSLATE_NOOP(
        "Messages",
        "your share of the disk is used up. Make room, or choose another place",
    ),
    QT_TRANSLATE_NOOP(
        "Messages",
        "the disk does not take files of that size. Choose another place",
    ),
    QT_TRANSLATE_NOOP("Messages", "the disk is read-only. Choose another place"),
    QT_TRANSLATE_NOOP(
        "Messages",
        "it is write-protected, or open in another program. Close it there, or choose another name",
    ),
    QT_TRANSLATE_NOOP(
        "Messages",
        "another program uses it. Close it there, or choose another name",
    ),
    QT_TRANSLATE_NOOP("Messages", "the folder does not exist. Make it, or choose another place"),
    QT_TRANSLATE_NOOP("Messages", "it is a folder. Name a file in it"),
    QT_TRANSLATE_NOOP("Messages", "the name is too long. Choose a shorter one"),
    QT_TRANSLATE_NOOP(
        "Messages",
        "the disk does not answer. Is it still connected? Choose another place",
    ),
    QT_TRANSLATE_NOOP("Messages", "%1. Choose another place"),
)
