import sys
import threading
import time

import pytest

from desktop_app.models.model_entry import ModelEntry
from desktop_app.models.model_error import ModelError, ModelJobCancelledError, ModelJobLostError
from desktop_app.models.model_job import ModelJob
from desktop_app.models.model_listing import list_models

DEAD = (sys.executable, "-c", "import os, signal; os.kill(os.getpid(), signal.SIGSEGV)")
SILENT = (sys.executable, "-c", "import sys, time; time.sleep(60)")


def test_every_file_is_listed_and_a_damaged_one_says_why(make_bundle, store):
    place = store.place_for(task="classification", name="tickets", sha256="0" * 64)
    place.parent.mkdir(parents=True)
    place.write_bytes(make_bundle().read_bytes()[:-100])
    entries = list_models(store)
    assert [each.bundle for each in entries] == [
        "embedding-en",
        "embedding-zh",
        "sentiment-en",
        "sentiment-zh",
        str(place),
    ]
    assert [bool(each.fault) for each in entries] == [False] * 4 + [True]
    chinese = entries[3]
    assert chinese.labels == ("negative", "positive")
    assert chinese.licence == "weights: Apache-2.0; data: MIT"
    assert chinese.description["provenance"]["start"]["model_folder"] == "encoder-zh"
    assert ModelEntry.from_dict(chinese.to_dict()) == chinese


def test_added_tested_and_measured_in_a_process(make_bundle, store):
    path, heard = make_bundle(), []
    request = {"kind": "add", "path": str(path), "store": str(store.folder), "expected": ""}
    result = ModelJob(request).run(heard.append)
    entry = ModelEntry.from_dict(result["entry"])
    assert result["fresh"] and store.added() == (entry.path,)
    assert heard[-1] == {"event": "progress", "share": 1.0}
    report = ModelJob({"kind": "selftest", "bundle": entry.bundle}).run()
    assert report["passed"] and report["sha256"] == entry.sha256
    assert 0 <= report["largest_difference"] < 0.1
    with pytest.raises(ModelError, match="no file"):
        ModelJob({"kind": "selftest", "bundle": "none"}).run()


def test_a_measurement_is_cancelled_at_once():
    job = ModelJob({"kind": "speed", "bundle": "sentiment-zh", "seconds": 600})
    begun, told = threading.Event(), []

    def cancel():
        begun.wait(30)
        told.append(time.monotonic())
        job.cancel()

    thread = threading.Thread(target=cancel)
    thread.start()
    with pytest.raises(ModelJobCancelledError):
        job.run(lambda _: begun.set())
    thread.join()
    assert begun.is_set() and time.monotonic() - told[0] < 5


def test_a_process_that_dies_or_hangs_is_told(store):
    with pytest.raises(ModelJobLostError, match="SIGSEGV"):
        ModelJob({"kind": "list", "files": []}, command=DEAD).run()
    with pytest.raises(ModelJobLostError, match="no sign of life"):
        ModelJob({"kind": "list", "files": []}, command=SILENT, watchdog_seconds=0.2).run()


def test_a_file_that_kills_its_reader_becomes_a_line(store):
    entries = list_models(store, lambda request: ModelJob(request, command=DEAD))
    assert len(entries) == 4
    assert all("lost" in each.fault for each in entries)
