"""Screens of any resolution, moving between them, minimising, locking: nothing is displaced."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
SCREENS = {
    "screens": [
        {"name": "plain", "x": 0, "y": 0, "width": 2560, "height": 1600, "logicalDpi": 96,
         "logicalBaseDpi": 96, "dpr": 1},
        {"name": "dense", "x": 2560, "y": 0, "width": 3840, "height": 2160, "logicalDpi": 192,
         "logicalBaseDpi": 96, "dpr": 1},
    ]
}  # fmt: skip
SCRIPT = """
import json, os, sys
sys.path.insert(0, sys.argv[1])
from conftest import SHIPPED, FakeFactory
os.environ["QT_QPA_PLATFORM"] = sys.argv[3]  # in place of that of the tests
from fake_models import fake_models
from fake_project_session import FakeProjectSession
from pathlib import Path
from PySide6.QtCore import QPoint, QRect
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLineEdit
from desktop_app.application import DesktopApplication
from desktop_app.settings import SettingsFile

application = QApplication(["bert-desktop"])
folder = Path(sys.argv[2])
desktop = DesktopApplication(
    application, settings_file=SettingsFile(None), worker_factory=FakeFactory(), shipped=SHIPPED,
    projects=folder / "projects", make_projects=lambda _: FakeProjectSession(60),
    models=folder / "models", make_models=fake_models,
)
desktop.start()
window = desktop.window
desktop.classify_page.show_text("A good day.")
QTest.qWait(100)


def controls():
    kinds = (QAbstractButton, QComboBox, QLineEdit)
    return [each for kind in kinds for each in window.findChildren(kind) if each.isVisible()]


def faults():
    "Controls that are cut, lie outside, or have no room for their words."
    whole = QRect(QPoint(0, 0), window.size())
    found = []
    for each in controls():
        here = QRect(each.mapTo(window, QPoint(0, 0)), each.size())
        if not whole.contains(here) or each.width() < min(8, each.minimumSizeHint().width()):
            found.append([type(each).__name__, each.accessibleName(), here.getRect()])
    return found


def places():
    QTest.qWait(60)
    return sorted([type(each).__name__, each.mapTo(window, QPoint(0, 0)).toTuple(),
                   each.size().toTuple()] for each in controls())


def move_to(name):
    "Offscreen a window changes its screen only while it is hidden."
    (screen,) = (each for each in application.screens() if each.name() == name)
    window.hide()
    window.setScreen(screen)
    window.move(screen.geometry().topLeft() + QPoint(20, 20))
    window.show()
    window.resize(*size)  # as the window system does, which counts in other units
    QTest.qWait(50)
    told["ratio"].append(window.devicePixelRatio())


told = {"ratio": [], "faults": [], "moved": [], "controls": 0}
for page in range(4):
    window.show_page(page)
    if page == 2:
        desktop.open_document("/data/reviews.bertproject")
    QTest.qWait(200)
    for size in ((1200, 760), (900, 660)):
        window.resize(*size)
        before = places()
        told["controls"] += len(before)
        for act in ("screen", "back", "minimise", "hide", "sleep"):
            if act == "screen":
                move_to("dense")
            elif act == "back":
                move_to("plain")
            elif act == "minimise":
                window.showMinimized()
                QTest.qWait(20)
                window.showNormal()
                window.resize(*size)
            elif act == "hide":
                window.hide()
                window.show()
            else:  # the window system draws everything again
                window.repaint()
                assert not window.grab().isNull()
            after = places()
            told["faults"] += [[page, size, act, *fault] for fault in faults()]
            if act != "screen" and after != before:  # there letters may be a little wider
                told["moved"].append([page, size, act, len(before), len(after)])
desktop.close()
print(json.dumps(told))
"""


@pytest.mark.parametrize("scale", ["1", pytest.param("1.5", marks=pytest.mark.soak)])
def test_the_layout_survives_every_screen(tmp_path, scale):
    screens = tmp_path / "screens.json"
    screens.write_text(json.dumps(SCREENS), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(ROOT / "tests" / "desktop_app"), str(tmp_path),
         f"offscreen:configfile={screens}"],
        cwd=ROOT, capture_output=True, text=True, timeout=120, check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT), "QT_SCALE_FACTOR": scale},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    told = json.loads(done.stdout.splitlines()[-1])
    assert {float(scale), 2 * float(scale)} == set(told["ratio"])
    assert told["controls"] > 60
    assert told["faults"] == []
    assert told["moved"] == []
