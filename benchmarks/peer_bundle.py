"""A bundle of this project, through `export.runtime`."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from benchmarks.embedding_peer import (
    EXACT_SIZES,
    OURS,
    Rows,
    RunBatch,
    Setting,
    Vectors,
    settings_of,
)
from export.runtime.bundle import Bundle
from export.runtime.engine import Engine
from export.runtime.graph_runner import GraphRunner


class BundlePeer:
    """A `Peer`; it never pads."""

    name = OURS
    package = "ai-edge-litert"

    def __init__(self, bundle: Bundle) -> None:
        """Keep the bundle."""
        self._bundle = bundle

    def settings(self, threads: int) -> list[Setting]:
        """As `Peer.settings`."""
        return settings_of(threads, exact=EXACT_SIZES, padded=())

    def text_settings(self, threads: int, found: Setting) -> list[Setting]:
        """As `Peer.text_settings`; texts are tokenized all at once before they are grouped."""
        return [found]

    def prepare(self, setting: Setting) -> Callable[[Rows], Vectors]:
        """As `Peer.prepare`."""
        return self._engine(setting).run_ids

    def prepare_texts(self, setting: Setting) -> Callable[[Sequence[str]], Vectors]:
        """As `Peer.prepare_texts`."""
        engine = self._engine(setting)
        return lambda texts: engine.embed(texts).vectors

    def run_batch(self) -> RunBatch:
        """As `Peer.run_batch`."""
        runner = GraphRunner(self._bundle.graph, self._bundle.metadata)
        return lambda batch: runner.run(batch.token_ids, batch.padding_mask)

    def forget(self) -> None:
        """As `Peer.forget`; nothing is kept here."""

    def _engine(self, setting: Setting) -> Engine:
        return Engine(
            self._bundle,
            num_threads=setting.threads,
            num_workers=setting.workers,
            tokens_per_batch=setting.size,
        )
