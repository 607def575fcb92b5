"""Tells the window what later starts of the program ask of it."""

from __future__ import annotations

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal

from desktop_app.window_seat import WindowSeat

_POLL_MS = 1000  # where the system tells of no changes


class RequestWatch(QObject):
    """Looks into the folder of requests whenever something changes in it."""

    requested = Signal(object)  # WindowRequest

    def __init__(self, seat: WindowSeat, parent: QObject | None = None) -> None:
        """Look for the first time once the events of the window are handled."""
        super().__init__(parent)
        self._seat = seat
        self._watcher = QFileSystemWatcher(self)
        self._watcher.directoryChanged.connect(self._look)
        if not self._watcher.addPath(str(seat.folder)):
            timer = QTimer(self)
            timer.timeout.connect(self._look)
            timer.start(_POLL_MS)
        QTimer.singleShot(0, self, self._look)

    def close(self) -> None:
        """Hear of nothing more, and let the next start have the seat."""
        self._watcher.directoryChanged.disconnect(self._look)
        self._seat.release()

    def _look(self) -> None:
        for request in self._seat.requests():
            self.requested.emit(request)
