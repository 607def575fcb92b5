import pytest
from fake_worker import FakeWorker

from desktop_app.inference.open_bundles import MAX_OPEN, OpenBundles
from desktop_app.workers.worker_start import StartedWorker


def started(name: str) -> StartedWorker:
    return StartedWorker(bundle=name, worker=FakeWorker(), metadata=None)


@pytest.fixture
def three():
    """More workers than may stay, the first of them used last."""
    bundles, workers = OpenBundles(), [started(name) for name in "abc"]
    for worker in workers:
        bundles.add(worker)
    assert bundles.get("a") is workers[0]
    return bundles, [each.worker for each in workers]


def test_what_was_not_used_for_longest_is_closed(qtbot, three):
    bundles, (a, b, c) = three
    bundles.trim(())
    qtbot.waitUntil(lambda: b.closed)
    assert (a.closed, c.closed, len(bundles)) == (False, False, MAX_OPEN)
    assert bundles.get("b") is None


def test_what_is_in_use_stays(qtbot, three):
    bundles, (a, b, c) = three
    bundles.trim(("b", "c"))
    qtbot.waitUntil(lambda: a.closed)
    assert not b.closed
    assert not c.closed


def test_another_worker_of_the_same_bundle_replaces_the_first(qtbot, three):
    bundles, (a, _b, _c) = three
    fresh = started("a")
    bundles.add(fresh)
    qtbot.waitUntil(lambda: a.closed)
    assert bundles.get("a") is fresh


def test_one_whose_file_is_gone_is_closed(qtbot, three):
    bundles, (a, b, _c) = three
    bundles.discard("a")
    bundles.discard("never opened")
    qtbot.waitUntil(lambda: a.closed)
    assert (bundles.get("a"), b.closed) == (None, False)


def test_all_are_closed_in_the_end(qtbot, three):
    bundles, workers = three
    bundles.close()
    qtbot.waitUntil(lambda: all(worker.closed for worker in workers))
    assert len(bundles) == 0
