"""Windows cover every piece, weigh what they add, and leave texts that fit as they are."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from export.runtime.engine import Engine
from export.runtime.windows import cut_windows, merge_windows, window_starts

ROOM = 14  # of the tiny networks: max_length 16


@pytest.mark.parametrize("room", [1, 2, 5, 14])
@pytest.mark.parametrize("pieces", [0, 1, 2, 5, 14, 15, 21, 22, 28, 100])
def test_windows_cover_every_piece_and_overlap_by_half(pieces, room):
    starts = window_starts(pieces, room=room)
    assert starts[0] == 0
    if pieces <= room:
        assert starts == [0]
        return
    assert starts[-1] == pieces - room
    assert max(np.diff(starts)) <= (room + 1) // 2
    assert min(np.diff(starts)) >= 1
    windows = cut_windows([list(range(pieces))], room=room)
    assert {len(row) for row in windows.rows} == {room}
    assert set().union(*windows.rows) == set(range(pieces))


def test_a_windows_weight_is_what_it_newly_covers():
    windows = cut_windows([list(range(24)), [7, 8], []], room=10)
    assert [row[0] for row in windows.rows[:4]] == [0, 5, 10, 14]
    np.testing.assert_allclose(windows.weights[:4] * 24, [10, 5, 5, 4])
    assert windows.first.tolist() == [0, 4, 5]
    assert windows.rows[4:] == [[7, 8], []]
    values = np.asarray([[1, 0], [0, 1], [1, 1], [0, 0], [0.1, 0.3], [0, 0]], np.float32)
    merged = merge_windows(values, windows, normalize=False)
    np.testing.assert_allclose(merged[0], [15 / 24, 10 / 24], rtol=1e-6)
    np.testing.assert_array_equal(merged[1:], values[4:])
    unit = merge_windows(values, windows, normalize=True)
    np.testing.assert_allclose(unit[0], np.asarray([15, 10]) / np.hypot(15, 10), rtol=1e-6)
    np.testing.assert_array_equal(unit[1:], values[4:])


def test_opposite_windows_give_a_zero_vector_and_no_nan():
    windows = cut_windows([list(range(4))], room=2)
    assert windows.weights.tolist() == [0.5, 0.25, 0.25]
    values = np.asarray([[1, 0], [-1, 0], [-1, 0]], np.float32)
    assert merge_windows(values, windows, normalize=True).tolist() == [[0, 0]]


def texts_that_fit() -> list[str]:
    random = np.random.default_rng(5)
    words = ["good", "bad", "the", "film", "not", "very"]
    texts = [" ".join(random.choice(words, count)) for count in range(1, ROOM + 1)]
    return ["", *texts, "  "]


def test_texts_that_fit_are_the_same_to_the_bit(engine, embedder_path):
    fitting, long = texts_that_fit(), "good film " * 40
    assert engine.classify([*fitting, long], long_texts="windows")[:-1] == engine.classify(fitting)
    with Engine.open(embedder_path) as other:
        vectors = other.embed([long, *fitting], long_texts="windows").vectors
        np.testing.assert_array_equal(vectors[1:], other.embed(fitting).vectors)


def test_a_long_verdict_is_the_weighted_mean_of_its_windows(engine):
    words = ["good"] * 14 + ["awful"] * 7 + ["bad"] * 5  # windows at 0, 7 and 12
    parts = engine.classify([" ".join(words[start : start + ROOM]) for start in (0, 7, 12)])
    verdict = engine.classify([" ".join(words)], long_texts="windows")[0]
    for label in engine.metadata.labels:
        expected = sum(
            weight * part.scores[label] for weight, part in zip((14, 7, 5), parts, strict=True)
        )
        assert verdict.scores[label] == pytest.approx(expected / 26, abs=1e-6)
    assert (verdict.tokens, verdict.truncated) == (26, False)
    assert sum(verdict.scores.values()) == pytest.approx(1, abs=1e-6)
    cut = engine.classify([" ".join(words)])[0]
    assert cut.truncated
    assert cut.scores == parts[0].scores


def test_the_end_of_a_long_text_counts(embedder_path):
    texts = ["good " * 100, "good " * 60 + "awful " * 40]
    with Engine.open(embedder_path) as engine:
        cut = engine.embed(texts)
        whole = engine.embed(texts, long_texts="windows")
    np.testing.assert_array_equal(cut.vectors[0], cut.vectors[1])
    assert np.abs(whole.vectors[0] - whole.vectors[1]).max() > 0.05
    assert np.linalg.norm(whole.vectors, axis=1) == pytest.approx([1, 1], abs=1e-6)
    assert not whole.truncated.any()
    assert whole.tokens.tolist() == [100, 100]


def test_all_windows_are_computed_together_and_progress_counts_texts(engine, monkeypatch):
    calls, seen = [], []
    run = engine.run_ids
    monkeypatch.setattr(
        engine, "run_ids", lambda rows, **options: calls.append(len(rows)) or run(rows, **options)
    )
    texts = ["good bad film " * 10, "the plot was awful " * 20, "fair"]
    engine.classify(texts, long_texts="windows", progress=seen.append)
    assert calls == [4 + 11 + 1]
    assert seen[-1] == 3


def test_an_unknown_way_is_refused(engine):
    with pytest.raises(ValueError, match=r"long_texts must be one of .*received 'window'"):
        engine.classify(["good"], long_texts="window")


def test_a_text_of_a_megabyte_needs_little_memory(classifier_path):
    code = (
        "import resource, sys\n"
        "import numpy as np\n"
        "from export.runtime.engine import Engine\n"
        "text = ' '.join(np.random.default_rng(1).choice(['good', 'bad', 'film'], 215_000))\n"
        f"with Engine.open({str(classifier_path)!r}, num_workers=2) as engine:\n"
        "    assert len(text) > 1_000_000\n"
        "    engine.classify([text])\n"
        "    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "    assert not engine.classify([text], long_texts='windows')[0].truncated\n"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)\n"
    )
    root = Path(__file__).parents[3]
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=False
    )
    unit = 1024 if sys.platform == "linux" else 1  # of ru_maxrss
    assert int(done.stdout) * unit < 150 << 20, done.stderr
