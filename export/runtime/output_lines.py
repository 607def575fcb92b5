"""Verdicts and vectors as JSON lines and as a `.npy` file that grows."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import IO, Any

import numpy as np
from numpy.typing import NDArray

from export.runtime.language_router import RoutedVerdict
from export.runtime.results import Classification, Embeddings

_NPY_MAGIC = b"\x93NUMPY\x01\x00"
_NPY_HEADER_BYTES = 128  # in all; room for any number of rows, and data aligned to 64


def classification_lines(verdicts: Sequence[Classification], *, first: int) -> bytes:
    """A JSON line for each verdict, `index` counted from `first`; numbers to 6 decimals."""
    lines = [
        _line({"index": index, **_verdict_fields(verdict)})
        for index, verdict in enumerate(verdicts, first)
    ]
    return "".join(lines).encode("utf-8")


def routed_lines(answers: Sequence[RoutedVerdict], *, first: int) -> bytes:
    """The same with `status`, `language` and `bundle`; what was not judged has null figures."""
    lines = []
    for index, answer in enumerate(answers, first):
        origin = {
            "index": index,
            "status": answer.status,
            "language": answer.language,
            "bundle": answer.bundle,
        }
        lines.append(_line({**origin, **_verdict_fields(answer.verdict)}))
    return "".join(lines).encode("utf-8")


def _verdict_fields(verdict: Classification | None) -> dict[str, Any]:
    if verdict is None:
        return {"label": None, "scores": {}, "valence": None, "tokens": None, "truncated": None}
    valence = verdict.valence
    return {
        "label": verdict.label,
        "scores": {label: round(score, 6) for label, score in verdict.scores.items()},
        "valence": None if valence is None else round(valence, 6),
        "tokens": verdict.tokens,
        "truncated": verdict.truncated,
    }


def _line(values: dict[str, Any]) -> str:
    return json.dumps(values, ensure_ascii=False, allow_nan=False) + "\n"


def embedding_lines(answer: Embeddings, *, first: int) -> bytes:
    """A JSON line for each vector; 9 digits give back the very float32."""
    lines = []
    rows = zip(
        answer.vectors.tolist(), answer.tokens.tolist(), answer.truncated.tolist(), strict=True
    )
    for index, (row, tokens, truncated) in enumerate(rows, first):
        vector = ", ".join(["%.9g" % value for value in row])  # noqa: UP031, twice as fast
        lines.append(
            f'{{"index": {index}, "vector": [{vector}], "tokens": {tokens}, '
            f'"truncated": {json.dumps(truncated)}}}\n'
        )
    return "".join(lines).encode("ascii")


class NpyWriter:
    """Writes rows of float32 to a seekable stream whose number of rows is known at the end."""

    def __init__(self, stream: IO[bytes], *, dim: int) -> None:
        """Leave room for the header.

        Args:
            stream: seekable, at the place where the array shall begin.
            dim: columns.
        """
        self._stream, self._dim, self._rows = stream, dim, 0
        self._start = stream.tell()
        stream.write(self._header())

    def write(self, vectors: NDArray[np.float32]) -> None:
        """Append rows, (N, dim)."""
        self._stream.write(np.ascontiguousarray(vectors, "<f4").tobytes())
        self._rows += len(vectors)

    def finish(self) -> None:
        """Put the true number of rows into the header."""
        self._stream.seek(self._start)
        self._stream.write(self._header())
        self._stream.seek(0, 2)

    def _header(self) -> bytes:
        shape = f"({self._rows}, {self._dim})"
        text = f"{{'descr': '<f4', 'fortran_order': False, 'shape': {shape}, }}"
        size = _NPY_HEADER_BYTES - len(_NPY_MAGIC) - 2
        return _NPY_MAGIC + size.to_bytes(2, "little") + text.ljust(size - 1).encode() + b"\n"
