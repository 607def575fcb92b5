"""Nothing leaves this computer: no module can reach a network, and a whole journey opens nothing.

The journey runs in a process of its own with two guards, which its children inherit. An audit hook
of Python notes every event of a socket. Where Linux allows it, the kernel itself ends any process
that asks for a socket of another kind than those between programs of one computer, so that native
libraries are covered too.
"""

import ast
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DEVICE_SIDE = ("desktop_app", "export/runtime", "bert_tf/text")
# top-level names of modules that can talk to other computers, or open what does
FORBIDDEN = {
    "aiohttp", "anyio", "asyncio", "asyncore", "ftplib", "grpc", "h11", "http", "httpcore",
    "httpx", "huggingface_hub", "imaplib", "nntplib", "poplib", "requests", "smtplib", "socket",
    "socketserver", "ssl", "telnetlib", "urllib3", "webbrowser", "websockets", "xmlrpc",
}  # fmt: skip
FORBIDDEN_PATHS = {"urllib.request", "urllib.error", "multiprocessing.connection",
                   "multiprocessing.managers", "logging.handlers", "wsgiref"}  # fmt: skip
FORBIDDEN_QT = {"QtNetwork", "QtNetworkAuth", "QtWebSockets", "QtHttpServer", "QtWebEngineCore",
                "QtWebEngineWidgets", "QtRemoteObjects", "QtWebView", "QtQml",
                "QtQuick"}  # fmt: skip


def imported(node: ast.AST) -> list[str]:
    """Full names of what a statement or a call imports."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        return [node.module or "", *(f"{node.module}.{alias.name}" for alias in node.names)]
    if isinstance(node, ast.Call) and ast.unparse(node.func).endswith(
        ("import_module", "__import__")
    ):
        return [ast.literal_eval(arg) for arg in node.args[:1] if isinstance(arg, ast.Constant)]
    return []


def is_forbidden(name: str) -> bool:
    return (
        name.partition(".")[0] in FORBIDDEN
        or any(name == path or name.startswith(f"{path}.") for path in FORBIDDEN_PATHS)
        or (name.startswith("PySide6.") and name.split(".")[1] in FORBIDDEN_QT)
    )


def offences(source: str) -> list[str]:
    return [
        name for node in ast.walk(ast.parse(source)) for name in imported(node)
        if is_forbidden(name)
    ]  # fmt: skip


@pytest.mark.parametrize("folder", DEVICE_SIDE)
def test_no_module_imports_what_could_reach_a_network(folder):
    files = sorted((ROOT / folder).rglob("*.py"))
    assert len(files) > 4
    for path in files:
        source = path.read_text(encoding="utf-8")
        assert offences(source) == [], path
        if "QDesktopServices" in source:  # it could open a page of the web
            calls = source.count("QDesktopServices.openUrl(")
            assert calls == source.count("QDesktopServices.openUrl(QUrl.fromLocalFile("), path
        assert "setOpenExternalLinks(True)" not in source, path


@pytest.mark.parametrize(
    "source",
    [
        "import socket",
        "def f():\n    import urllib.request",
        "from urllib import request",
        "import http.client as c",
        "from PySide6.QtNetwork import QTcpSocket",
        "from PySide6 import QtNetwork",
        "from importlib import import_module\nimport_module('ssl')",
        "__import__('requests')",
    ],
)
def test_the_search_finds_what_it_looks_for(source):
    assert offences(source)


# Every Python process of the journey runs this before anything else.
GUARD = r"""
import ctypes, os, platform, struct, sys

_FOLDER = os.environ["NETWORK_GUARD"]


def _note(event, arguments):
    if event.startswith("socket."):
        with open(os.path.join(_FOLDER, f"events-{os.getpid()}"), "a") as stream:
            print(event, [str(each) for each in arguments], file=stream)


def _kernel_guard():
    "Any socket but AF_UNIX kills the process (seccomp-bpf), where the system has such filters."
    machine = {"x86_64": (0xC000003E, 41), "aarch64": (0xC00000B7, 198)}.get(platform.machine())
    if not sys.platform.startswith("linux") or machine is None:
        return False
    architecture, socket_call = machine
    load, equal, give = 0x20, 0x15, 0x06
    kill, allow = 0x80000000, 0x7FFF0000
    program = [
        (load, 0, 0, 4),  # architecture
        (equal, 0, 4, architecture),  # of another one: allow
        (load, 0, 0, 0),  # number of the call
        (equal, 0, 2, socket_call),  # another call: allow
        (load, 0, 0, 16),  # its first argument: the family
        (equal, 0, 1, 1),  # AF_UNIX
        (give, 0, 0, allow),
        (give, 0, 0, kill),
    ]
    code = b"".join(struct.pack("HBBI", *each) for each in program)
    buffer = ctypes.create_string_buffer(code)
    filter_ = struct.pack("HxxxxxxQ", len(program), ctypes.addressof(buffer))
    libc = ctypes.CDLL(None, use_errno=True)
    return libc.prctl(38, 1, 0, 0, 0) == 0 and libc.prctl(22, 2, filter_, 0, 0) == 0


