"""The program as a process of its own: what it imports, opens and survives."""

import os
import subprocess
import sys

import pytest

from export.runtime.catalogue import find_bundle

BLOCKED = "import sys; sys.modules.update(tensorflow=None, keras=None, h5py=None)\n"


def python(code: str, *arguments: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "-c", code, *arguments],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_every_module_imports_without_tensorflow():
    code = """
import importlib, pkgutil, desktop_app
for module in pkgutil.walk_packages(desktop_app.__path__, "desktop_app."):
    if not module.name.endswith("__main__"):
        importlib.import_module(module.name)
"""
    done = python(BLOCKED + code)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    "package",
    [
        "desktop_app.corpus",
        "desktop_app.command",
        "desktop_app.results",
        "desktop_app.terminal_report",
        "desktop_app.first_window",
        "desktop_app.uncaught",
        "desktop_app.log_lines",
        "desktop_app.diagnostics",
        "desktop_app.program_parts",
    ],
)
def test_the_domain_needs_no_qt(package):
    code = """
import importlib, pkgutil
sys.modules["PySide6"] = None
package = importlib.import_module(sys.argv[1])
for module in pkgutil.iter_modules(getattr(package, "__path__", []), package.__name__ + "."):
    importlib.import_module(module.name)
"""
    done = python(BLOCKED + code, package)
    assert done.returncode == 0, done.stderr


def test_plots_and_numbers_wait_until_they_are_needed():
    code = "import desktop_app.application, sys; print([m in sys.modules for m in sys.argv[1:]])"
    done = python(code, "numpy", "pyqtgraph", "export.runtime.engine")
    assert done.stdout.strip() == "[False, False, False]", done.stderr


def test_a_whole_run_opens_no_network_socket(tmp_path):
    """Sockets, look-ups and child processes with sockets would all pass this hook."""
    code = """
import socket, sys
def forbid(event, arguments):
    network = event in ("socket.connect", "socket.bind", "socket.getaddrinfo", "socket.sendto")
    if event == "socket.__new__":
        network = arguments[1] in (socket.AF_INET, socket.AF_INET6)
    if network:
        print("NETWORK", event, arguments, flush=True)
sys.addaudithook(forbid)
from desktop_app.__main__ import main
sys.exit(main(sys.argv[1:]))
"""
    done = subprocess.run(
        [sys.executable, "-c", code, str(find_bundle("sentiment-en")),
         "--text", "A good film.", "--milestones", "--language", "zh_CN"],
        capture_output=True, text=True, timeout=60, check=False,
        env={**os.environ, "XDG_CONFIG_HOME": str(tmp_path)},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == ["window", "verdict"]
    assert list(tmp_path.iterdir()) == []  # what was said for one run is not remembered


def test_the_text_goes_to_the_page_of_the_bundle(tmp_path):
    code = """
import sys
from PySide6.QtCore import QTimer
from desktop_app import window_run
from desktop_app.__main__ import main
from desktop_app.application import DesktopApplication

class Watched(DesktopApplication):
    def show_text(self, text):
        super().show_text(text)
        print(self.embeddings_page.editor.toPlainText(), flush=True)
        QTimer.singleShot(0, self._application.quit)

window_run.DesktopApplication = Watched
sys.exit(main(sys.argv[1:]))
"""
    done = subprocess.run(
        [sys.executable, "-c", code, str(find_bundle("embedding-en")), "--text", "A cat."],
        capture_output=True, text=True, timeout=60, check=False,
        env={**os.environ, "XDG_CONFIG_HOME": str(tmp_path)},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stdout == "A cat.\n"


def test_a_document_of_the_command_line_is_previewed(tmp_path):
    table = tmp_path / "\u8bc4\u8bba.csv"
    table.write_bytes(
        "id,text\n1,\u8d28\u91cf\u5f88\u597d\uff0c\u6211\u559c\u6b22\n".encode("gb18030")
    )
    code = """
import sys
from PySide6.QtCore import QTimer
from desktop_app import window_run
from desktop_app.__main__ import main
from desktop_app.application import DesktopApplication

class Watched(DesktopApplication):
    def open_document(self, path):
        super().open_document(path)
        self.project_session.preview_ready.connect(self.tell)

    def tell(self, preview):
        print(preview.encoding, self.window.page, self.files_page.import_panel.text_column)
        sys.stdout.flush()
        QTimer.singleShot(0, self._application.quit)

window_run.DesktopApplication = Watched
sys.exit(main(sys.argv[1:]))
"""
    done = subprocess.run(
        [sys.executable, "-c", code, str(table)],
        capture_output=True, text=True, timeout=60, check=False,
        env={**os.environ, "XDG_CONFIG_HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path)},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stdout == "gb18030 2 text\n"


@pytest.mark.parametrize("arguments", [["--page", "nowhere"], ["--language", "xx"], ["a", "b"]])
def test_a_wrong_command_line_ends_with_2(arguments):
    done = subprocess.run(
        [sys.executable, "-m", "desktop_app", *arguments],
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert "usage: bert-desktop" in done.stderr


def test_none_survives_a_hundred_thousand_calls_into_qt():
    code = """
from PySide6.QtCore import QObject, Signal
from desktop_app.singleton_guard import guard_singletons
guard_singletons()
guard_singletons()
class Sender(QObject):
    sent = Signal(object)
sender = Sender()
sender.sent.connect(print if False else (lambda _value: None))
for _ in range(100_000):
    sender.setObjectName("a")
    sender.sent.emit(None)
print("alive")
"""
    done = python(code)
    assert done.returncode == 0, done.stderr
    assert done.stdout == "alive\n"
