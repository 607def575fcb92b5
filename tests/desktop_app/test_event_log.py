import ast
import logging
from pathlib import Path

import pytest

import desktop_app
from desktop_app import event_log
from desktop_app.event_log import LOGGER, document_mark, loss_word, record, record_exception

SECRET = "Meine Diagnose: schlecht"


class Kept(logging.Handler):
    """Keeps what is said."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.texts.append(record.getMessage())


@pytest.fixture
def kept():
    handler = Kept()
    level = LOGGER.level
    LOGGER.addHandler(handler)
    LOGGER.setLevel(logging.INFO)
    yield handler.texts
    LOGGER.removeHandler(handler)
    LOGGER.setLevel(level)


def test_words_and_numbers_are_kept_and_texts_are_not(kept):
    record("done", how="paused", rows=1000, share=0.25, none=None, text=SECRET, word="x" * 60)
    assert kept == [
        "done how=paused rows=1000 share=0.25 none=None text=<24 characters> word=<60 characters>"
    ]


@pytest.mark.parametrize(
    "text", ["\u4f60\u597d", "a b", "a/b", "a\nb", "", "-", "\u202e", "a" * 49]
)
def test_whatever_is_no_plain_word_is_counted(kept, text):
    record("done", value=text)
    assert kept == [f"done value=<{len(text)} characters>"]


def test_an_exception_is_noted_with_its_place_and_without_its_message(kept):
    def inner():
        raise KeyError(SECRET)

    def outer():
        try:
            inner()
        except KeyError as error:
            raise FileNotFoundError(2, "No such file", f"/home/somebody/{SECRET}.txt") from error

    with pytest.raises(OSError) as caught:
        outer()
    record_exception("uncaught exception", caught.value)
    lines = kept[0].splitlines()
    assert lines[0] == "uncaught exception"
    assert lines[1].strip() == "builtins.FileNotFoundError ENOENT"
    assert any(line.endswith(" outer") for line in lines)
    assert any(line.endswith(" inner") for line in lines)
    assert "    builtins.KeyError" in lines
    assert "somebody" not in kept[0] and "Diagnose" not in kept[0] and ".py" not in kept[0]


def test_a_document_has_one_mark_in_a_run_and_another_in_the_next(tmp_path, monkeypatch):
    marks = {document_mark(tmp_path / name) for name in ("a.csv", "b.csv", "a.csv")}
    assert len(marks) == 2
    assert all(len(mark) == 8 and int(mark, 16) >= 0 for mark in marks)
    monkeypatch.chdir(tmp_path)
    assert document_mark("a.csv") in marks
    event_log._run_key.cache_clear()
    assert document_mark(tmp_path / "a.csv") not in marks


@pytest.mark.parametrize(
    ("reason", "word"),
    [
        ("it ended by itself (killed by SIGKILL)", "killed-SIGKILL"),
        (f"it ended by itself (exit code 1; its last words: {SECRET})", "exit-code-1"),
        ("no sign of life for 30 seconds (killed by SIGKILL)", "killed-SIGKILL"),
        (f"it answered nonsense: ValueError({SECRET!r}) (exit code 0)", "nonsense"),
        (
            f"it ended by itself (hung; its last words: exit code {SECRET}",
            "ended",
        ),
        (SECRET, "ended"),
    ],
)
def test_the_end_of_a_worker_is_one_word(reason, word):
    assert loss_word(reason) == word


def test_events_are_literals():
    """So no text can be an event by mistake."""
    calls = [
        node
        for path in Path(desktop_app.__file__).parent.rglob("*.py")
        if "desktop_app.event_log" in (source := path.read_text(encoding="utf-8"))
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in ("record", "record_exception")
    ]
    assert len(calls) > 10
    for call in calls:
        assert isinstance(call.args[0], ast.Constant), ast.unparse(call)


def test_without_a_log_nothing_is_said(capfd):
    record("done", level=logging.ERROR)
    assert capfd.readouterr() == ("", "")
