"""How far the embedding bundle is from sentence-transformers' float32 vectors, and how steady.

    python -m benchmarks.embedding_fidelity [--bundle NAME_OR_PATH] [--json FILE]

Three questions on real movie review snippets, ONNX Runtime int8 beside each answer: the cosine
to float32 on all of them; whether a text gives the same vector alone and among texts of its own
length; and how far it moves when it is padded beside a text of 80 tokens.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rich.console import Console
from rich.table import Table

from benchmarks.embedding_peers import MAX_LENGTH, LiteRT, OnnxRuntime, Rows, Setting, Vectors
from bert_tf.data.package_sources import minilm_folder
from bert_tf.data.vader import read_vader
from bert_tf.text.encoded_batch import EncodedBatch
from export.runtime.bundle import Bundle, read_bundle
from export.runtime.catalogue import find_bundle
from export.runtime.graph_runner import GraphRunner

STEADY_TEXTS = 500  # for the two questions about company
LONG = 80  # tokens of the text beside which others are padded
COMPANY = 8  # texts of equal length in a batch
GOALS = {
    "cosine_mean": 0.998,
    "cosine_p0.1": 0.993,
    "cosine_min": 0.985,
    "padding_max": 1e-3,
    "padding_share_1e-6": 0.9,
    "own_length_bit_equal": 1.0,
}
RunBatch = Callable[[EncodedBatch], Vectors]


def main() -> None:
    """Measure and print; exit code 1 where a goal is missed."""
    arguments = _arguments()
    weights = minilm_folder()
    bundle = read_bundle(find_bundle(arguments.bundle))
    texts = [item.text for item in read_vader() if item.domain == "movies"]
    rows = [row[: MAX_LENGTH - 2] for row in bundle.tokenizer.token_ids(texts)]
    reference = _sentence_transformers(weights, texts)
    onnx = OnnxRuntime(weights, bundle.tokenizer)
    setting = Setting(workers=2, threads=1, size=256, exact=True)
    figures = {}
    for peer, run_batch in ((LiteRT(bundle), _run_batch(bundle)), (onnx, onnx.run_batch())):
        vectors = peer.prepare(setting)(rows)
        figures[peer.name] = {
            **closeness(reference, vectors),
            **steadiness(rows, run_batch, bundle),
        }
    missed = _print(figures, texts)
    if arguments.json:
        arguments.json.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    raise SystemExit(1 if missed else 0)


def closeness(reference: Vectors, vectors: Vectors) -> dict[str, float]:
    """Cosines to float32."""
    cosines = _cosines(reference, vectors)
    return {
        "cosine_mean": float(cosines.mean()),
        "cosine_p0.1": float(np.percentile(cosines, 0.1)),
        "cosine_min": float(cosines.min()),
    }


def steadiness(rows: Rows, run: RunBatch, bundle: Bundle) -> dict[str, float]:
    """What company and padding do to a vector.

    Args:
        rows: word-piece ids without [CLS] and [SEP].
        run: embeds one batch.
        bundle: for its tokenizer.
    """
    tokenizer = bundle.tokenizer
    short = [row for row in rows if 0 < len(row) <= LONG - 2]
    chosen = short[:: max(1, len(short) // STEADY_TEXTS)][:STEADY_TEXTS]
    by_length: dict[int, list[Any]] = {}
    for row in short:
        by_length.setdefault(len(row), []).append(row)
    long_row = [piece for row in rows for piece in row][: LONG - 2]
    moved, equal = [], 0
    for row in chosen:
        alone = run(tokenizer.assemble([row], max_length=MAX_LENGTH))[0]
        own_length = [row, *by_length[len(row)][:COMPANY]]
        among = run(tokenizer.assemble(own_length, max_length=MAX_LENGTH))[0]
        padded = run(tokenizer.assemble([row, long_row], max_length=MAX_LENGTH))[0]
        equal += int(np.array_equal(alone, among))
        moved.append(1 - float(_cosines(alone[None], padded[None])[0]))
    return {
        "own_length_bit_equal": equal / len(chosen),
        "padding_max": max(moved),
        "padding_share_1e-6": float(np.mean(np.array(moved) <= 1e-6)),
    }


def _run_batch(bundle: Bundle) -> RunBatch:
    runner = GraphRunner(bundle.graph, bundle.metadata)
    return lambda batch: runner.run(batch.token_ids, batch.padding_mask)


def _sentence_transformers(weights: Path, texts: list[str]) -> Vectors:
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(weights), device="cpu")
    model.max_seq_length = MAX_LENGTH
    vectors: Vectors = model.encode(texts, batch_size=32, normalize_embeddings=True)
    return vectors


def _cosines(one: Vectors, other: Vectors) -> NDArray[np.float64]:
    one, other = one.astype(np.float64), other.astype(np.float64)
    norms = np.linalg.norm(one, axis=1) * np.linalg.norm(other, axis=1)
    return np.einsum("nh,nh->n", one, other) / norms


def _print(figures: dict[str, dict[str, float]], texts: list[str]) -> list[str]:
    """Show a table; the goals that the first column misses come back."""
    table = Table(title=f"{len(texts)} movie review snippets", box=None)
    for column in ("", *figures, "goal"):
        table.add_column(column, justify="right" if column else "left")
    ours = next(iter(figures.values()))
    missed = []
    for name, goal in GOALS.items():
        upper = name == "padding_max"
        if not (ours[name] <= goal if upper else ours[name] >= goal):
            missed.append(name)
        values = [f"{column[name]:.2e}" if upper else f"{column[name]:.5f}"
                  for column in figures.values()]  # fmt: skip
        table.add_row(name, *values, f"{'<=' if upper else '>='} {goal}")
    console = Console(width=120)
    console.print(table)
    console.print(f"missed: {', '.join(missed)}" if missed else "every goal reached")
    return missed


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--bundle", default="embedding-en", help="shipped name, or a path")
    parser.add_argument("--json", type=Path, help="also write the figures here")
    return parser.parse_args()


if __name__ == "__main__":
    main()
