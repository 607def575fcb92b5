"""What is measured is complete and ordered; how fast it is, is the machine's business."""

import numpy as np
import pytest

from export.runtime.bundle import read_bundle
from export.runtime.processors import available_processors, processor_name
from export.runtime.sample_texts import SampleTexts
from export.runtime.speed import BULK_TEXTS, MIN_RUNS, measure_speed


@pytest.fixture(scope="module")
def report(real_bundles):
    told: list[str] = []
    bundle = read_bundle(real_bundles / "real-embedder.tflite")
    report = measure_speed(bundle, seconds=0.0, max_threads=3, progress=told.append)
    assert len(told) == len(report.latencies) + len(report.throughputs)
    return report


def test_every_cell_is_measured(report):
    cells = [(one.tokens, one.threads) for one in report.latencies]
    assert cells == [(n, t) for n in (16, 32, 64) for t in (1, 2, 3)]  # the bundle reads 96
    grid = [(many.workers, many.threads) for many in report.throughputs]
    assert grid == [(1, 1), (1, 2), (1, 3), (2, 1), (3, 1)]
    assert all(one.runs >= MIN_RUNS for one in report.latencies)
    assert all(0 < one.p50_ms <= one.p95_ms for one in report.latencies)
    assert all(many.texts >= MIN_RUNS * BULK_TEXTS for many in report.throughputs)
    assert all(many.texts_per_second > 0 for many in report.throughputs)
    assert report.best.texts_per_second == max(m.texts_per_second for m in report.throughputs)


def test_it_says_what_was_measured_on_what(report, real_bundles):
    bundle = read_bundle(real_bundles / "real-embedder.tflite")
    assert (report.bundle, report.sha256) == ("real-embedder", bundle.sha256)
    assert report.processors == available_processors()
    assert report.processor == processor_name() != ""
    text = str(report)
    for part in (bundle.sha256[:16], report.litert, report.processor, "  64 tokens", "  best"):
        assert part in text
    assert text.count("best") == 1
    assert report.to_dict()["best"]["workers"] == report.best.workers


def test_more_time_gives_more_runs(classifier_path):
    bundle = read_bundle(classifier_path)
    hasty = measure_speed(bundle, seconds=0.0, max_threads=1)
    patient = measure_speed(bundle, seconds=0.4, max_threads=1)
    assert [one.tokens for one in hasty.latencies] == [16]  # all that this bundle reads
    assert patient.latencies[0].runs > hasty.latencies[0].runs == MIN_RUNS


def test_sample_texts_are_varied_and_repeatable(real_bundles):
    tokenizer = read_bundle(real_bundles / "real-embedder.tflite").tokenizer
    texts = SampleTexts(tokenizer).texts(400)
    assert texts == SampleTexts(tokenizer).texts(400) != SampleTexts(tokenizer, seed=1).texts(400)
    lengths = [len(ids) for ids in tokenizer.token_ids(texts)]
    assert 16 < np.median(lengths) < 22
    assert min(lengths) < 8
    assert max(lengths) > 50
    row = SampleTexts(tokenizer).row(32)
    assert (row.shape, row.dtype) == ((1, 32), np.int32)
    assert (row[0, 0], row[0, -1]) == (tokenizer.cls_id, tokenizer.sep_id)
    special = {0, tokenizer.unk_id, tokenizer.cls_id, tokenizer.sep_id, tokenizer.mask_id}
    assert not special & set(row[0, 1:-1].tolist())
