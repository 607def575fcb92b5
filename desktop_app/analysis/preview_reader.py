"""Looks at documents on short-lived threads; the last wish counts."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Callable
from pathlib import Path

from desktop_app.documents.document_preview import DocumentPreview
from desktop_app.documents.parser_process import ParserProcess
from desktop_app.documents.read_options import ReadOptions


class PreviewReader:
    """Owns the process that reads previews."""

    def __init__(self, parser: ParserProcess) -> None:
        """Nothing is read yet.

        Args:
            parser: that nobody else uses.
        """
        self._parser = parser
        self._numbers = itertools.count(1)
        self._wanted = 0

    def read(
        self,
        path: Path,
        options: ReadOptions,
        *,
        read: Callable[[DocumentPreview], None],
        failed: Callable[[Exception], None],
    ) -> None:
        """Begin to look at a document; what was begun before is given up.

        Args:
            path: of the document.
            options: how to read it.
            read: called with the preview, on a thread of this.
            failed: called with the error, likewise.
        """
        self.cancel()
        number = self._wanted = next(self._numbers)

        def run() -> None:
            try:
                preview = self._parser.preview(path, options)
            except Exception as error:  # the edge of the thread: the window tells it
                if number == self._wanted:
                    failed(error)
            else:
                if number == self._wanted:
                    read(preview)

        threading.Thread(target=run, name="preview", daemon=True).start()

    def cancel(self) -> None:
        """Give up what is being read."""
        self._wanted = 0
        self._parser.cancel()
