"""A child process is started anywhere, is never waited for in vain, and says why it ended."""

import queue
import sys
import tempfile
import time

import pytest

from export.runtime.child_process import LAST_WORDS_BYTES, ChildProcess
from export.runtime.frames import Frame

SECONDS = 30
ECHO = """
import sys
from export.runtime.frames import read_frame, write_frame
while (frame := read_frame(sys.stdin.buffer)) is not None:
    sys.stderr.write(frame.header.get("say", ""))
    sys.stderr.flush()
    write_frame(sys.stdout.buffer, frame)
"""
LEAVING = """
import os, subprocess, sys
command = [sys.executable, "-c", "import time; time.sleep(6)"]
subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
os.write(2, b"bye")
os._exit(3)
"""


@pytest.fixture
def start():
    """Start a child that answers what it is sent; its answers arrive in a queue, None at last."""
    children = []

    def started(code: str = ECHO) -> tuple[ChildProcess, queue.Queue]:
        heard: queue.Queue[Frame | None] = queue.Queue()
        child = ChildProcess(
            [],
            on_frame=lambda _, frame: heard.put(frame),
            on_end=lambda _: heard.put(None),
            command=[sys.executable, "-c", code],
        )
        children.append(child)
        return child, heard

    yield started
    for child in children:
        child.end()


def test_no_temporary_folder_is_needed(start, monkeypatch):
    def none_usable(*_, **__):
        raise FileNotFoundError("No usable temporary directory")

    monkeypatch.setattr(tempfile, "tempdir", None)
    monkeypatch.setattr(tempfile, "_get_default_tempdir", none_usable)
    child, heard = start()
    child.send(Frame(header={"say": "a word"}))
    assert heard.get(timeout=SECONDS).header == {"say": "a word"}
    assert child.end(patience=SECONDS) == "exit code 0; its last words: a word"


def test_a_child_that_says_much_is_not_kept_waiting(start):
    child, heard = start()
    words = "noise\n" * 500_000 + "the end"
    child.send(Frame(header={"say": words}))
    assert heard.get(timeout=SECONDS).header["say"] == words
    assert len(child._words) <= LAST_WORDS_BYTES
    assert child.end(patience=SECONDS).endswith("its last words: the end")


def test_the_last_words_are_there_when_it_died_at_once(start):
    child, heard = start("raise SystemExit('no bundle here')")
    assert heard.get(timeout=SECONDS) is None
    assert child.end(patience=SECONDS) == "exit code 1; its last words: no bundle here"
    assert child.end() == "exit code 1; its last words: no bundle here"


def test_what_it_started_may_live_on_with_its_standard_error(start):
    child, heard = start(LEAVING)
    assert heard.get(timeout=SECONDS) is None
    begun = time.monotonic()
    assert child.end(patience=SECONDS) == "exit code 3; its last words: bye"
    assert time.monotonic() - begun < 5


@pytest.mark.parametrize("header", [{"texts": [b"good"]}, {"texts": {1, 2}}])
def test_what_cannot_be_sent_ends_the_child_with_the_reason(start, header):
    child, heard = start()
    child.send(Frame(header=header))
    assert heard.get(timeout=SECONDS) is None
    assert child.end().startswith("it could not be asked: TypeError(")


def test_a_request_that_contains_itself_is_told_too(start):
    header: dict = {}
    header["texts"] = header
    child, heard = start()
    child.send(Frame(header=header))
    assert heard.get(timeout=SECONDS) is None
    assert "could not be asked: ValueError('Circular" in child.end()