sys.addaudithook(_note)
with open(os.path.join(_FOLDER, f"process-{os.getpid()}"), "w") as stream:
    print("kernel" if _kernel_guard() else "hook", sys.orig_argv, file=stream)
"""

JOURNEY = """
import csv, json, sys
from pathlib import Path
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication
from desktop_app.application import DesktopApplication
from desktop_app.settings import SettingsFile
from desktop_app.singleton_guard import guard_singletons

guard_singletons()
folder = Path(sys.argv[1])
application = QApplication(["bert-desktop"])
desktop = DesktopApplication(
    application,
    settings_file=SettingsFile(folder / "settings.json"),
    projects=folder / "projects",
    models=folder / "models",
)
done = []


def until(reached, what):
    loop, timer, limit = QEventLoop(), QTimer(), QTimer()
    timer.timeout.connect(lambda: loop.quit() if reached() else None)
    limit.setSingleShot(True)
    limit.timeout.connect(loop.quit)
    timer.start(10)
    limit.start(90_000)
    loop.exec()
    assert reached(), what
    done.append(what)


desktop.start()
classify = desktop.classify_page
judged = []
classify.judged.connect(judged.append)
classify.show_text("A wonderful day. The room was awful.")
until(lambda: judged, "classify")

desktop.window.show_page(1)
embeddings = desktop.embeddings_page
embeddings.show_text("The staff were kind.\\nThe soup was cold.\\nIt rained.", "line")
embeddings.ask("Who was friendly?")
until(lambda: embeddings.match_list.model().rowCount() == 3, "search")

reviews = folder / "reviews.csv"
with reviews.open("w", encoding="utf-8", newline="") as stream:
    csv.writer(stream).writerows([("id", "text"), *((n, "A good film.") for n in range(8))])
desktop.open_document(str(reviews))
page, session = desktop.files_page, desktop.project_session
until(lambda: page.import_panel.text_column == "text", "preview")
ended = []
session.job_ended.connect(ended.append)
page.import_panel.analyse_button.click()
until(lambda: ended == ["done"] and session.state == "ready", "analyse")
from desktop_app.results.write_options import WriteOptions
written = []
session.exported.connect(written.append)
session.export(folder / "results.xlsx", WriteOptions())
until(lambda: written, "export")
for number in range(3):
    desktop.window.help.show_page(number)
until(lambda: desktop.window.help.made(2).parts, "about")
desktop.close()
print(json.dumps({"done": done, "modules": sorted(sys.modules)}))
"""


@pytest.fixture
def guarded(tmp_path):
    """Runs Python code under both guards; gives its outcome and the folder of their notes."""
    site, notes = tmp_path / "site", tmp_path / "notes"
    site.mkdir()
    notes.mkdir()
    (site / "sitecustomize.py").write_text(GUARD)

    def run(code, *arguments):
        done = subprocess.run(
            [sys.executable, "-c", code, *arguments],
            capture_output=True, text=True, timeout=300, check=False, cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": f"{site}{os.pathsep}{ROOT}",
                 "NETWORK_GUARD": str(notes)},
        )  # fmt: skip
        return done, notes

    return run


def events(notes: Path) -> list[str]:
    return [line for path in notes.glob("events-*") for line in path.read_text().splitlines()]


@pytest.mark.parametrize(
    "code",
    [
        "import socket\nsocket.getaddrinfo('localhost', 80)",
        "import socket\nsocket.create_connection(('127.0.0.1', 9), timeout=1)",
        "import socket\nsocket.socket(socket.AF_INET6, socket.SOCK_DGRAM)",
        "import subprocess, sys\n"
        "subprocess.run([sys.executable, '-c', 'import socket; socket.socket()'], check=True)",
    ],
)
def test_the_guards_notice_every_attempt(guarded, code):
    done, notes = guarded(code)
    assert done.returncode != 0 or events(notes)
    assert events(notes)


def test_the_kernel_stops_native_code_too(guarded):
    code = "import ctypes\nprint(ctypes.CDLL(None).socket({}, 1, 0) >= 0, flush=True)"
    done, notes = guarded(code.format(1))
    assert done.stdout == "True\n"  # between programs of one computer
    done, notes = guarded(code.format(2))
    kernel = any(path.read_text().startswith("kernel") for path in notes.glob("process-*"))
    assert (done.returncode < 0) == kernel


def test_a_whole_journey_opens_no_socket(guarded, tmp_path):
    done, notes = guarded(JOURNEY, str(tmp_path))
    assert done.returncode == 0, done.stderr[-3000:]
    told = json.loads(done.stdout.splitlines()[-1])
    assert told["done"] == ["classify", "search", "preview", "analyse", "export", "about"]
    assert events(notes) == []
    processes = [path.read_text() for path in notes.glob("process-*")]
    engines = sum("export.runtime.worker" in each for each in processes)
    assert engines >= 3  # of both pages and of files
    assert sum("parser_child" in each for each in processes) >= 1
    loaded = {name for name in told["modules"] if is_forbidden(name)}
    assert loaded <= {"socket"}  # by `email`, with which Python reads metadata of packages
