"""Uncaught exceptions of every kind, in processes of their own."""

import subprocess
import sys

import pytest

SECRET = "Meine Diagnose"
START = f"""
import os, sys, threading, logging
from pathlib import Path
os.environ["QT_QPA_PLATFORM"] = "offscreen"
from PySide6.QtCore import QCoreApplication, QTimer, qWarning
from desktop_app.window_log import WindowLog
SECRET = {SECRET!r}
log = WindowLog(Path(sys.argv[1]))
log.start()
"""


def run(folder, code):
    done = subprocess.run(
        [sys.executable, "-c", START + code, str(folder)],
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    path = folder / "bert-desktop.log"
    return done, path.read_text(encoding="utf-8") if path.exists() else ""


CASES = {
    "at the top": ("raise ValueError(SECRET)", "uncaught exception\n    builtins.ValueError"),
    "in a thread": (
        "def work():\n    raise ValueError(SECRET)\n"
        "thread = threading.Thread(target=work)\nthread.start()\nthread.join()",
        "uncaught exception in a thread\n    builtins.ValueError\n    threading:",
    ),
    "in a slot": (
        "def slot():\n    QTimer.singleShot(0, application.quit)\n    raise ValueError(SECRET)\n"
        "application = QCoreApplication([])\nQTimer.singleShot(0, slot)\napplication.exec()",
        "uncaught exception\n    builtins.ValueError\n    __main__:",
    ),
    "in a destructor": (
        "class Thing:\n    def __del__(self):\n        raise ValueError(SECRET)\nThing()",
        "exception that could not be raised\n    builtins.ValueError\n    __main__:",
    ),
    "a complaint of Qt": (
        "qWarning('QString::arg: Argument missing: ' + SECRET)",
        "WARNING  Qt: QString::arg: Argument missing\n",
    ),
}


@pytest.mark.parametrize(("code", "noted"), CASES.values(), ids=CASES)
def test_it_is_noted_without_its_message_and_told_as_always(tmp_path, code, noted):
    done, log = run(tmp_path, code)
    assert noted in log
    assert SECRET not in log
    assert SECRET in done.stderr  # as without a log


def test_a_native_crash_is_noted_at_the_next_start(tmp_path):
    done, log = run(tmp_path, "import ctypes\nctypes.string_at(0)")
    assert done.returncode < 0 or done.returncode > 1
    assert log == ""
    _, log = run(tmp_path, "log.stop()")
    assert "ERROR    the run before crashed\n    Fatal Python error: Segmentation fault" in log
    assert "__init__:" in log and " string_at" in log
    assert "/" not in log.replace("://", "")
    _, again = run(tmp_path, "log.stop()")
    assert again.count("the run before crashed") == 1


def test_what_was_before_is_there_again_afterwards(tmp_path):
    done, log = run(
        tmp_path,
        "log.stop()\nassert sys.excepthook is sys.__excepthook__\n"
        "assert threading.excepthook is threading.__excepthook__\n"
        "logging.getLogger('bert-desktop').error('not noted')\nprint('well')",
    )
    assert done.stdout == "well\n", done.stderr
    assert log.count("\n") == 1 and "window closed" in log
