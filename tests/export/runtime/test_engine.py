"""The Engine on tiny networks: same answers in any company, sensible ones for odd texts."""

import gc
import os
import subprocess
import sys
import threading
import weakref
from pathlib import Path

import numpy as np
import pytest

from export.runtime.bundle import seal_bundle
from export.runtime.engine import Engine
from export.runtime.errors import BundleError
from export.runtime.graph_runner import GraphRunner

WORDS = [
    "good",
    "bad",
    "fair",
    "film",
    "films",
    "a",
    "the",
    "not",
    "very",
    "awful",
    "great",
    "plot",
]


def sentences(count: int, *, longest: int = 20) -> list[str]:
    random = np.random.default_rng(3)
    return [" ".join(random.choice(WORDS, random.integers(1, longest))) for _ in range(count)]


def test_probabilities_have_labels_and_valence_is_their_expectation(engine):
    verdict = engine.classify(["The film is great!"])[0]
    assert list(verdict.scores) == ["negative", "neutral", "positive"]
    assert sum(verdict.scores.values()) == pytest.approx(1, abs=1e-6)
    assert verdict.label == max(verdict.scores, key=verdict.scores.__getitem__)
    expected = 4 * (verdict.scores["positive"] - verdict.scores["negative"])
    assert verdict.valence == pytest.approx(expected, abs=1e-6)
    assert (verdict.tokens, verdict.truncated) == (5, False)


def test_order_is_kept_and_company_does_not_matter(embedder_path):
    texts = sentences(300)
    with Engine.open(embedder_path, num_threads=1, num_workers=3, tokens_per_batch=40) as engine:
        together = engine.embed(texts)
        alone = np.stack([engine.embed([text]).vectors[0] for text in texts])
    np.testing.assert_array_equal(together.vectors, alone)
    assert np.linalg.norm(together.vectors, axis=1) == pytest.approx(np.ones(300), abs=1e-6)


def test_matches_the_network_computed_by_hand(embedder_path, embedder):
    text = "the film was good"
    with Engine.open(embedder_path) as engine:
        tokenizer = engine.bundle.tokenizer
        batch = tokenizer.assemble(tokenizer.token_ids([text]), max_length=16)
        expected = engine.embed([text]).vectors
        padded = tokenizer.assemble(tokenizer.token_ids([text]), max_length=16, pad_to=12)
        runner = GraphRunner(embedder.graph, embedder.metadata)
        np.testing.assert_array_equal(runner.run(batch.token_ids), expected)
        np.testing.assert_allclose(
            runner.run(padded.token_ids, padded.padding_mask), expected, atol=1e-6
        )


def test_equal_texts_are_computed_once(engine, monkeypatch):
    computed = []
    monkeypatch.setattr(engine._pool, "_num_workers", 1)
    runner = engine._pool._runners[0]
    run = runner.run
    monkeypatch.setattr(runner, "run", lambda ids: computed.extend(ids) or run(ids))
    verdicts = engine.classify(["Good", "good", "bad", "good", "GOOD", "bad"] * 50)
    assert len(computed) == 2
    assert verdicts[0] == verdicts[1] == verdicts[4] != verdicts[2]


@pytest.mark.parametrize("text", ["", " ", "\t\n\r\n", "\u3000", "\0", "\ud800", "\u200b"])
def test_blank_text_has_no_verdict(engine, embedder_path, text):
    verdict = engine.classify(["good", text])[1]
    assert (verdict.label, verdict.scores, verdict.valence) == (None, {}, None)
    assert (verdict.tokens, verdict.truncated) == (0, False)
    with Engine.open(embedder_path) as other:
        assert not other.embed([text]).vectors.any()


def test_nothing_in_nothing_out(engine, embedder_path):
    assert engine.classify([]) == []
    with Engine.open(embedder_path) as other:
        assert other.embed([]).vectors.shape == (0, 8)


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("😀😀 🎉", 2),  # words outside the vocabulary are [UNK]
        ("good " * 10_000, 10_000),
        ("x" * 1_000_000, 1),  # a word too long
        ("!" * 1_000_000, 1_000_000),
        ("good \udcff film", 2),
        ("[CLS] [SEP]", 6),
    ],
)
def test_odd_texts_get_an_answer(engine, text, tokens):
    verdict = engine.classify([text])[0]
    assert verdict.label in engine.metadata.labels
    assert verdict.tokens == tokens
    assert verdict.truncated == (tokens > 14)


