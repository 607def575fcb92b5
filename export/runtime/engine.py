"""The Engine: texts in, verdicts or vectors out, on this machine's processor."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from functools import partial
from types import TracebackType
from typing import Self, get_args

import numpy as np
from numpy.typing import NDArray

from bert_tf.text.tokenizer import checked_texts
from export.runtime.batching import Batch, plan_batches
from export.runtime.bundle import Bundle
from export.runtime.catalogue import open_bundle
from export.runtime.explanation import Explanation, explain_texts
from export.runtime.graph_runner import GraphRunner
from export.runtime.metadata import BundleMetadata, TaskKind
from export.runtime.one_at_a_time import OneAtATime
from export.runtime.processors import available_processors
from export.runtime.results import Classification, Embeddings, Outputs, classifications, embeddings
from export.runtime.runner_pool import RunnerPool
from export.runtime.similarity import cosine_similarity
from export.runtime.windows import LongTexts, cut_windows, merge_windows

# Axis letters: N texts, U distinct rows of ids, B rows of a batch, T tokens, D output values.
TOKENS_PER_BATCH = 256  # measured on MiniLM: 128 to 256 are best, 64 and 512 a third slower
MAX_DEFAULT_THREADS = 4  # of one run: small matrices do not split further
MAX_DEFAULT_WORKERS = 16  # each keeps its own packed weights, about 11 MB for MiniLM
Progress = Callable[[int], None]


class Engine:
    """Owns the interpreters of one bundle: `classify` and `explain`, or `embed` and `similarity`.

    Texts are tokenized, equal ones computed once, and computed in batches of exactly equal
    length, so an answer does not depend on what else was asked: it is the same to the bit.
    A single batch runs on one thread or on `num_threads`, as is seen to be faster; more of them on
    `num_workers` interpreters of one thread each, side by side. Calls from several threads are
    answered one after another; those from its own `progress`, and from a forked process, are
    refused with a RuntimeError.
    """

    def __init__(
        self,
        bundle: Bundle,
        *,
        num_threads: int | None = None,
        num_workers: int | None = None,
        tokens_per_batch: int = TOKENS_PER_BATCH,
    ) -> None:
        """Build the first interpreter; the others are built when there is work for them.

        Args:
            bundle: from `read_bundle`.
            num_threads: for a single batch, at most; None: the processors this process may use, at
                most 4.
            num_workers: for many batches; None: the processors this process may use, at most 16.
            tokens_per_batch: how many tokens are computed together.

        Raises:
            BundleError: if the network is not what the bundle says, or cannot be run.
            TypeError: if a number is not whole.
            ValueError: if it is not positive.
        """
        processors = available_processors()
        if num_threads is None:
            num_threads = min(processors, MAX_DEFAULT_THREADS)
        if num_workers is None:
            num_workers = min(processors, MAX_DEFAULT_WORKERS)
        _check_whole(
            num_threads=num_threads, num_workers=num_workers, tokens_per_batch=tokens_per_batch
        )
        if min(num_threads, num_workers, tokens_per_batch) < 1:
            raise ValueError(
                f"Threads, workers and tokens a batch must be positive, received "
                f"{num_threads}, {num_workers} and {tokens_per_batch}."
            )
        self._bundle = bundle
        self._tokens_per_batch = tokens_per_batch
        self._callers = OneAtATime()
        make_runner = partial(_runner, bundle)  # no method, which would keep this Engine alive
        self._pool = RunnerPool(
            make_runner, num_threads=int(num_threads), num_workers=int(num_workers)
        )

    @classmethod
    def open(
        cls,
        path_or_name: str | os.PathLike[str],
        *,
        num_threads: int | None = None,
        num_workers: int | None = None,
        tokens_per_batch: int = TOKENS_PER_BATCH,
    ) -> Engine:
        """Read a bundle, a shipped one by name or any by path, and make its Engine.

        All in this process, which a forged file can kill although its hashes are right. For a
        file from elsewhere use `Engine(prove(path))`, of `export.runtime.proof`: it is tried in a
        process of its own first.

        Raises:
            BundleError: if it cannot be found, read, trusted or run.
        """
        return cls(
            open_bundle(path_or_name),
            num_threads=num_threads,
            num_workers=num_workers,
            tokens_per_batch=tokens_per_batch,
        )

    @property
    def bundle(self) -> Bundle:
        """The bundle as it was read."""
        return self._bundle

    @property
    def metadata(self) -> BundleMetadata:
        """What the network is, takes and gives."""
        return self._bundle.metadata

    def classify(
        self,
        texts: Iterable[str],
        *,
        long_texts: LongTexts = "truncate",
        progress: Progress | None = None,
    ) -> list[Classification]:
        """Judge texts.

        Args:
            texts: any strings, also blank ones.
            long_texts: what becomes of a text of more than `max_length - 2` word pieces.
                "truncate": its beginning is judged, and it is marked. "windows": it is judged
                in windows of that many pieces, half a window apart, and the answers are
                averaged, each weighted by the number of pieces that it is the first to cover.
            progress: called with the number of texts done, in the caller's thread. It stops the
                work by raising, and must not use the Engine.

        Raises:
            TypeError: for a bare string, and for a text that is no string.
            ValueError: if this is an embedding bundle.
        """
        self.require("classification")
        outputs = self.outputs(texts, long_texts=long_texts, progress=progress)
        return classifications(outputs, self.metadata)

    def embed(
        self,
        texts: Iterable[str],
        *,
        long_texts: LongTexts = "truncate",
        progress: Progress | None = None,
    ) -> Embeddings:
        """Vectors of texts; arguments as for `classify`. A mean of windows has unit length again.

        Raises:
            ValueError: if this is a classification bundle.
        """
        self.require("embedding")
        return embeddings(self.outputs(texts, long_texts=long_texts, progress=progress))

    def explain(self, text: str) -> Explanation:
        """The verdict on a text and what it owes to each word; see `explain_many`."""
        return self.explain_many([text])[0]

    def explain_many(
        self, texts: Iterable[str], *, progress: Progress | None = None
    ) -> list[Explanation]:
        """Judge texts with and without each of their words.

        Args:
            texts: any strings; of a long one the beginning is read, as `classify` does, and
                computed at most `max_length - 1` times.
            progress: called with the number of texts done.

        Raises:
            TypeError: as `classify`.
            ValueError: if this is an embedding bundle.
        """
        self.require("classification")
        return explain_texts(
            checked_texts(texts),
            tokenizer=self._bundle.tokenizer,
            metadata=self.metadata,
            run=self.run_ids,
            progress=progress,
        )

    def similarity(self, first: Iterable[str], second: Iterable[str]) -> NDArray[np.float32]:
        """How near texts are in meaning.

        Args:
            first: N texts.
            second: M texts.

        Returns:
            (N, M) cosines of their vectors; 0 for a blank text.

        Raises:
            TypeError: as `classify`.
            ValueError: if this is a classification bundle.
        """
        first, second = checked_texts(first), checked_texts(second)
        vectors = self.embed([*first, *second]).vectors  # (N + M, D), equal texts computed once
        return cosine_similarity(vectors[: len(first)], vectors[len(first) :])

    def require(self, task: TaskKind) -> None:
        """Check the task.

        Raises:
            ValueError: if the bundle is for another one.
        """
        if self.metadata.task != task:
            use = "embed" if self.metadata.task == "embedding" else "classify"
            raise ValueError(
                f"{self.metadata.name!r} is a bundle for {self.metadata.task}; use `{use}`, "
                f"or a bundle for {task}."
            )

    def outputs(
        self,
        texts: Iterable[str],
        *,
        long_texts: LongTexts = "truncate",
        progress: Progress | None = None,
    ) -> Outputs:
        """The network's output for texts, whatever its task; arguments as for `classify`."""
        if long_texts not in get_args(LongTexts):
            raise ValueError(
                f"long_texts must be one of {get_args(LongTexts)}, received {long_texts!r}."
            )
        self._callers.check()
        texts = checked_texts(texts)
        room = self.metadata.max_length - 2
        distinct = {text: place for place, text in enumerate(dict.fromkeys(texts))}
        ids = self._bundle.tokenizer.token_ids(list(distinct))
        inverse = np.fromiter((distinct[text] for text in texts), np.intp, len(texts))  # (N,)
        tokens = np.fromiter(map(len, ids), np.int32, len(ids))[inverse]  # (N,)
        windows = cut_windows(ids, room=room) if long_texts == "windows" else None
        rows = ids if windows is None else windows.rows
        report = None if progress is None else _scaled(progress, len(texts), len(rows))
        values = self.run_ids(rows, progress=report)  # (rows, D)
        if windows is not None:
            values = merge_windows(values, windows, normalize=self.metadata.normalize)
        truncated = (tokens > room) & (windows is None)  # (N,)
        return Outputs(values=values[inverse], tokens=tokens, truncated=truncated)

    def run_ids(
        self, word_piece_ids: Sequence[Sequence[int]], *, progress: Progress | None = None
    ) -> NDArray[np.float32]:
        """The network's output for texts that are word-piece ids already.

        Args:
            word_piece_ids: ids of each text without [CLS] and [SEP]; longer rows are cut.
            progress: called with the number of rows done.

        Returns:
            (N, D); a row without ids is zero.

        Raises:
            FloatingPointError: if the network gives NaN or infinity.
            RuntimeError: from the Engine's own progress, and in a forked process.
            ValueError: if the Engine was closed.
        """
        room = self.metadata.max_length - 2
        distinct: dict[tuple[int, ...], int] = {}
        inverse = np.empty(len(word_piece_ids), np.intp)  # (N,)
        for place, ids in enumerate(word_piece_ids):
            inverse[place] = distinct.setdefault(tuple(ids[:room]), len(distinct))
        rows = [row for row in distinct if row]
        blank = distinct.get((), -1)
        report = None if progress is None else _scaled(progress, len(word_piece_ids), len(rows))
        values = np.zeros((len(distinct), self.metadata.output.dim), np.float32)  # (U, D)
        with self._callers.alone():
            computed = self._compute(rows, report)
        values[[place for place in range(len(distinct)) if place != blank]] = computed
        return values[inverse]

    def close(self) -> None:
        """Free the interpreters. Safe to call twice; in a forked process it does nothing.

        Raises:
            RuntimeError: from the Engine's own progress.
        """
        if self._callers.elsewhere:
            return  # their threads stayed in the other process, and so may a lock
        with self._callers.alone():
            self._pool.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    # The work

    def _compute(
        self, rows: list[tuple[int, ...]], progress: Progress | None
    ) -> NDArray[np.float32]:
        if self._pool.closed:
            raise ValueError("This Engine is closed; open the bundle again.")
        batches = plan_batches(
            [len(row) + 2 for row in rows], tokens_per_batch=self._tokens_per_batch
        )
        results = np.empty((len(rows), self.metadata.output.dim), np.float32)  # (U, D)

        def run(runner: GraphRunner, batch: Batch) -> int:
            values = runner.run(self._framed(rows, batch))  # (B, D)
            if not np.isfinite(values).all():
                raise FloatingPointError(
                    f"The network of {self.metadata.name!r} gave NaN or infinity for a text of "
                    f"{batch.length} tokens. Export the bundle again and run `bert-edge selftest`."
                )
            results[batch.rows] = values
            return len(batch.rows)

        done = 0
        with closing(self._pool.run(batches, run)) as counts:  # an error stops the workers at once
            for count in counts:
                done += count
                if progress is not None:
                    progress(done)
        return results

    def _framed(self, rows: list[tuple[int, ...]], batch: Batch) -> NDArray[np.int32]:
        tokenizer = self._bundle.tokenizer
        token_ids = np.empty((len(batch.rows), batch.length), np.int32)  # (B, T)
        token_ids[:, 0], token_ids[:, -1] = tokenizer.cls_id, tokenizer.sep_id
        token_ids[:, 1:-1] = [rows[row] for row in batch.rows]
        return token_ids


def _runner(bundle: Bundle, num_threads: int) -> GraphRunner:
    return GraphRunner(bundle.content, bundle.metadata, num_threads=num_threads)


def _check_whole(**numbers: object) -> None:
    """Refuse what is no whole number.

    Raises:
        TypeError: naming the first of them.
    """
    for name, number in numbers.items():
        if not isinstance(number, int | np.integer):
            raise TypeError(
                f"{name} must be a whole number, received {number!r:.60} ({type(number).__name__})."
            )


def _scaled(progress: Progress, total: int, parts: int) -> Progress:
    """Report `done` of `parts` as a share of `total`."""
    return lambda done: progress(done * total // parts)
