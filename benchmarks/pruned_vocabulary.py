"""How far models with a pruned vocabulary are from the whole float model.

    python -m benchmarks.pruned_vocabulary build/embedding-en --data build/vader/dev.jsonl PRUNED...

Each PRUNED is a model folder or a bundle of one. `bert-export verify` compares a bundle with the
folder it was built from; this compares with the folder that the vocabulary was pruned from, so that
the damage of pruning and of quantization are in one figure: over all texts, and over those that
the pruned vocabulary cuts otherwise.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from rich.console import Console
from rich.table import Table

from bert_tf.models.model_folder import load_model
from bert_tf.tensorflow_start import start_tensorflow
from bert_tf.text.tokenizer import BertTokenizer
from export.golden_examples import float_outputs
from export.runtime.bundle import read_bundle
from export.runtime.engine import Engine
from export.texts import read_texts
from export.verify import compare_vectors

MIB = 2**20
Vectors = NDArray[np.float32]


def main() -> None:
    """Measure and print a row for each file."""
    arguments = _arguments()
    start_tensorflow()
    texts = read_texts(arguments.data)
    whole = load_model(arguments.whole)
    if whole.task.kind != "embedding":
        raise SystemExit(f"{arguments.whole} gives no vectors: it is of kind {whole.task.kind}.")
    expected = float_outputs(whole, texts)
    table = Table(title=f"cosine to {arguments.whole}, {len(texts)} texts", box=None)
    for column in ("file", "MiB", "mean", "0.1 percentile", "least", "cut otherwise", "their mean"):
        table.add_column(column, justify="left" if column == "file" else "right")
    for path in arguments.pruned:
        found, tokenizer, size = _answers(path, texts)
        figures = closeness(expected, found, changed_texts(whole.tokenizer, tokenizer, texts))
        table.add_row(str(path), f"{size / MIB:.2f}", *figures)
    Console(width=160).print(table)


def changed_texts(
    whole: BertTokenizer, pruned: BertTokenizer, texts: list[str]
) -> NDArray[np.bool_]:
    """Which texts (N,) the pruned vocabulary cuts into other pieces."""
    rows = zip(whole.token_ids(texts), pruned.token_ids(texts), strict=True)
    return np.array(
        [
            [whole.vocabulary[i] for i in before] != [pruned.vocabulary[i] for i in after]
            for before, after in rows
        ],
        bool,
    )


def closeness(expected: Vectors, found: Vectors, changed: NDArray[np.bool_]) -> list[str]:
    """Cosines of rows (N, D) over all texts, and over those that changed, as a table's cells."""
    everything = compare_vectors(expected, found)
    names = ("cosine_mean", "cosine_p0.1", "cosine_min")
    cells = [f"{everything[name]:.5f}" for name in names]
    some = compare_vectors(expected[changed], found[changed]) if changed.any() else None
    return [*cells, f"{changed.mean():.2%}", "" if some is None else f"{some['cosine_mean']:.5f}"]


def _answers(path: Path, texts: list[str]) -> tuple[Vectors, BertTokenizer, int]:
    """The vectors of a folder or a bundle, its tokenizer, its bytes."""
    if path.is_dir():
        model = load_model(path)
        size = (path / "model.weights.h5").stat().st_size
        return float_outputs(model, texts), model.tokenizer, size
    bundle = read_bundle(path)
    with Engine(bundle) as engine:
        return engine.outputs(texts).values, bundle.tokenizer, path.stat().st_size


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("whole", type=Path, help="the model folder before pruning")
    parser.add_argument("pruned", type=Path, nargs="+", help="pruned folders, and bundles of them")
    parser.add_argument("--data", type=Path, required=True, help="texts: .txt, .csv or .jsonl")
    return parser.parse_args()


if __name__ == "__main__":
    main()
