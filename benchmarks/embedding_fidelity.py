"""How far the embedding bundle is from sentence-transformers' float32 vectors, and how steady.

    python -m benchmarks.embedding_fidelity [--bundle NAME_OR_PATH] [--json FILE]

Three questions on real movie review snippets, ONNX Runtime int8 beside each answer: the cosine
to float32 on all of them; whether a text gives the same vector alone and among texts of its own
length; and how far it moves when it is padded beside a text of 80 tokens.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks.embedding_peer import MAX_LENGTH, Setting, Vectors
from benchmarks.embedding_peers import OnnxRuntime
from benchmarks.peer_bundle import BundlePeer
from benchmarks.vector_closeness import closeness, steadiness
from bert_tf.data.package_sources import minilm_folder
from bert_tf.data.vader import read_vader
from export.runtime.bundle import read_bundle
from export.runtime.catalogue import find_bundle

GOALS = {
    "cosine_mean": 0.998,
    "cosine_p0.1": 0.993,
    "cosine_min": 0.985,
    "padding_max": 1e-3,
    "padding_share_1e-6": 0.9,
    "own_length_bit_equal": 1.0,
}


def main() -> None:
    """Measure and print; exit code 1 where a goal is missed."""
    arguments = _arguments()
    weights = minilm_folder()
    bundle = read_bundle(find_bundle(arguments.bundle))
    texts = [item.text for item in read_vader() if item.domain == "movies"]
    rows = [row[: MAX_LENGTH - 2] for row in bundle.tokenizer.token_ids(texts)]
    reference = _sentence_transformers(weights, texts)
    setting = Setting(workers=2, threads=1, size=256, exact=True)
    figures = {}
    for peer in (BundlePeer(bundle), OnnxRuntime(weights, bundle.tokenizer)):
        vectors = peer.prepare(setting)(rows)
        figures[peer.name] = {
            **closeness(reference, vectors),
            **steadiness(rows, peer.run_batch(), bundle.tokenizer),
        }
    missed = _print(figures, texts)
    if arguments.json:
        arguments.json.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    raise SystemExit(1 if missed else 0)


def _sentence_transformers(weights: Path, texts: list[str]) -> Vectors:
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(weights), device="cpu")
    model.max_seq_length = MAX_LENGTH
    vectors: Vectors = model.encode(texts, batch_size=32, normalize_embeddings=True)
    return vectors


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
