"""Can a window be opened here? Asked before Qt is, since Qt ends the process where it cannot."""

from __future__ import annotations

import contextlib
import ctypes
import ctypes.util
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path

_LIBRARY = re.compile(r"(lib[\w.+-]+\.so[\w.]*)")
_DEBIAN_PACKAGES = {
    "libEGL.so": "libegl1",
    "libGL.so": "libgl1",
    "libGLX.so": "libglx0",
    "libOpenGL.so": "libopengl0",
    "libxkbcommon.so": "libxkbcommon0",
    "libxkbcommon-x11.so": "libxkbcommon-x11-0",
    "libfontconfig.so": "libfontconfig1",
    "libfreetype.so": "libfreetype6",
    "libdbus-1.so": "libdbus-1-3",
    "libglib-2.0.so": "libglib2.0-0",
    "libgthread-2.0.so": "libglib2.0-0",
    "libX11.so": "libx11-6",
    "libX11-xcb.so": "libx11-xcb1",
    "libxcb.so": "libxcb1",
    "libxcb-cursor.so": "libxcb-cursor0",
    "libxcb-icccm.so": "libxcb-icccm4",
    "libxcb-image.so": "libxcb-image0",
    "libxcb-keysyms.so": "libxcb-keysyms1",
    "libxcb-randr.so": "libxcb-randr0",
    "libxcb-render.so": "libxcb-render0",
    "libxcb-render-util.so": "libxcb-render-util0",
    "libxcb-shape.so": "libxcb-shape0",
    "libxcb-shm.so": "libxcb-shm0",
    "libxcb-sync.so": "libxcb-sync1",
    "libxcb-xfixes.so": "libxcb-xfixes0",
    "libxcb-xkb.so": "libxcb-xkb1",
    "libwayland-client.so": "libwayland-client0",
}


def missing_display(environment: Mapping[str, str] = os.environ) -> str | None:
    """Why there is no screen to show a window on, None where there seems to be one."""
    if not sys.platform.startswith("linux") or environment.get("QT_QPA_PLATFORM"):
        return None
    if environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY"):
        return None
    return "There is no display (neither DISPLAY nor WAYLAND_DISPLAY is set)."


def missing_qt(environment: Mapping[str, str] = os.environ) -> str | None:
    """What Qt lacks to open a window, None where it lacks nothing. Loads Qt, opens nothing."""
    if find_spec("PySide6") is None:
        return "PySide6 is not installed. Install it with: pip install 'bert_tf[desktop]'"
    try:
        import PySide6.QtWidgets
    except ImportError as error:
        return _named(str(error))
    if not sys.platform.startswith("linux"):
        return None
    return _missing_platform(Path(PySide6.__file__).parent, environment)


def _missing_platform(qt: Path, environment: Mapping[str, str]) -> str | None:
    """Try the platform plugins that Qt would try; one that works is enough."""
    chosen = environment.get("QT_QPA_PLATFORM", "")
    names = [name.partition(":")[0] for name in chosen.split(";") if name]
    if not names:
        names = ["wayland"] if environment.get("WAYLAND_DISPLAY") else []
        names += ["xcb"] if environment.get("DISPLAY") else []
    faults = []
    for name in names:
        fault = _plugin_fault(qt / "Qt" / "plugins" / "platforms" / f"libq{name}.so")
        if fault is None and name == "xcb":
            fault = _x_server_fault(environment.get("DISPLAY", ""))
        if fault is None:
            return None
        faults.append(fault)
    return faults[-1] if faults else None


def _plugin_fault(plugin: Path) -> str | None:
    if not plugin.exists():
        return None  # Qt was built by someone else and keeps its plugins elsewhere
    try:
        ctypes.CDLL(str(plugin))
    except OSError as error:
        return _named(_all_missing(plugin) or str(error))
    return None


def _x_server_fault(display: str) -> str | None:
    """Knock at the X server; Qt would end the process if nobody opened."""
    try:
        xcb = ctypes.CDLL(ctypes.util.find_library("xcb") or "libxcb.so.1")
        xcb.xcb_connect.restype = ctypes.c_void_p
        xcb.xcb_connect.argtypes = [ctypes.c_char_p, ctypes.POINTER(ctypes.c_int)]
        xcb.xcb_connection_has_error.argtypes = [ctypes.c_void_p]
        xcb.xcb_disconnect.argtypes = [ctypes.c_void_p]
    except (OSError, AttributeError):
        return None
    connection = xcb.xcb_connect(None, None)
    fault = xcb.xcb_connection_has_error(connection)
    xcb.xcb_disconnect(connection)
    return f"The X server {display!r} does not answer." if fault else None


def _all_missing(library: Path) -> str:
    """Every library that the loader does not find, by `ldd`; empty where that cannot be asked."""
    program = shutil.which("ldd")
    if program is None:
        return ""
    with contextlib.suppress(OSError, subprocess.SubprocessError):
        listing = subprocess.run(
            [program, str(library)], capture_output=True, text=True, timeout=10, check=False
        ).stdout
        missing = [line.split()[0] for line in listing.splitlines() if "not found" in line]
        return " ".join(dict.fromkeys(missing))
    return ""


def _named(message: str) -> str:
    """A missing library with the package that holds it, where that is known."""
    libraries = list(dict.fromkeys(_LIBRARY.findall(message)))
    if not libraries:
        return f"Qt cannot be loaded: {message}"
    text = f"Qt needs system libraries that are missing: {', '.join(libraries)}."
    packages = {
        _DEBIAN_PACKAGES[stem]
        for stem in (library[: library.index(".so") + 3] for library in libraries)
        if stem in _DEBIAN_PACKAGES
    }
    if packages:
        text += f" On Debian or Ubuntu: apt-get install {' '.join(sorted(packages))}"
    return text
