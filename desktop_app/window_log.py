"""The log of one run of the window, from its first moment to its last."""

from __future__ import annotations

import logging
import platform
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, qVersion

from desktop_app.event_log import LOGGER, record
from desktop_app.log_file import LOG_NAME, LogFile
from desktop_app.qt_messages import leave_qt_messages, log_qt_messages
from desktop_app.uncaught import UncaughtWatch

if TYPE_CHECKING:
    from desktop_app.application import DesktopApplication

_VERSIONS_MS = 2000  # after the first verdict, which reading them would hold up


class WindowLog:
    """Catches what nobody else does from `start` on; what is costly waits for `follow`."""

    def __init__(self, folder: Path) -> None:
        """Nothing is written yet.

        Args:
            folder: of the user's state; made with the first record.
        """
        self.path = folder / LOG_NAME
        self._file = LogFile(self.path)
        self._uncaught = UncaughtWatch(folder)
        self._level = LOGGER.level

    def start(self) -> None:
        """Note exceptions and complaints from here on."""
        LOGGER.addHandler(self._file)
        LOGGER.setLevel(logging.INFO)
        self._uncaught.start()
        log_qt_messages()

    def follow(self, desktop: DesktopApplication) -> None:
        """Note what happens in the window from here on."""
        from desktop_app.logged_events import LoggedEvents

        record("window shown")
        LoggedEvents(desktop)
        QTimer.singleShot(_VERSIONS_MS, desktop, _record_versions)

    def stop(self) -> None:
        """Note the end, and catch nothing more."""
        record("window closed")
        leave_qt_messages()
        self._uncaught.stop()
        LOGGER.removeHandler(self._file)
        LOGGER.setLevel(self._level)
        self._file.close()


def _record_versions() -> None:
    from desktop_app.versions import program_version

    record(
        "versions",
        program=program_version(),
        python=platform.python_version(),
        qt=qVersion(),
        system=sys.platform,
        machine=platform.machine(),
    )
