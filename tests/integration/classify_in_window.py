"""Type a text into the real window on a bundle; print the label it shows.

python classify_in_window.py BUNDLE TEXT
"""

import os
import sys

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from desktop_app.application import DesktopApplication
from desktop_app.bundle_desk import FirstBundle
from desktop_app.settings import SettingsFile
from desktop_app.workers.worker_start import start_worker

PATIENCE_MS = 60_000


def main(bundle: str, text: str) -> int:
    application = QApplication(["bert-desktop"])
    desktop = DesktopApplication(application, settings_file=SettingsFile(None))
    labels: list[str] = []

    def note(verdict: object) -> None:
        labels.append(verdict.label)  # type: ignore[attr-defined]
        application.quit()

    desktop.classify_page.judged.connect(note)
    desktop.bundle_shown.connect(lambda metadata: desktop.classify_page.show_text(text))
    QTimer.singleShot(PATIENCE_MS, application.quit)
    desktop.start(first=FirstBundle(bundle=bundle, future=start_worker(bundle)))
    application.exec()
    desktop.close()
    print(labels[-1] if labels else "no verdict")
    return 0 if labels else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
