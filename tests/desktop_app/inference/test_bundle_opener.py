from fake_worker import FakeWorker

from desktop_app.inference.bundle_opener import BundleOpener


def opener_for(worker: FakeWorker) -> BundleOpener:
    def factory(_bundle, restarts):
        worker.on_restart = restarts
        return worker

    return BundleOpener(factory)


def test_a_good_bundle_arrives_with_its_metadata(qapp, qtbot):
    opener = opener_for(FakeWorker())
    changes = []
    opener.opening_changed.connect(changes.append)
    with qtbot.waitSignal(opener.opened) as caught:
        opener.open("some.tflite")
    assert caught.args[0].metadata.name == "fake"
    assert changes == [True, False]


def test_a_refused_bundle_names_the_reason_and_its_worker_is_closed(qapp, qtbot):
    worker = FakeWorker(refusal="the file is cut off")
    opener = opener_for(worker)
    with qtbot.waitSignal(opener.refused) as caught:
        opener.open("some.tflite")
    assert caught.args == ["some.tflite", "the file is cut off"]
    qtbot.waitUntil(lambda: worker.closed)


def test_a_worker_that_arrives_after_the_end_is_closed(qapp, qtbot):
    worker = FakeWorker()
    opener = opener_for(worker)
    opener.close()
    opener.open("some.tflite")
    qtbot.waitUntil(lambda: worker.closed)
