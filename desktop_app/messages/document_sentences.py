"""What the readers of documents say of a file."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP

DOCUMENT_SENTENCES = (
    QT_TRANSLATE_NOOP(
        "Messages",
        "%1 cannot be opened (%2). Check that the file is there and readable.",
    ),
    QT_TRANSLATE_NOOP("Messages", "%1 is a folder or a device, not a file. Choose a document."),
    QT_TRANSLATE_NOOP(
        "Messages",
        "%1 could not be read on (%2). Check the disk or the connection, then open it again.",
    ),
    QT_TRANSLATE_NOOP("Messages", "%1 changed while it was read. Open it again."),
    QT_TRANSLATE_NOOP("Messages", "%1 vanished while it was read. Open it again."),
    QT_TRANSLATE_NOOP("Messages", "%1 could not be read (%2). It may be damaged."),
    QT_TRANSLATE_NOOP(
        "Messages",
        "%1 is not a text file, whatever its name says. Choose a table, a text, a Word document or "
        "a PDF.",
    ),
    QT_TRANSLATE_NOOP("Messages", "%1 is not %2 (%3). Choose another one."),
    QT_TRANSLATE_NOOP(
        "Messages",
        "%1 is a zip file, but no workbook and no Word document. Unpack it and choose a document, "
        "or the folder.",
    ),
    QT_TRANSLATE_NOOP("Messages", "%1 has no part %2: it is no Word document."),
    QT_TRANSLATE_NOOP("Messages", "%1 cannot be listed (%2)."),
    QT_TRANSLATE_NOOP("Messages", "%1 holds no document that can be read (%2)."),
    QT_TRANSLATE_NOOP(
        "Messages",
        "%1 could not be read, or had other columns, when the folder was looked at (%2). Read the "
        "folder again.",
    ),
    QT_TRANSLATE_NOOP(
        "Messages",
        "%1 is one JSON value of %2 bytes; at most %3 can be read. Save it as JSON lines, one "
        "object a line.",
    ),
    QT_TRANSLATE_NOOP("Messages", "%1 is neither JSON nor JSON lines (%2). Repair or convert it."),
    QT_TRANSLATE_NOOP(
        "Messages",
        "%1 is %2, whose reader can end the process that it runs in. Read it through "
        "ParserProcess.",
    ),
    QT_TRANSLATE_NOOP(
        "Messages",
        "%1 has %2 bytes; a workbook of this kind may have %3. Save it as XLSX or CSV.",
    ),
    QT_TRANSLATE_NOOP(
        "Messages",
        "%1 is damaged or no workbook (%2). Open it in a spreadsheet program and save it again.",
    ),
    QT_TRANSLATE_NOOP(
        "Messages",
        "%1 is damaged or no workbook (%2: %3). Open it in a spreadsheet program and save it "
        "again.",
    ),
    QT_TRANSLATE_NOOP(
        "Messages",
        "%1 has %2; a sheet counts up to %3 rows and %4 columns, in order. Open it in a "
        "spreadsheet program and save it again.",
    ),
    QT_TRANSLATE_NOOP("Messages", "%1 holds no sheet with cells. Choose another file."),
    QT_TRANSLATE_NOOP("Messages", "%1 has no sheet %2; it has %3. Choose one of these."),
    QT_TRANSLATE_NOOP("Messages", "%1 has rows of %2 columns; its preview had %3. Open it again."),
    QT_TRANSLATE_NOOP("Messages", "%1 gave no preview. Open it again."),
    QT_TRANSLATE_NOOP("Messages", "Reading %1 was cancelled."),
    QT_TRANSLATE_NOOP(
        "Messages",
        "The process that reads documents cannot be started (%1). Close other programs and try "
        "again.",
    ),
    QT_TRANSLATE_NOOP(
        "Messages",
        "%1 could not be read: the process that read it was lost (%2). The file is damaged or too "
        "large; save it in another format.",
    ),
    QT_TRANSLATE_NOOP("Messages", "%1 is damaged or no PDF (%2). Print it to a new PDF."),
    QT_TRANSLATE_NOOP("Messages", "%1 is damaged in its part %2 (%3). Get it again."),
    QT_TRANSLATE_NOOP("Messages", "%1 is damaged: it is no complete zip file (%2). Get it again."),
    QT_TRANSLATE_NOOP(
        "Messages",
        "%1 unpacks from %2 to %3 bytes in %4 parts; at most %5 bytes and %6 times its size are "
        "read. If it is yours, save the sheet as CSV.",
    ),
    QT_TRANSLATE_NOOP(
        "Messages",
        "%1 declares entities in its part %2; no office program writes that. It is not opened.",
    ),
    QT_TRANSLATE_NOOP("Messages", "The encoding %1 is a guess; check the characters."),
    QT_TRANSLATE_NOOP("Messages", "Some columns have the same name; they were numbered."),
    QT_TRANSLATE_NOOP("Messages", "Some columns have no name; they were given letters."),
    QT_TRANSLATE_NOOP("Messages", "%1 of the first %2 rows have more or fewer than %3 cells."),
    QT_TRANSLATE_NOOP("Messages", "Shown from %1 of %2 documents."),
    QT_TRANSLATE_NOOP(
        "Messages",
        "The columns are those of the first %1 of %2 documents; what later ones have besides is "
        "left out and noted in its row.",
    ),
    QT_TRANSLATE_NOOP("Messages", "%1 documents cannot be read; each is a row that says why."),
    QT_TRANSLATE_NOOP("Messages", "Left out: %1 %2."),
)
