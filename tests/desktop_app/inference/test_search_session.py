import pytest
from fake_worker import FakeWorker, metadata

from desktop_app.inference import search_session
from desktop_app.inference.bundle_choice import BundleChoice
from desktop_app.inference.search_session import SearchSession

CORPUS = "\n".join(f"the cat number {n} sleeps" for n in range(40)) + "\na dog barks\n"


@pytest.fixture
def worker():
    return FakeWorker(metadata(task="embedding"))


@pytest.fixture
def session(requests):
    return SearchSession(requests, corpus_debounce_ms=5, question_debounce_ms=5)


def watch(signal) -> list:
    seen = []
    signal.connect(seen.append)
    return seen


def test_nearest_passages_are_found(qtbot, session):
    found = watch(session.found)
    session.set_corpus(CORPUS, "line")
    session.set_question("which dog barks")
    qtbot.waitUntil(lambda: bool(found) and found[-1] and len(found[-1].matches) == 41)
    assert found[-1].question == "which dog barks"
    assert found[-1].matches[0].passage.text == "a dog barks"


def test_progress_grows_to_the_end(qtbot, session):
    progress = watch(session.progressed)
    session.set_corpus(CORPUS, "line")
    qtbot.waitUntil(lambda: bool(progress) and progress[-1].done == 41)
    assert not progress[-1].running
    done = [each.done for each in progress]
    assert done == sorted(done)
    assert done[0] == 0


def test_a_question_does_not_wait_for_the_whole_corpus(qtbot, worker, session):
    worker.manual = True
    session.set_corpus(CORPUS, "line")
    qtbot.waitUntil(lambda: len(worker.asked) == 1)
    session.set_question("dog")
    qtbot.wait(20)
    assert len(worker.asked) == 1  # one request is under way at a time
    worker.answer_next()
    qtbot.waitUntil(lambda: len(worker.asked) == 2)
    assert worker.asked[1] == ("embed", ["dog"])


def test_reading_stops_and_goes_on(qtbot, worker, session):
    worker.manual = True
    progress = watch(session.progressed)
    session.set_corpus(CORPUS, "line")
    qtbot.waitUntil(lambda: len(worker.asked) == 1)
    session.stop_reading()
    worker.answer_next()
    qtbot.waitUntil(lambda: progress[-1].done == 8)
    qtbot.wait(20)
    assert len(worker.asked) == 1
    assert progress[-1].stopped
    worker.manual = False
    session.continue_reading()
    qtbot.waitUntil(lambda: progress[-1].done == 41)


def test_a_failure_stops_reading_and_says_so(qtbot, worker, session):
    worker.manual = True
    progress, reasons = watch(session.progressed), watch(session.failed)
    session.set_corpus(CORPUS, "line")
    qtbot.waitUntil(lambda: len(worker.asked) == 1)
    worker.answer_next(RuntimeError("no memory"))
    qtbot.waitUntil(lambda: reasons == ["no memory"])
    assert progress[-1].stopped


def test_a_question_that_failed_is_not_asked_again_by_itself(qtbot, worker, session):
    worker.manual = True
    reasons = watch(session.failed)
    session.set_question("dog")
    qtbot.waitUntil(lambda: len(worker.asked) == 1)
    worker.answer_next(RuntimeError("no"))
    qtbot.waitUntil(lambda: reasons == ["no"])
    qtbot.wait(20)
    assert len(worker.asked) == 1
    session.set_question("dogs")
    qtbot.waitUntil(lambda: len(worker.asked) == 2)


def test_another_bundle_reads_everything_again(qtbot, worker, requests, session, started):
    progress = watch(session.progressed)
    session.set_corpus(CORPUS, "line")
    qtbot.waitUntil(lambda: bool(progress) and progress[-1].done == 41)
    other = FakeWorker(metadata(task="embedding"))
    requests.replace(started(other))
    qtbot.waitUntil(lambda: sum(len(texts) for _, texts in other.asked) == 41)


def test_a_large_corpus_is_split_on_a_thread_and_capped(qtbot, session, monkeypatch):
    monkeypatch.setattr(search_session, "_SPLIT_HERE", 10)
    monkeypatch.setattr(search_session, "MAX_PASSAGES", 30)
    progress = watch(session.progressed)
    session.set_corpus(CORPUS, "line")
    qtbot.waitUntil(lambda: bool(progress) and progress[-1].done == 30)
    assert (progress[-1].passages, progress[-1].left_out) == (30, 11)


def test_no_question_no_answer(qtbot, session):
    found = watch(session.found)
    session.set_question("dog")
    session.set_question("  ")
    qtbot.waitUntil(lambda: found == [None])


@pytest.fixture
def routed(requests):
    """A session whose only bundle reads English."""
    choice = BundleChoice({"en": "fake"})
    return SearchSession(requests, choice=choice, corpus_debounce_ms=5, question_debounce_ms=5)


def test_a_question_in_another_language_is_not_compared(qtbot, worker, routed):
    hindered, found = watch(routed.hindered), watch(routed.found)
    routed.set_corpus(CORPUS, "line")
    routed.set_question("狗在哪里叫")
    qtbot.waitUntil(lambda: bool(hindered) and hindered[-1] is not None)
    assert hindered[-1].question == "狗在哪里叫"
    assert hindered[-1].route.language == "en"
    qtbot.waitUntil(lambda: sum(len(texts) for _, texts in worker.asked) == 41)
    assert not any("狗在哪里叫" in texts for _, texts in worker.asked)
    assert set(found) == {None}
    routed.set_question("which dog barks")
    qtbot.waitUntil(lambda: found[-1] is not None and len(found[-1].matches) == 41)
    assert hindered[-1] is None


def test_a_corpus_without_a_bundle_is_not_read(qtbot, worker, routed):
    hindered, progress = watch(routed.hindered), watch(routed.progressed)
    routed.set_corpus("Das Essen war kalt und teuer.\nDer Film war langweilig.", "line")
    qtbot.waitUntil(lambda: bool(hindered) and hindered[-1] is not None)
    assert (hindered[-1].question, hindered[-1].route.language) == ("", "de")
    assert worker.asked == []
    assert not progress[-1].running
    routed._choice.fix("fake")
    routed.choose_again()
    qtbot.waitUntil(lambda: progress[-1].done == 2)
    assert hindered[-1] is None


def test_a_corpus_waits_for_the_bundle_of_its_language(qtbot, worker, requests, started):
    choice = BundleChoice({"en": "fake", "zh": "near-zh"})
    session = SearchSession(requests, choice=choice, corpus_debounce_ms=5)
    wanted = watch(session.bundle_wanted)
    session.set_corpus("质量很好。\n包裹晚到了。", "line")
    qtbot.waitUntil(lambda: "near-zh" in wanted)
    assert worker.asked == []
