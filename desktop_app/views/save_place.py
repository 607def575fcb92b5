"""Where a file is to be saved."""

from __future__ import annotations

import os.path
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget


def save_place(parent: QWidget, title: str, name: str, form: str) -> Path | None:
    """Ask for a place; the dialog asks before a file that is there is replaced.

    A name typed without its ending gets it. Where a file has that name, the dialog comes again with
    the whole of it, and then asks. Not `QFileDialog.setDefaultSuffix`: Qt appends it when a native
    dialog has closed, which asked for the name as it was typed.

    Args:
        parent: of the dialog.
        title: of the dialog.
        name: that is proposed, without an ending.
        form: the ending, without its dot.

    Returns:
        The place; None if there is to be none.
    """
    proposed = f"{name}.{form}"
    while True:
        chosen, _ = QFileDialog.getSaveFileName(parent, title, proposed, f"*.{form}")
        if not chosen:
            return None
        if Path(chosen).suffix:
            return Path(chosen)
        proposed = f"{chosen}.{form}"
        if not os.path.lexists(proposed):
            return Path(proposed)
