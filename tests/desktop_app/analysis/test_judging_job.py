import pytest
from fake_analysis import ENGLISH, fake_routes
from fake_worker import FIVE

from desktop_app.analysis.job_control import JobStopped
from desktop_app.analysis.judging_job import JudgingJob
from desktop_app.command.judge import BundleOfLanguage
from desktop_app.results.uncertainty import is_uncertain
from export.runtime.errors import BundleError, WorkerError
from export.runtime.language_router import LanguageRouter

ROUTES = fake_routes(None)
MIXED = [
    "It was a good film and I love it.",
    "质量很好，我很喜欢。",
    "   ",
    "",
    "12345",
    "Der Film war langweilig und viel zu lang, schade um das Geld.",
    "It was bad.",
    "good word " * 40,
]


@pytest.fixture
def run(project, shelf, control):
    """Runs a job to its end; what was stored."""

    def run(routes=ROUTES):
        stored = []
        JudgingJob(project, routes, shelf, control, stored=stored.append).run()
        return stored

    return run


def verdicts(project, routes=ROUTES):
    """Text to its row and the status in the table."""
    columns = project.columns(routes.routing)
    rows = project.rows(columns.rows.tolist(), routes.routing)
    return {
        row.text: (row.verdict, columns.statuses[status])
        for row, status in zip(rows, columns.status, strict=True)
    }


def asked(factory, name="sentiment-en"):
    return [texts for _, texts in factory.known[name].asked]


def test_every_text_goes_where_the_command_line_sends_it(project, put, run, mortal):
    put(project, MIXED)
    stored = run()
    found = verdicts(project)
    judge = BundleOfLanguage.__new__(BundleOfLanguage)  # its routing on the same fake bundles
    judge._router = LanguageRouter(ROUTES.bundles, lambda name: FakeEngine(mortal.known[name]))
    judge._long_texts = "truncate"
    expected = judge.judge(list(dict.fromkeys(MIXED)), lambda _: None)
    for text, judgement in zip(dict.fromkeys(MIXED), expected, strict=True):
        verdict, status = found[text]
        assert status == judgement.shown_status
        if judgement.verdict is None:
            assert verdict is None
        else:
            assert verdict.language == judgement.language
            assert verdict.label == judgement.verdict.label
            assert verdict.scores == pytest.approx(tuple(judgement.verdict.scores.values()))
            assert verdict.valence == judgement.verdict.valence
            assert verdict.uncertain == is_uncertain(verdict.scores)
    statuses = {status for _, status in found.values()}
    assert statuses == {
        "judged",
        "truncated",
        "blank",
        "unknown language",
        "unsupported language",
    }
    assert sum(len(each.texts) for each in stored) == len(set(MIXED))


class FakeEngine:
    """An Engine on a fake worker."""

    def __init__(self, worker):
        self._worker = worker
        self.metadata = worker.bundle_metadata

    def require(self, task):
        assert task == "classification"

    def classify(self, texts, *, long_texts, progress):
        return self._worker.submit("classify", texts).result()


def test_requests_hold_texts_of_about_one_length(project, put, run, mortal):
    put(project, [f"good {'word ' * (n % 30)}{n}" for n in range(400)])
    run()
    requests = asked(mortal)
    assert sum(map(len, requests)) == 400
    window = [len(text) for texts in requests for text in texts][:256]
    assert window == sorted(window)
    assert len(requests[0]) == 16 and max(map(len, requests)) > 16


def test_a_text_that_kills_is_marked_and_everything_else_judged(project, put, run, mortal):
    worker = mortal.known["sentiment-en"]
    texts = [f"a good film number {n}" for n in range(60)]
    worker.deadly = {texts[7], texts[41]}
    put(project, texts)
    run()
    found = verdicts(project)
    failed = {text for text, (_, status) in found.items() if status == "failed"}
    assert failed == worker.deadly
    assert all(found[text][0].label is not None for text in texts if text not in failed)
    assert found[texts[7]][0].bundle == ENGLISH.sha256
    worker.asked.clear()
    assert run() == []  # neither is tried again
    assert worker.asked == []


def test_where_every_process_dies_no_text_is_blamed(project, put, run, mortal):
    texts = [f"a good film number {n}" for n in range(5)]
    mortal.known["sentiment-en"].deadly = {*texts, "ok"}
    put(project, texts)
    with pytest.raises(WorkerError, match="failed 2 times"):
        run()
    assert {status for _, status in verdicts(project).values()} == {"waiting"}


def test_stopped_anywhere_nothing_is_judged_twice(project, put, run, mortal, control):
    texts = [f"good film {n}" if n % 3 else f"好电影{n}" for n in range(300)]
    put(project, texts)
    control.stop_after = 0
    stops = 0
    stored: list[str] = []
    while True:
        try:
            run()
            break
        except JobStopped:
            stops += 1
            control.looks = 0
            control.stop_after += 3
        judged = [text for text, (verdict, _) in verdicts(project).items() if verdict]
        assert set(stored) <= set(judged)
        stored = judged
        for worker in mortal.known.values():
            worker.asked.clear()
    again = {text for name in mortal.known for texts in asked(mortal, name) for text in texts}
    assert stops > 3 and stored
    assert not again & set(stored)
    assert all(verdict is not None for verdict, _ in verdicts(project).values())


def test_a_pause_takes_back_what_has_not_begun(project, put, shelf, mortal, control):
    worker = mortal.known["sentiment-en"]
    worker.manual = True
    put(project, [f"good film {n}" for n in range(200)])
    job = JudgingJob(project, ROUTES, shelf, control, stored=lambda _: None)

    def wait(future):
        worker.waiting = [entry for entry in worker.waiting if not entry[0].cancelled()]
        if future not in [entry[0] for entry in worker.waiting]:  # of the worker's start
            future.result(timeout=10)
            return
        control.paused = not control.rests
        while not future.done():
            worker.waiting[0][0].set_running_or_notify_cancel()
            worker.answer_next()

    control.wait = wait
    job.run()
    assert control.rests == 1
    requests = asked(mortal)
    assert requests[1] == requests[2]  # the second had not begun: it was asked again later
    assert len(requests[0]) + sum(map(len, requests[2:])) == 200
    assert all(verdict is not None for verdict, _ in verdicts(project).values())


def test_a_bundle_that_was_replaced_is_noticed(project, put, run, mortal):
    put(project, ["a good film"])
    mortal.known["sentiment-en"].bundle_metadata.labels = FIVE[:4]
    with pytest.raises(BundleError, match="was replaced"):
        run()


def test_another_bundle_judges_anew_and_the_old_verdicts_stay(project, put, run, factory):
    put(project, ["a good film", "好电影"])
    run()
    two = factory.known["sentiment-zh"].bundle_metadata
    factory.known["other"] = type(factory.known["sentiment-zh"])(two)
    other = fake_routes("other")
    run(other)
    assert {v.bundle for v, _ in verdicts(project, other).values()} == {"a" * 64}
    factory.known["sentiment-en"].asked.clear()
    run()
    assert factory.known["sentiment-en"].asked == []