def test_a_long_text_is_judged_by_its_first_pieces(engine):
    long, short = engine.classify([" ".join(["good"] * 20), " ".join(["good"] * 14)])
    assert long.scores == short.scores
    assert (long.truncated, short.truncated) == (True, False)


def test_progress_counts_every_text_in_the_callers_thread(embedder_path):
    seen: list[tuple[int, int]] = []
    with Engine.open(embedder_path, num_workers=2, tokens_per_batch=32) as engine:
        engine.embed(
            sentences(200) * 2, progress=lambda done: seen.append((done, threading.get_ident()))
        )
    counts = [done for done, _ in seen]
    assert counts == sorted(counts)
    assert counts[-1] == 400
    assert {thread for _, thread in seen} == {threading.get_ident()}


def test_stopping_from_progress_leaves_the_engine_usable(embedder_path):
    def stop(done: int) -> None:
        raise KeyboardInterrupt

    with Engine.open(embedder_path, num_workers=2, tokens_per_batch=16) as engine:
        with pytest.raises(KeyboardInterrupt):
            engine.embed(sentences(300), progress=stop)
        assert engine.embed(["good"]).vectors.any()


def outcome_in_time(call) -> object:
    """What a call gives or raises; a call that never ends fails instead."""
    found: list[object] = []

    def run() -> None:
        try:
            found.append(call())
        except Exception as error:
            found.append(error)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    thread.join(20)
    assert found, "still waiting"
    return found[0]


@pytest.mark.parametrize("num_workers", [1, 2])
@pytest.mark.parametrize(
    "use", [lambda engine: engine.embed(["good"]), lambda engine: engine.close()]
)
def test_its_own_progress_cannot_use_it(embedder_path, num_workers, use):
    engine = Engine.open(embedder_path, num_workers=num_workers, tokens_per_batch=16)
    texts = sentences(30)
    error = outcome_in_time(lambda: engine.embed(texts, progress=lambda done: use(engine)))
    assert isinstance(error, RuntimeError) and "from its own progress" in str(error)
    answer = outcome_in_time(lambda: engine.embed(["good"]))
    assert answer.vectors.any()
    engine.close()


