"""Vectors of texts as `.npy`, `.npz` or JSON lines; each file appears whole or not at all."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bert_tf.atomic_file import atomic_path

# Axis letters: N texts, T tokens of a text, S tokens of all texts, D numbers a vector.

TEXT_SUFFIXES = (".npy", ".npz", ".jsonl")  # for one vector a text
TOKEN_SUFFIXES = (".npz", ".jsonl")  # for a vector a token


def check_suffix(path: Path, *, tokens: bool) -> None:
    """Refuse a file name that `write_vectors` (or `write_token_vectors`) cannot serve.

    Raises:
        ValueError: naming the possible endings.
    """
    possible = TOKEN_SUFFIXES if tokens else TEXT_SUFFIXES
    if path.suffix not in possible:
        what = "Vectors of tokens" if tokens else "Vectors"
        raise ValueError(
            f"{what} go into a file ending in {', '.join(possible)}; received {str(path)!r}."
        )


def write_vectors(path: Path, vectors: NDArray[np.float32]) -> None:
    """Write one vector a text, (N, D), in the form that the file's ending names.

    `.npy` holds the array, `.npz` the array "vectors", `.jsonl` a line a text:
    {"index": 0, "vector": [...]}, with 9 digits, which give back the very float32.

    Raises:
        ValueError: for another ending.
        OSError: if the disk is full or the folder cannot be written.
    """
    check_suffix(path, tokens=False)
    with atomic_path(path) as temporary, temporary.open("wb") as file:
        if path.suffix == ".npy":
            np.save(file, vectors)
        elif path.suffix == ".npz":
            np.savez(file, vectors=vectors)
        else:
            for index, vector in enumerate(vectors):
                line = f'{{"index": {index}, "vector": {_numbers(vector)}}}\n'
                file.write(line.encode("ascii"))


def write_token_vectors(
    path: Path,
    vectors: Sequence[NDArray[np.float32]],
    tokens: Sequence[Sequence[str]],
    token_ids: Sequence[Sequence[int]],
) -> None:
    """Write a vector a token, [CLS] and [SEP] included.

    `.npz` holds "vectors" (S, D), "token_ids" (S,) and "offsets" (N + 1,): text i has the rows
    offsets[i] to offsets[i + 1]. `.jsonl` holds a line a text: {"index": 0, "tokens": [...],
    "vectors": [[...], ...]}.

    Args:
        path: where to.
        vectors: (T, D) a text.
        tokens: T word pieces a text.
        token_ids: their ids.

    Raises:
        ValueError: for another ending.
        OSError: if the disk is full or the folder cannot be written.
    """
    check_suffix(path, tokens=True)
    with atomic_path(path) as temporary, temporary.open("wb") as file:
        if path.suffix == ".npz":
            joined = np.concatenate(vectors) if vectors else np.zeros((0, 0), np.float32)
            np.savez(
                file,
                vectors=joined,
                token_ids=np.asarray([i for ids in token_ids for i in ids], np.int32),
                offsets=np.cumsum([0, *map(len, vectors)], dtype=np.int64),
            )
            return
        for index, (rows, pieces) in enumerate(zip(vectors, tokens, strict=True)):
            lists = ", ".join(map(_numbers, rows))
            named = json.dumps(list(pieces), ensure_ascii=False)
            line = f'{{"index": {index}, "tokens": {named}, "vectors": [{lists}]}}\n'
            file.write(line.encode("utf-8"))


def _numbers(vector: NDArray[np.float32]) -> str:
    return "[" + ", ".join([f"{value:.9g}" for value in vector.tolist()]) + "]"
