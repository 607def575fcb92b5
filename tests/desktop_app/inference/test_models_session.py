import threading
from pathlib import Path

import pytest
from fake_models import SPEED, FakeJob, fake_models

from desktop_app.models.model_store import ModelStore


@pytest.fixture
def store(tmp_path):
    return ModelStore(tmp_path / "models")


@pytest.fixture
def session(qapp, store, tmp_path):
    made = fake_models(store, tmp_path / "measurements.json")
    yield made
    made.close()


@pytest.fixture
def held(monkeypatch):
    """Works wait for this event."""
    event = threading.Event()
    monkeypatch.setattr(FakeJob, "held", event)
    yield event
    event.set()


@pytest.fixture
def listed(session, qtbot):
    with qtbot.waitSignal(session.listed):
        session.refresh()
    return session


def test_shipped_and_added_files_are_listed(listed, store, qtbot):
    assert [each.bundle for each in listed.entries] == [
        "embedding-en",
        "embedding-zh",
        "sentiment-en",
        "sentiment-zh",
    ]
    shares = []
    listed.progressed.connect(shares.append)
    with qtbot.waitSignal(listed.added) as added:
        listed.add(Path("/some/tickets.tflite"))
        assert listed.work.kind == "add"
    entry, fresh = added.args
    assert fresh and listed.entries[-1] == entry and listed.work is None and shares == [0.5]
    with qtbot.waitSignal(listed.added) as added:
        listed.add(Path("/some/tickets.tflite"))
    assert added.args == [entry, False] and len(listed.entries) == 5
    again = fake_models(store)
    with qtbot.waitSignal(again.listed):
        again.refresh()
    assert [each.path for each in again.entries] == [each.path for each in listed.entries]
    again.close()


def test_a_bad_file_or_hash_is_refused(listed, store, qtbot):
    with qtbot.waitSignal(listed.failed) as failed:
        listed.add(Path("/some/bad.tflite"))
    assert "damaged or padded" in failed.args[0]
    with qtbot.waitSignal(listed.failed) as failed:
        listed.add(Path("/some/tickets.tflite"), "12")
    assert "64 digits" in failed.args[0]
    assert store.added() == () and listed.work is None


def test_one_thing_at_a_time_and_each_can_be_cancelled(listed, held, qtbot):
    entry = listed.entries[0]
    listed.measure_speed(entry)
    listed.run_selftest(entry)  # not begun: it would disturb the other
    assert listed.work.kind == "speed"
    with qtbot.waitSignal(listed.cancelled):
        listed.cancel()
    assert listed.work is None and listed.report(entry, "speed") == {}


def test_measurements_are_remembered(listed, tmp_path, store, qtbot):
    entry = listed.entries[1]
    for measure in (listed.run_selftest, listed.measure_speed):
        with qtbot.waitSignal(listed.measured) as measured:
            measure(entry)
        assert measured.args == [entry]
    assert listed.report(entry, "selftest")["passed"]
    again = fake_models(store, tmp_path / "measurements.json")
    assert again.report(entry, "speed")["best"] == SPEED["best"]
    assert again.report(listed.entries[0], "speed") == {}
    again.close()


def test_only_added_files_are_removed(listed, qtbot):
    with qtbot.waitSignal(listed.added) as added:
        listed.add(Path("/some/tickets.tflite"))
    entry = added.args[0]
    with qtbot.waitSignal(listed.removed) as removed:
        listed.remove(entry)
    assert removed.args == [entry.bundle] and not entry.path.exists()
    assert entry not in listed.entries
    with qtbot.waitSignal(listed.failed) as failed:
        listed.remove(listed.entries[0])
    assert "not added here" in failed.args[0] and listed.entries[0].path.exists()


def test_a_file_that_kills_its_reader_is_a_damaged_one(session, monkeypatch, qtbot):
    monkeypatch.setattr(FakeJob, "deadly", "sentiment-en")
    with qtbot.waitSignal(session.listed):
        session.refresh()
    assert [bool(each.fault) for each in session.entries] == [False, False, True, False]
    assert "SIGSEGV" in session.entries[2].fault


def test_closing_ends_a_measurement(listed, held):
    listed.measure_speed(listed.entries[0])
    listed.close()
    assert not [each for each in threading.enumerate() if "work on models" in each.name]


def test_a_file_added_while_all_are_listed_stays_in_the_list(session, qtbot):
    session.refresh()
    with qtbot.waitSignal(session.added):
        session.add(Path("/some/tickets.tflite"))
    qtbot.waitUntil(lambda: len(session.entries) == 5)
    qtbot.wait(100)
    assert len(session.entries) == 5