FORKED = """
import os, sys, threading
from export.runtime.engine import Engine

engine = Engine.open(sys.argv[1])
begun, forked = threading.Event(), threading.Event()

def progress(done):
    begun.set()
    forked.wait(30)

thread = threading.Thread(target=engine.classify, args=(["good"],), kwargs={"progress": progress})
thread.start()
begun.wait(30)
child = os.fork()
if child == 0:
    with engine:
        try:
            engine.classify(["good"])
        except RuntimeError as error:
            print(error, flush=True)
    os._exit(0)
os.waitpid(child, 0)
forked.set()
thread.join()
print(engine.classify(["good"])[0].tokens)
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="POSIX")
def test_a_forked_process_is_told_to_open_its_own(classifier_path):
    done = subprocess.run(
        [sys.executable, "-c", FORKED, classifier_path],
        cwd=Path(__file__).parents[3],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    refusal, tokens = done.stdout.splitlines()
    assert refusal.startswith("This Engine was opened in another process")
    assert tokens == "1"


def test_several_threads_get_their_own_answers(embedder_path):
    texts = sentences(60)
    with Engine.open(embedder_path, num_workers=2, tokens_per_batch=32) as engine:
        expected = engine.embed(texts).vectors
        answers: dict[int, np.ndarray] = {}

        def ask(part: int) -> None:
            answers[part] = engine.embed(texts[part::4]).vectors

        threads = [threading.Thread(target=ask, args=(part,)) for part in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    for part in range(4):
        np.testing.assert_array_equal(answers[part], expected[part::4])


@pytest.mark.parametrize("num_workers", [1, 2])
def test_not_a_number_never_leaves_the_engine(graphs, embedder, num_workers, tmp_path):
    spoiled = tmp_path / "nan.tflite"
    spoiled.write_bytes(seal_bundle(graphs["nan"], embedder.files))
    with (
        Engine.open(spoiled, num_workers=num_workers) as engine,
        pytest.raises(FloatingPointError, match="NaN"),
    ):
        engine.embed(["good", "a bad film"])


def test_the_other_task_is_refused_by_name(engine, embedder_path):
    with pytest.raises(ValueError, match=r"tiny-classification.*use `classify`"):
        engine.embed(["good"])
    with Engine.open(embedder_path) as other, pytest.raises(ValueError, match="use `embed`"):
        other.classify(["good"])


def test_a_closed_engine_says_so(classifier_path):
    engine = Engine.open(classifier_path)
    engine.close()
    engine.close()
    with pytest.raises(ValueError, match="closed"):
        engine.classify(["good"])


def test_an_engine_that_nobody_holds_frees_its_interpreters_at_once(embedder_path):
    gc.disable()  # or a cycle of references would be found by chance
    try:
        engine = Engine.open(embedder_path, num_threads=2, num_workers=2, tokens_per_batch=8)
        engine.embed(sentences(20))
        held = [weakref.ref(engine), *map(weakref.ref, engine._pool._runners)]
        assert len(held) == 3
        del engine
        assert [each() for each in held] == [None] * 3
    finally:
        gc.enable()


VERBS = {
    "classify": lambda engine, texts: engine.classify(texts),
    "outputs": lambda engine, texts: engine.outputs(texts),
    "explain_many": lambda engine, texts: engine.explain_many(texts),
    "embed": lambda engine, texts: engine.embed(texts),
    "similarity": lambda engine, texts: engine.similarity(["good"], texts),
    "similar to": lambda engine, texts: engine.similarity(texts, ["good"]),
}


@pytest.fixture(params=VERBS)
def verb(request, classifier_path, embedder_path):
    """A method that takes texts."""
    words = ("embed", "similarity", "similar to")
    with Engine.open(embedder_path if request.param in words else classifier_path) as engine:
        yield lambda texts: VERBS[request.param](engine, texts)


@pytest.mark.parametrize("texts", ["good film", b"good film", np.str_("good")])
def test_one_string_is_no_list_of_texts(verb, texts):
    with pytest.raises(TypeError, match=r"list of strings, received .*For one text pass a list"):
        verb(texts)


@pytest.mark.parametrize("texts", [None, 5, np.array("good")])
def test_what_holds_no_texts_is_refused(verb, texts):
    with pytest.raises(TypeError, match=r"list of strings, received .*\((NoneType|int|ndarray)\)"):
        verb(texts)


@pytest.mark.parametrize(
    ("text", "kind"),
    [(None, "NoneType"), (b"bad", "bytes"), (float("nan"), "float"), (["a"], "list")],
)
def test_a_text_that_is_no_string_is_named(verb, text, kind):
    with pytest.raises(TypeError, match=rf"must be a string, received .* \({kind}\) at index 1\."):
        verb(["good", text])


def test_one_text_to_explain_is_a_string(engine):
    with pytest.raises(TypeError, match=r"received \['good'\] \(list\)"):
        engine.explain(["good"])


def test_generators_and_arrays_of_strings_are_texts(verb):
    texts = ["good", "a bad film"]
    expected = repr(verb(texts))
    assert repr(verb(text for text in texts)) == expected
    assert repr(verb(np.array(texts))) == expected


@pytest.mark.parametrize("number", ["2", 2.0, [1]])
@pytest.mark.parametrize("name", ["num_threads", "num_workers", "tokens_per_batch"])
def test_numbers_must_be_whole(classifier_path, name, number):
    with pytest.raises(TypeError, match=rf"{name} must be a whole number, received .* \(\w+\)"):
        Engine.open(classifier_path, **{name: number})


def test_whole_numbers_of_numpy_are_numbers(classifier_path):
    numbers = {"num_threads": np.int64(2), "num_workers": np.int32(1)}
    with Engine.open(classifier_path, **numbers) as engine:
        for _ in range(8):  # alone on one thread, then on two
            assert engine.classify(["good film"])[0].label


@pytest.mark.parametrize(
    "numbers", [{"num_threads": 0}, {"num_workers": -1}, {"tokens_per_batch": 0}]
)
def test_numbers_must_be_positive(classifier_path, numbers):
    with pytest.raises(ValueError, match="positive"):
        Engine.open(classifier_path, **numbers)


def test_unreadable_paths_are_bundle_errors(tmp_path):
    with pytest.raises(BundleError, match="no shipped bundle of that name"):
        Engine.open(tmp_path / "missing.tflite")
    with pytest.raises(BundleError, match="not a file"):
        Engine.open(tmp_path)


def test_runs_where_tensorflow_cannot_be_imported(classifier_path):
    code = (
        "import sys; sys.modules.update(tensorflow=None, keras=None, h5py=None)\n"
        "from export.runtime.engine import Engine\n"
        f"print(Engine.open({str(classifier_path)!r}).classify(['good'])[0].label)"
    )
    root = Path(__file__).parents[3]
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=False
    )
    assert done.stdout.strip() in {"negative", "neutral", "positive"}, done.stderr
