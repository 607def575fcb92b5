"""What Qt complains about goes to the log, without what it complains of."""

from __future__ import annotations

import logging
import re
import sys

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

from desktop_app.event_log import LOGGER

_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}
# Qt's own words come first; paths, values and texts follow a quote, a slash, a colon, a comma.
_OWN_WORDS = re.compile(r"(?:Q\w*(?:::~?\w+)*(?:\(\))?: )?[A-Za-z][A-Za-z _-]{0,100}")


def log_qt_messages() -> None:
    """Listen to Qt from here on; its messages still appear on standard error."""
    qInstallMessageHandler(_handle)


def leave_qt_messages() -> None:
    """Let Qt write as it does by itself."""
    qInstallMessageHandler(None)


def own_words(message: str) -> str:
    """The beginning of a message, as far as it is surely Qt's own."""
    found = _OWN_WORDS.match(message)
    return found[0].strip() if found else f"<{len(message)} characters>"


def _handle(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
    if sys.stderr is not None:
        print(message, file=sys.stderr)
    LOGGER.log(_LEVELS.get(kind, logging.WARNING), "%s", f"Qt: {own_words(message)}")
