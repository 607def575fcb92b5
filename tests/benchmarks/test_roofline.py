"""The least time of an encoder, and the peaks it is made of."""

from pathlib import Path

import pytest

from benchmarks.fully_connected_alone import FullyConnectedAlone, build
from benchmarks.peak_probe import PeakProbe, Peaks, ProbeError, peak_probe
from benchmarks.roofline import GOALS, Work, measure
from bert_tf.config import BertConfig
from export.graph_inspection import operator_histogram
from export.runtime.catalogue import open_bundle
from export.runtime.graph_runner import GraphRunner

MINILM = BertConfig.named("minilm-l6")
ZEN4 = Peaks(float32=117e9, int8_vectors=465e9, int8_tiles=0)


class FixedProbe(PeakProbe):
    """Always finds the same peaks."""

    def measure(self, *, seconds: float = 0.3) -> Peaks:
        return ZEN4


@pytest.mark.parametrize(
    ("length", "operations", "milliseconds"),
    [(32, 0.69e9, 1.54), (64, 1.40e9, 3.25), (128, 2.87e9, 7.14), (256, 6.04e9, 16.9)],
)
def test_minilm_on_a_processor_whose_figures_are_known(
    length: int, operations: float, milliseconds: float
) -> None:
    work = Work.of(MINILM, texts=1, length=length)
    assert work.fully_connected + work.attention == pytest.approx(operations, rel=0.01)
    assert 1e3 * work.least_seconds(ZEN4) == pytest.approx(milliseconds, rel=0.01)
    ten = Work.of(MINILM, texts=10, length=length)
    assert ten.least_seconds(ZEN4) == pytest.approx(10 * work.least_seconds(ZEN4))


def test_tiles_shorten_only_the_fully_connected_work() -> None:
    work = Work(fully_connected=8.0, attention=2.0)
    peaks = Peaks(float32=1.0, int8_vectors=4.0, int8_tiles=16.0)
    assert work.least_seconds(peaks) == 4.0
    assert work.least_seconds(peaks, tiles=True) == 2.5


def test_shares_of_a_small_bundle() -> None:
    bundle = open_bundle("sentiment-zh")
    runner = GraphRunner(bundle.graph, bundle.metadata, num_threads=1)
    config = bundle.metadata.config
    kernels = FullyConnectedAlone(build(config), config)
    peaks, shares = measure(
        runner, kernels, config, FixedProbe(program=Path()), rounds=2, round_seconds=0.02
    )
    assert peaks == ZEN4
    assert [(share.length, share.texts) for share in shares] == [
        (32, 1),
        (32, 8),
        (128, 1),
        (128, 2),
    ]
    for share in shares:
        low, high = share.share_quartiles
        assert 0 < low <= share.share <= high <= share.share_at_best < 5
        assert share.share_of_tiles is None
        assert 0 < share.kernel_share < 5 and 0 < share.ceiling < 5
        assert share.length in GOALS


def test_the_layers_alone_are_those_of_the_encoder() -> None:
    """Four a block, quantized as the bundle's are, with as many weights, and nothing in float."""
    config = open_bundle("sentiment-zh").metadata.config
    graph = build(config)
    assert operator_histogram(graph)["FULLY_CONNECTED"] == 4 * config.num_layers
    width, inner = config.hidden_dim, config.intermediate_dim
    weights = config.num_layers * (4 * width**2 + 2 * width * inner)
    assert weights < len(graph) < 1.1 * weights  # a byte each


def test_the_peaks_of_this_machine() -> None:
    try:
        with peak_probe() as probe:
            peaks = probe.measure(seconds=0.02)
    except ProbeError as error:
        assert "compiler" in str(error) or "compile" in str(error) or "lacks" in str(error)
        return
    assert 2 < peaks.int8_vectors / peaks.float32 < 9  # 4 bytes of int8 for one float32
    assert peaks.int8_tiles == 0 or peaks.int8_tiles > peaks.int8_vectors


def test_without_a_compiler_it_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CC", "no-such-compiler")
    with pytest.raises(ProbeError, match="install gcc, or set CC"), peak_probe():
        pass


def test_the_higher_peak_counts() -> None:
    other = Peaks(float32=100e9, int8_vectors=500e9, int8_tiles=1.0)
    assert ZEN4.highest(other) == Peaks(float32=117e9, int8_vectors=500e9, int8_tiles=1.0)
