"""The race of the embedding engines, run by encoders that are tables."""

import sys
import time
from pathlib import Path

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).parent))  # for table_encoder

from table_encoder import TEXTS, TOKENIZER, FewSettings, TableEncoder

from benchmarks.embedding_peer import Setting
from benchmarks.embedding_race import Load, best_of, one_by_one, race
from benchmarks.embedding_throughput import check_ids, load_of, measure
from benchmarks.peer_bundle import BundlePeer
from benchmarks.vector_closeness import closeness, steadiness
from export.runtime.catalogue import open_bundle

ALONE = Setting(workers=1, threads=1, size=1, exact=True)


@pytest.fixture
def load() -> Load:
    return load_of("table", TEXTS, TOKENIZER, TableEncoder("exact"), 2)


def test_every_setting_gives_each_text_its_own_vector(load: Load) -> None:
    peer = TableEncoder("exact")
    for setting in peer.settings(2):
        np.testing.assert_allclose(peer.prepare(setting)(load.rows), load.reference, atol=1e-6)
        np.testing.assert_allclose(
            peer.prepare_texts(setting)(load.texts), load.reference, atol=1e-6
        )
    assert peer.loaded == [(1, 2), (2, 1)]  # once for each split, however many batch sizes


def test_the_bundle_gives_the_same_with_ids_and_with_texts() -> None:
    bundle = open_bundle("sentiment-zh")
    peer = BundlePeer(bundle)
    rows = bundle.tokenizer.token_ids(["很好", "质量很差", "一般般吧"])
    setting = Setting(workers=2, threads=1, size=64, exact=True)
    together = peer.prepare(setting)(rows)
    run = peer.run_batch()
    for row, vector in zip(rows, together, strict=True):
        np.testing.assert_array_equal(
            run(bundle.tokenizer.assemble([row], max_length=64))[0], vector
        )
    assert {(item.workers, item.threads) for item in peer.settings(2)} == {(1, 2), (2, 1)}
    assert all(item.exact for item in peer.settings(2))


def test_the_fastest_setting_is_chosen() -> None:
    settings = [Setting(workers=1, threads=1, size=size, exact=False) for size in (1, 2, 3, 4)]

    def prepare(setting: Setting):
        def run(work):
            time.sleep(0.001 if setting.size == 3 else 0.03)
            return np.zeros((len(work), 1), np.float32)

        return run

    assert best_of(settings, prepare, [0] * 16).size == 3


def test_a_race_tells_near_from_exact(load: Load) -> None:
    peers = [FewSettings("exact"), FewSettings("rounded", rounding=0.2)]
    exact, rounded = race(peers, load, threads=2, rounds=3, report=lambda _: None)
    assert (exact.engine, rounded.engine) == ("exact", "rounded")
    assert len(exact.id_rates) == len(exact.text_rates) == 3
    assert min(exact.id_rates) > 0
    assert exact.cosine_min > 1 - 1e-6
    assert 0.5 < rounded.cosine_min < rounded.cosine_mean < 0.9999
    assert exact.setting in {str(item) for item in peers[0].settings(2)}
    assert exact.text_setting == exact.setting


def test_only_the_chosen_setting_stays_in_memory(load: Load) -> None:
    peers = [FewSettings("one"), FewSettings("two")]
    alive: dict[str, list[int]] = {}

    def look(message: str) -> None:
        alive[message] = [len(peer.alive) for peer in peers]

    race(peers, load, threads=2, rounds=2, report=look)
    assert alive["table: settings of two"] == [1, 0]
    assert alive["table: round 2 of 2"] == [1, 1]
    assert [peer.loaded for peer in peers] == [[(1, 2), (2, 1)]] * 2  # none of them twice
    assert [len(peer.alive) for peer in peers] == [0, 0]


def test_single_texts_count_at_the_faster_number_of_threads(load: Load) -> None:
    slow_in_two = TableEncoder("one", seconds_of=lambda threads: 0.02 * (threads - 1))
    slow_in_one = TableEncoder("two", seconds_of=lambda threads: 0.02 * (2 - threads))
    few = Load(name="few", texts=load.texts[:3], rows=load.rows[:3], reference=load.reference[:3])
    singles = one_by_one(
        [slow_in_two, slow_in_one], few, threads=2, rounds=2, report=lambda _: None
    )
    assert [single.threads for single in singles] == [1, 2]
    assert min(singles[0].text_medians) < 20  # milliseconds
    assert len(singles[1].id_medians) == 2


def test_all_figures_are_measured(load: Load) -> None:
    peers = [FewSettings("exact"), FewSettings("rounded", rounding=0.2)]
    report = measure(peers, [load, load], 2, 2, TOKENIZER)
    assert report["loads"] == {"table": {"texts": 40, "tokens": pytest.approx(10.6, abs=2)}}
    assert [item["engine"] for item in report["bulk"]["table"]] == ["exact", "rounded"]
    assert [item["engine"] for item in report["singles"]] == ["exact", "rounded"]
    assert set(report["steadiness"]) == {"exact", "rounded"}


def test_an_encoder_that_reads_padding_is_not_steady(load: Load) -> None:
    steady = steadiness(load.rows, TableEncoder("masked").run_batch(), TOKENIZER, texts=20)
    assert steady == {
        "own_length_bit_equal": 1.0,
        "padding_max": pytest.approx(0, abs=1e-9),
        "padding_share_1e-6": 1.0,
    }
    moved = steadiness(
        load.rows, TableEncoder("all", masked=False).run_batch(), TOKENIZER, texts=20
    )
    assert moved["own_length_bit_equal"] == 1.0
    assert moved["padding_max"] > 0.01


def test_closeness_in_figures() -> None:
    found = closeness(np.array([[1.0, 0.0], [0.0, 2.0]]), np.array([[2.0, 0.0], [3.0, 4.0]]))
    assert found["cosine_mean"] == pytest.approx(0.9)
    assert found["cosine_min"] == pytest.approx(0.8)


def test_nothing_is_compared_with_other_ids(minilm_folder: Path) -> None:
    from bert_tf.text.tokenizer import BertTokenizer

    texts = ["A plain text.", "Another, naïve one"]
    rows = BertTokenizer.from_folder(minilm_folder).token_ids(texts)
    check_ids(minilm_folder, texts, rows)
    with pytest.raises(SystemExit, match=r"The ids differ, .*Another"):
        check_ids(minilm_folder, texts, [rows[0], rows[1][:-1]])
