"""What every engine of the embedding benchmarks offers, and how their work is spread.

Axis letters: N texts, B texts in a batch, T tokens, H hidden units.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from bert_tf.text.encoded_batch import EncodedBatch
from bert_tf.text.tokenizer import BertTokenizer
from export.runtime.batching import plan_batches

MAX_LENGTH = 256  # as sentence-transformers sets it for these weights
EXACT_SIZES = (64, 128, 256, 512)  # tokens of a batch whose texts are equally long
PADDED_SIZES = (4, 8, 16, 32)  # texts of a batch that is padded to its longest
OURS = "bert_tf bundle (LiteRT int8)"
ONNX_RUNTIME = "ONNX Runtime int8"
SENTENCE_TRANSFORMERS = "sentence-transformers ONNX int8"
OPENVINO = "OpenVINO int8"
OPENVINO_BFLOAT16 = "OpenVINO int8, bfloat16"
KERAS_HUB = "keras-hub (LiteRT int8)"
PYTORCH = "PyTorch fp32"
"""Names of the engines, as reports show them."""
Vectors = NDArray[np.float32]
Rows = Sequence[Sequence[int]]  # word-piece ids without [CLS] and [SEP]
RunBatch = Callable[[EncodedBatch], Vectors]


@dataclass(frozen=True, kw_only=True)
class Setting:
    """How an engine spreads work."""

    workers: int  # side by side
    threads: int  # of each worker
    size: int  # of a batch
    exact: bool  # True: `size` tokens of one length; False: `size` texts of similar length, padded

    def __str__(self) -> str:
        batch = f"{self.size} tokens, one length" if self.exact else f"{self.size} texts"
        return f"{self.workers} x {self.threads} threads, {batch}"


class Peer(Protocol):
    """An engine under measurement."""

    name: str
    package: str  # whose version stands in the report

    def settings(self, threads: int) -> list[Setting]:
        """The grid in which its best place is looked for."""
        ...

    def text_settings(self, threads: int, found: Setting) -> list[Setting]:
        """What to try with texts where `found` was the best with ids."""
        ...

    def prepare(self, setting: Setting) -> Callable[[Rows], Vectors]:
        """A function that embeds ids, (N, H), in this way."""
        ...

    def prepare_texts(self, setting: Setting) -> Callable[[Sequence[str]], Vectors]:
        """A function that tokenizes and embeds texts, (N, H), in this way."""
        ...

    def run_batch(self) -> RunBatch:
        """A function that embeds one batch as it is, on one thread."""
        ...

    def forget(self) -> None:
        """Let go of what was loaded; only functions that are still held keep theirs."""
        ...


def splits(threads: int) -> list[tuple[int, int]]:
    """All processors for one worker, and one for each: (workers, threads of each)."""
    return sorted({(1, threads), (threads, 1)})


def settings_of(threads: int, *, exact: Sequence[int], padded: Sequence[int]) -> list[Setting]:
    """A grid of batch sizes, each with every split of the threads."""
    sizes = [*((size, True) for size in exact), *((size, False) for size in padded)]
    return [
        Setting(workers=workers, threads=each, size=size, exact=is_exact)
        for workers, each in splits(threads)
        for size, is_exact in sizes
    ]


class BatchPeer(ABC):
    """A `Peer` that can only run a batch; grouping and workers are given to it.

    Texts are tokenized all at once by this project's tokenizer, which is the fast one of Hugging
    Face, before they are grouped. So the setting that is best with ids is best with texts.
    """

    name: str
    package: str

    def __init__(self, tokenizer: BertTokenizer) -> None:
        """Keep the tokenizer that makes batches."""
        self._tokenizer = tokenizer
        self._runs: dict[tuple[int, int], list[RunBatch]] = {}

    @abstractmethod
    def runners(self, workers: int, threads: int) -> list[RunBatch]:
        """That many functions to be called side by side, each on this many threads."""

    def settings(self, threads: int) -> list[Setting]:
        """As `Peer.settings`."""
        return settings_of(threads, exact=EXACT_SIZES, padded=PADDED_SIZES)

    def text_settings(self, threads: int, found: Setting) -> list[Setting]:
        """As `Peer.text_settings`."""
        return [found]

    def prepare(self, setting: Setting) -> Callable[[Rows], Vectors]:
        """As `Peer.prepare`."""
        runs = self._kept_runners(setting)
        return lambda rows: spread(rows, runs, setting, self._tokenizer)

    def prepare_texts(self, setting: Setting) -> Callable[[Sequence[str]], Vectors]:
        """As `Peer.prepare_texts`."""
        run = self.prepare(setting)
        return lambda texts: run(self._tokenizer.token_ids(texts))

    def run_batch(self) -> RunBatch:
        """As `Peer.run_batch`."""
        return self.runners(1, 1)[0]

    def forget(self) -> None:
        """As `Peer.forget`."""
        self._runs.clear()

    def _kept_runners(self, setting: Setting) -> list[RunBatch]:
        """Built once for each split until `forget`: some engines take seconds to load."""
        split = (setting.workers, setting.threads)
        if split not in self._runs:
            self._runs[split] = self.runners(*split)
        return self._runs[split]


def spread(
    rows: Rows, runs: Sequence[RunBatch], setting: Setting, tokenizer: BertTokenizer
) -> Vectors:
    """Run batches, longest first, on as many workers as there are functions."""
    waiting = iter(list(_places(rows, setting)))
    results: dict[int, Vectors] = {}

    def drain(run: RunBatch) -> None:
        while (chosen := next(waiting, None)) is not None:  # list iterators are thread-safe
            batch = tokenizer.assemble([rows[place] for place in chosen], max_length=MAX_LENGTH)
            results.update(zip(chosen.tolist(), run(batch), strict=True))

    if len(runs) == 1:
        drain(runs[0])
    else:
        with ThreadPoolExecutor(len(runs)) as pool:
            list(pool.map(drain, runs))
    return np.stack([results[place] for place in range(len(rows))])


def _places(rows: Rows, setting: Setting) -> Iterator[NDArray[np.intp]]:
    """Which rows share a batch."""
    lengths = np.minimum([len(row) + 2 for row in rows], MAX_LENGTH)
    if setting.exact:
        for batch in plan_batches(lengths.tolist(), tokens_per_batch=setting.size):
            yield batch.rows
    else:
        order = np.argsort(-lengths, kind="stable")
        for start in range(0, len(order), setting.size):
            yield order[start : start + setting.size]
