import os
import subprocess
import sys

import pytest

from desktop_app import display_check
from desktop_app.display_check import missing_display, missing_qt

on_linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="X11 and Wayland")


@on_linux
@pytest.mark.parametrize(
    ("environment", "missing"),
    [
        ({}, True),
        ({"DISPLAY": "", "WAYLAND_DISPLAY": ""}, True),
        ({"DISPLAY": ":0"}, False),
        ({"WAYLAND_DISPLAY": "wayland-0"}, False),
        ({"QT_QPA_PLATFORM": "offscreen"}, False),
    ],
)
def test_a_display_is_looked_for(environment, missing):
    assert (missing_display(environment) is not None) == missing


@on_linux
def test_an_x_server_that_does_not_answer_is_named(monkeypatch):
    monkeypatch.setattr(display_check, "_plugin_fault", lambda _plugin: None)  # all libraries there
    monkeypatch.setenv("DISPLAY", ":4711")  # xcb reads the process's own environment
    assert "':4711' does not answer" in missing_qt({"DISPLAY": ":4711"})


@on_linux
def test_a_library_that_a_plugin_lacks_is_named_with_its_package(tmp_path, monkeypatch):
    plugins = tmp_path / "Qt" / "plugins" / "platforms"
    plugins.mkdir(parents=True)
    (plugins / "libqxcb.so").write_bytes(b"")
    words = "libxcb-cursor.so.0: cannot open shared object file: No such file or directory"

    def refuse(_path):
        raise OSError(words)

    monkeypatch.setattr(display_check.ctypes, "CDLL", refuse)
    fault = display_check._missing_platform(tmp_path, {"DISPLAY": ":0"})
    assert "libxcb-cursor.so.0" in fault
    assert "apt-get install libxcb-cursor0" in fault


def test_a_library_that_qt_itself_lacks_is_named():
    text = display_check._named("libEGL.so.1: cannot open shared object file")
    assert "libEGL.so.1" in text
    assert text.endswith("apt-get install libegl1")


def test_without_pyside_it_is_said_how_to_get_it(monkeypatch):
    monkeypatch.setattr(display_check, "find_spec", lambda _name: None)
    assert "pip install" in missing_qt({})


def test_offscreen_lacks_nothing():
    assert missing_qt({"QT_QPA_PLATFORM": "offscreen"}) is None


@on_linux
def test_a_missing_library_leads_to_the_terminal(tmp_path):
    """A PySide6 that cannot be loaded, found before the true one."""
    package = tmp_path / "PySide6"
    package.mkdir()
    (package / "__init__.py").write_text("")
    (package / "QtWidgets.py").write_text(
        "raise ImportError('libGL.so.1: cannot open shared object file: No such file')"
    )
    environment = {**os.environ, "DISPLAY": ":0", "PYTHONPATH": str(tmp_path)}
    environment.pop("QT_QPA_PLATFORM", None)
    done = subprocess.run(
        [sys.executable, "-m", "desktop_app"],
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "libGL.so.1" in done.stderr
    assert "apt-get install libgl1" in done.stderr
    assert "My parcel arrived two weeks late" in done.stdout
