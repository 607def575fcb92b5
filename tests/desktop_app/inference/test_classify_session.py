import pytest
from fake_worker import FakeWorker

from desktop_app.corpus.route import Route
from desktop_app.inference.bundle_choice import BundleChoice
from desktop_app.inference.classify_session import ClassifySession
from desktop_app.inference.worker_requests import WorkerRequests


@pytest.fixture
def worker():
    return FakeWorker(manual=True)


@pytest.fixture
def seen(requests):
    """The session and the analyses it published."""
    session = ClassifySession(requests, debounce_ms=10)
    analyses = []
    session.analysed.connect(analyses.append)
    return session, analyses


def wait_for_request(qtbot, worker, count=1):
    qtbot.waitUntil(lambda: len(worker.asked) >= count)


def test_only_the_last_text_of_a_burst_is_asked(qtbot, worker, seen):
    session, _ = seen
    for text in ("g", "go", "good", "good."):
        session.set_text(text)
    wait_for_request(qtbot, worker)
    assert worker.asked == [("classify", ["good."])]


def test_an_answer_to_an_older_text_is_never_published(qtbot, worker, seen):
    session, analyses = seen
    session.set_text("I love it.")
    wait_for_request(qtbot, worker)
    session.set_text("I hate it.")
    qtbot.waitUntil(lambda: bool(analyses) and analyses[-1].text == "I hate it.")
    analyses.clear()
    worker.answer_next()  # about love
    wait_for_request(qtbot, worker, 2)
    assert all(analysis.overall is None for analysis in analyses)
    worker.answer_next()  # about hate
    qtbot.waitUntil(lambda: bool(analyses) and analyses[-1].complete)
    assert {analysis.text for analysis in analyses} == {"I hate it."}
    assert analyses[-1].overall.valence < 0


def test_an_edit_asks_only_for_the_sentence_that_changed(qtbot, worker, seen):
    worker.manual = False
    session, analyses = seen
    session.set_text("Good film. Bad plot.")
    qtbot.waitUntil(lambda: bool(analyses) and analyses[-1].complete)
    worker.asked.clear()
    session.set_text("Good film. Awful plot.")
    qtbot.waitUntil(lambda: analyses[-1].text.endswith("Awful plot.") and analyses[-1].complete)
    assert worker.asked == [("classify", ["Good film. Awful plot.", "Awful plot."])]


def test_a_long_text_comes_in_parts(qtbot, worker, seen):
    worker.manual = False
    session, analyses = seen
    session.set_text(" ".join(f"Sentence number {number} is good." for number in range(200)))
    qtbot.waitUntil(lambda: bool(analyses) and analyses[-1].complete)
    assert [len(texts) for _, texts in worker.asked] == [12, 48, 48, 48, 45]
    assert sorted({analysis.done for analysis in analyses}) == [0, 11, 59, 107, 155, 200]
    assert analyses[-1].overall.basis == "sentences"  # 1,200 words, 62 are read at once


def test_a_failure_is_told_once_and_the_next_edit_tries_again(qtbot, worker, seen):
    session, analyses = seen
    reasons = []
    session.failed.connect(reasons.append)
    session.set_text("good")
    wait_for_request(qtbot, worker)
    worker.answer_next(RuntimeError("it died twice"))
    qtbot.waitUntil(lambda: reasons == ["it died twice"])
    assert len(worker.asked) == 1
    worker.manual = False
    session.set_text("good!")
    qtbot.waitUntil(lambda: analyses[-1].complete)


def test_another_bundle_judges_the_text_anew(qtbot, worker, requests, seen, started):
    session, analyses = seen
    session.set_text("good")
    wait_for_request(qtbot, worker)
    other = FakeWorker()
    requests.replace(started(other))
    qtbot.waitUntil(lambda: bool(analyses) and analyses[-1].complete)
    assert other.asked == [("classify", ["good"])]
    qtbot.waitUntil(lambda: worker.closed)
    analyses.clear()
    worker.answer_next()  # too late
    qtbot.wait(30)
    assert analyses == []


def test_text_without_words_asks_nothing(qtbot, worker, seen):
    session, analyses = seen
    session.set_text(" \n ")
    qtbot.waitUntil(lambda: bool(analyses))
    assert worker.asked == []
    assert analyses[-1].sentences == []


@pytest.fixture
def routed(qapp, started):
    """A session that chooses by language, and what it published and wanted."""
    requests = WorkerRequests()
    session = ClassifySession(requests, choice=BundleChoice({"fake": "x", "en": "fake"}))
    analyses, wanted = [], []
    session.analysed.connect(analyses.append)
    session.bundle_wanted.connect(wanted.append)
    yield session, requests, analyses, wanted
    requests.close()


def test_a_text_waits_for_the_bundle_of_its_language(qtbot, routed, started):
    session, requests, analyses, wanted = routed
    session.set_text("It was a good film.")
    session.analyse_now()
    assert wanted == ["fake"]
    worker = FakeWorker()
    requests.replace(started(worker))
    qtbot.waitUntil(lambda: analyses[-1].complete)
    assert analyses[-1].route == Route(bundle="fake", language="en", basis="words")
    assert len(worker.asked) == 1


def test_a_text_without_a_bundle_asks_nothing(routed, started):
    session, requests, analyses, wanted = routed
    worker = FakeWorker()
    requests.replace(started(worker))
    session.set_text("Das Essen war kalt und teuer.")
    session.analyse_now()
    assert analyses[-1].unsupported
    assert analyses[-1].overall is None
    assert (worker.asked, wanted) == ([], [])


def test_a_sentence_in_another_language_is_left_out_of_the_verdict(qtbot, routed, started):
    session, requests, analyses, _ = routed
    worker = FakeWorker()
    requests.replace(started(worker))
    session.set_text("It was a good film and I love it. 质量太差，坏了。 We had great fun too.")
    session.analyse_now()
    qtbot.waitUntil(lambda: analyses[-1].complete)
    assert worker.asked == [
        ("classify", ["It was a good film and I love it.", "We had great fun too."])
    ]
    assert [verdict.foreign for verdict in analyses[-1].verdicts] == [False, True, False]
    assert analyses[-1].overall.basis == "sentences"
    assert analyses[-1].overall.valence > 1


def test_what_another_bundle_said_is_not_shown(qtbot, routed, started):
    session, requests, analyses, wanted = routed
    requests.replace(started(FakeWorker()))
    session.set_text("It was a good film.")
    session.analyse_now()
    qtbot.waitUntil(lambda: analyses[-1].complete)
    session._choice.fix("other.tflite")
    session.analyse_now()
    assert wanted == ["other.tflite"]
    assert analyses[-1].overall is None
    assert analyses[-1].route == Route(bundle="other.tflite")
