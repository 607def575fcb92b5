"""An encoder that is no more than a table, behind the interface of the engines."""

import time
from collections.abc import Callable
from weakref import WeakSet

import numpy as np

from benchmarks.embedding_peer import BatchPeer, RunBatch, Setting, Vectors
from bert_tf.text.encoded_batch import EncodedBatch
from bert_tf.text.tokenizer import BertTokenizer

TOKENIZER = BertTokenizer(["[PAD]", "[UNK]", "[CLS]", "[SEP]", *(f"w{n}" for n in range(60))])
TEXTS = [
    " ".join(f"w{(7 * text + 3 * word) % 60}" for word in range(1 + 5 * text % 17))
    for text in range(40)
]


class TableEncoder(BatchPeer):
    """The mean of the rows of a table, over real tokens or, on request, over padding, too."""

    package = "numpy"

    def __init__(
        self,
        name: str,
        *,
        rounding: float = 0.0,
        masked: bool = True,
        seconds_of: Callable[[int], float] = lambda threads: 0.0,
    ) -> None:
        super().__init__(TOKENIZER)
        self.name = name
        self.loaded: list[tuple[int, int]] = []
        self.alive: WeakSet[RunBatch] = WeakSet()  # of those, what somebody still holds
        self._masked, self._seconds_of = masked, seconds_of
        table = np.random.default_rng(1).normal(size=(TOKENIZER.vocabulary_size, 8))
        noise = np.random.default_rng(2).normal(size=table.shape)
        self._table = (table + rounding * noise).astype(np.float32)

    def runners(self, workers: int, threads: int) -> list[RunBatch]:
        self.loaded.append((workers, threads))

        def run(batch: EncodedBatch) -> Vectors:
            time.sleep(self._seconds_of(threads))
            weights = batch.padding_mask[..., None] if self._masked else np.float32(1)
            weights = np.broadcast_to(weights, (*batch.token_ids.shape, 1)).astype(np.float32)
            total = (self._table[batch.token_ids] * weights).sum(axis=1, dtype=np.float64)
            return (total / weights.sum(axis=1)).astype(np.float32)

        self.alive.add(run)
        return [run] * workers


class FewSettings(TableEncoder):
    """With a grid of two, so that a race is over soon."""

    def settings(self, threads: int) -> list[Setting]:
        return [
            Setting(workers=1, threads=threads, size=64, exact=True),
            Setting(workers=threads, threads=1, size=4, exact=False),
        ]
