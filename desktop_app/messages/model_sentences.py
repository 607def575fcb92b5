"""What is said of files of models: when one is added, listed or tested."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP

MODEL_SENTENCES = (
    QT_TRANSLATE_NOOP(
        "Messages",
        "A sha256 has %1 digits from 0 to 9 and a to f; received %2 characters that are none. "
        "Paste it again, or leave the field empty.",
    ),
    QT_TRANSLATE_NOOP(
        "Messages",
        "This file is another one: its sha256 is %1, expected %2. Get it again; nothing was added.",
    ),
    QT_TRANSLATE_NOOP(
        "Messages",
        "It does not give the answers it was sealed with: %1 The file is damaged or forged, or "
        "this processor computes otherwise; get it again, or export it here.",
    ),
    QT_TRANSLATE_NOOP(
        "Messages",
        "This is not the file that was added: its sha256 is %1… now. Remove it and add the model "
        "again.",
    ),
    QT_TRANSLATE_NOOP("Messages", "%1 is not a file. Choose a .tflite file."),
    QT_TRANSLATE_NOOP("Messages", "The file has %1 bytes; a model has at most %2."),
    QT_TRANSLATE_NOOP("Messages", "The file changed while it was read. Wait until it is complete."),
    QT_TRANSLATE_NOOP("Messages", "The file cannot be read: %1."),
    QT_TRANSLATE_NOOP("Messages", "%1 was not added here, so it is not removed."),
    QT_TRANSLATE_NOOP("Messages", "The process that read the file was lost (%1)."),
    QT_TRANSLATE_NOOP("Messages", "The model takes more memory than its process may have."),
    QT_TRANSLATE_NOOP("Messages", "It cannot be used: %1"),
    QT_TRANSLATE_NOOP(
        "Messages",
        "This is not a .tflite file (%1). Choose a bundle, a file that `bert-export build` wrote.",
    ),
    QT_TRANSLATE_NOOP(
        "Messages",
        "This .tflite file is no bundle of this program: its archive lacks %1. Export it with "
        "`bert-export build`.",
    ),
    QT_TRANSLATE_NOOP("Messages", "This file has %1"),
    QT_TRANSLATE_NOOP(
        "Messages",
        "no bundle data at its end: it is a plain .tflite of another program, or it was cut short "
        "while being copied. Export it with `bert-export build`, or copy it again.",
    ),
    QT_TRANSLATE_NOOP("Messages", "The archive at the end of this file is damaged or padded. %1"),
    QT_TRANSLATE_NOOP("Messages", "Export the bundle again; do not edit it with zip programs."),
    QT_TRANSLATE_NOOP("Messages", "%1 has %2 bytes where the manifest says %3. %4"),
    QT_TRANSLATE_NOOP("Messages", "%1 has sha256 %2... where the manifest says %3.... %4"),
    QT_TRANSLATE_NOOP("Messages", "The network"),
    QT_TRANSLATE_NOOP(
        "Messages",
        "The file is damaged or was changed after it was sealed; get it again.",
    ),
    QT_TRANSLATE_NOOP("Messages", "%1 is of schema version %2, this program reads version %3. %4."),
    QT_TRANSLATE_NOOP("Messages", "Update this program"),
    QT_TRANSLATE_NOOP("Messages", "%1 Export the bundle again."),
    QT_TRANSLATE_NOOP("Messages", "%1 has %2 bytes; a bundle has at most %3."),
    QT_TRANSLATE_NOOP(
        "Messages",
        "%1 has %2 bytes, this computer %3 bytes of memory. Choose a smaller bundle.",
    ),
    QT_TRANSLATE_NOOP("Messages", "%1 cannot be read: %2."),
    QT_TRANSLATE_NOOP("Messages", "Rows of the project are missing. Open it again."),
    QT_TRANSLATE_NOOP(
        "Messages",
        "The network of %1 gave NaN or infinity for a text of %2 tokens. Export the bundle again "
        "and run `bert-edge selftest`.",
    ),
)
