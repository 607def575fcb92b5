"""Callers wait for each other, but not for themselves."""

from __future__ import annotations

import os
import threading

import pytest

from export.runtime.one_at_a_time import OneAtATime


def test_another_thread_waits_for_its_turn() -> None:
    callers, order = OneAtATime(), []

    def second() -> None:
        with callers.alone():
            order.append("second")

    with callers.alone():
        thread = threading.Thread(target=second)
        thread.start()
        thread.join(0.1)
        order.append("first")
    thread.join(10)
    assert order == ["first", "second"] and not thread.is_alive()


def test_the_thread_at_work_is_refused_and_free_again_afterwards() -> None:
    callers = OneAtATime()
    with callers.alone(), pytest.raises(RuntimeError, match="from its own progress"):
        callers.check()
    callers.check()
    with pytest.raises(ZeroDivisionError), callers.alone():
        raise ZeroDivisionError
    with callers.alone():
        pass


def test_a_forked_process_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    callers = OneAtATime()
    assert not callers.elsewhere
    monkeypatch.setattr(os, "getpid", lambda: -1)
    assert callers.elsewhere
    with pytest.raises(RuntimeError, match="opened in another process"), callers.alone():
        pass
