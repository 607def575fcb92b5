"""Two starts of the program: the second one hands over what it was asked for, and ends."""

import os
import subprocess
import sys
import time

import pytest

WATCHED = """
import sys
from desktop_app import window_run
from desktop_app.__main__ import main
from desktop_app.application import DesktopApplication

class Watched(DesktopApplication):
    def open_document(self, path):
        print("document", path, flush=True)
        self._application.quit()

    def show_text(self, text):
        super().show_text(text)
        print("text", self.window.page, text, flush=True)

window_run.DesktopApplication = Watched
sys.exit(main(sys.argv[1:]))
"""


@pytest.fixture
def environment(tmp_path):
    folders = {name: str(tmp_path / name) for name in ("config", "data", "state", "run")}
    (tmp_path / "run").mkdir(mode=0o700)
    return {
        **os.environ,
        "XDG_CONFIG_HOME": folders["config"],
        "XDG_DATA_HOME": folders["data"],
        "XDG_STATE_HOME": folders["state"],
        "XDG_RUNTIME_DIR": folders["run"],
        "QT_QPA_PLATFORM": "offscreen",
    }


@pytest.fixture
def start(environment):
    processes = []

    def run(code, *words):
        process = subprocess.Popen(
            [sys.executable, *code, *words],
            env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        processes.append(process)
        return process

    yield run
    for process in processes:
        process.kill()
        process.communicate()


def second(environment, *words):
    return subprocess.run(
        [sys.executable, "-m", "desktop_app", *words],
        env=environment, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip


def test_the_second_start_hands_over_and_ends_with_0(start, environment, tmp_path):
    first = start(["-c", WATCHED], "--text", "First.")
    assert first.stdout.readline() == "text 0 First.\n"
    assert second(environment, "--page", "embeddings", "--text", "Second.").returncode == 0
    assert first.stdout.readline() == "text 1 Second.\n"
    started = time.perf_counter()
    done = second(environment, str(tmp_path / "reviews.csv"))
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    print(f"\nthe second start took {time.perf_counter() - started:.2f} s")
    assert first.stdout.readline() == f"document {tmp_path / 'reviews.csv'}\n"
    first.communicate(timeout=30)
    assert first.returncode == 0
    log = (tmp_path / "state" / "bert-desktop" / "bert-desktop.log").read_text()
    assert log.count("asked by another start") == 2
    assert "Second" not in log and "reviews" not in log


def test_a_killed_window_does_not_stand_in_the_way(start):
    first = start(["-c", WATCHED], "--text", "First.")
    assert first.stdout.readline() == "text 0 First.\n"
    first.kill()
    first.wait()
    after = start(["-c", WATCHED], "--text", "After.")
    assert after.stdout.readline() == "text 0 After.\n"
    another = start(["-c", WATCHED], "--new-window", "--text", "Another.")
    assert another.stdout.readline() == "text 0 Another.\n"
    assert after.poll() is None
