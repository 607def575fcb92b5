"""Verdicts and vectors as JSON lines and as a `.npy` file that grows."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import IO, Any

import numpy as np
from numpy.typing import NDArray

from export.runtime.explanation import Explanation, WordInfluence
from export.runtime.language_router import Answer, Routed, RoutedExplanation, RoutedVerdict
from export.runtime.results import Classification, Embeddings
from export.runtime.similarity import NearLine

_NPY_MAGIC = b"\x93NUMPY\x01\x00"
NPY_HEADER_BYTES = 128  # in all; room for any number of rows, and data aligned to 64


def classification_lines(verdicts: Sequence[Classification], *, first: int) -> bytes:
    """A JSON line for each verdict, `index` counted from `first`; numbers to 6 decimals."""
    lines = [
        _line({"index": index, **_verdict_fields(verdict)})
        for index, verdict in enumerate(verdicts, first)
    ]
    return "".join(lines).encode("utf-8")


def routed_lines(answers: Sequence[RoutedVerdict], *, first: int) -> bytes:
    """The same with `status`, `language` and `bundle`; what was not judged has null figures."""
    lines = [
        _line({"index": index, **_origin_fields(answer), **_verdict_fields(answer.verdict)})
        for index, answer in enumerate(answers, first)
    ]
    return "".join(lines).encode("utf-8")


def explanation_lines(explanations: Sequence[Explanation], *, first: int) -> bytes:
    """As `classification_lines`, with the words and their influences."""
    lines = [
        _line({"index": index, **_explanation_fields(explanation)})
        for index, explanation in enumerate(explanations, first)
    ]
    return "".join(lines).encode("utf-8")


def routed_explanation_lines(answers: Sequence[RoutedExplanation], *, first: int) -> bytes:
    """As `routed_lines`, with the words and their influences."""
    lines = [
        _line({"index": index, **_origin_fields(answer), **_explanation_fields(answer.verdict)})
        for index, answer in enumerate(answers, first)
    ]
    return "".join(lines).encode("utf-8")


def near_lines(query: str, found: Sequence[NearLine]) -> bytes:
    """A JSON line for each line that is near to a query, `rank` counted from 1."""
    lines = [
        _line(
            {
                "query": query,
                "rank": rank,
                "index": near.index,
                "similarity": _rounded(near.similarity),
                "text": near.text,
            }
        )
        for rank, near in enumerate(found, 1)
    ]
    return "".join(lines).encode("utf-8")


def _origin_fields(answer: Routed[Answer]) -> dict[str, Any]:
    return {"status": answer.status, "language": answer.language, "bundle": answer.bundle}


def _explanation_fields(explanation: Explanation | None) -> dict[str, Any]:
    if explanation is None:
        return {**_verdict_fields(None), "words": []}
    words = [_word_fields(word) for word in explanation.words]
    return {**_verdict_fields(explanation.verdict), "words": words}


def _word_fields(word: WordInfluence) -> dict[str, Any]:
    valence = word.valence_influence
    return {
        "text": word.text,
        "start": word.start,
        "end": word.end,
        "influence": _rounded(word.influence),
        "valence_influence": None if valence is None else _rounded(valence),
        "truncated": word.truncated,
    }


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


def _rounded(value: float) -> float:
    return round(value, 6) + 0.0  # never -0.0


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
        size = NPY_HEADER_BYTES - len(_NPY_MAGIC) - 2
        return _NPY_MAGIC + size.to_bytes(2, "little") + text.ljust(size - 1).encode() + b"\n"
