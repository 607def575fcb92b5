"""One interpreter over a bundle's graph, checked against the bundle's own words."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from export.runtime.backend import BACKEND
from export.runtime.errors import BundleError
from export.runtime.metadata import BundleMetadata

# Axis letters: B rows, T tokens a row, D values of the output.
_NAME = "LiteRT" if BACKEND.package == "ai-edge-litert" else BACKEND.package
_FOREIGN = "It is not the network that its bundle describes; export the bundle again."


class GraphRunner:
    """Owns an interpreter. Not safe for two threads at once; `run` releases the GIL.

    The graph is read from memory, never by path: bytes that were hashed are the bytes that run.
    """

    def __init__(self, graph: bytes, metadata: BundleMetadata, *, num_threads: int = 1) -> None:
        """Build the interpreter and try it on a small input.

        Args:
            graph: the flatbuffer; bytes behind it, such as a bundle's archive, do no harm.
            metadata: names of the inputs and the size of the output.
            num_threads: threads inside one run.

        Raises:
            BundleError: if the graph cannot be built, or is not what the metadata says.
        """
        self._metadata = metadata
        try:
            self._interpreter = BACKEND.interpreter(model_content=graph, num_threads=num_threads)
            self._inputs = self._checked_inputs()  # ValueError: names that are not UTF-8
            self._output = self._checked_output()
        except BundleError:
            raise
        except (RuntimeError, ValueError) as error:
            raise BundleError(f"{_NAME} cannot build the network: {error}. {_FOREIGN}") from error
        self._shape: tuple[int, int] | None = None
        last_word = metadata.config.vocabulary_size - 1
        self.run(np.full((2, 3), last_word, np.int32))

    def run(
        self, token_ids: NDArray[np.int32], padding_mask: NDArray[np.int32] | None = None
    ) -> NDArray[np.float32]:
        """Compute a batch.

        Args:
            token_ids: (B, T), [CLS] and [SEP] included.
            padding_mask: (B, T), 1 = a real token; None: all tokens are real.

        Returns:
            (B, D), a copy.

        Raises:
            BundleError: if the runtime cannot compute it, as with tables smaller than promised, or
                gives something else than float32 of that shape.
        """
        interpreter = self._interpreter
        try:
            if self._shape != token_ids.shape:
                self._resize(token_ids.shape[0], token_ids.shape[1])
            for name, index in self._inputs:
                interpreter.set_tensor(index, _input(name, token_ids, padding_mask))
            interpreter.invoke()
            result: NDArray[np.float32] = interpreter.get_tensor(self._output)  # (B, D)
        except (RuntimeError, ValueError) as error:
            self._shape = None
            raise BundleError(
                f"{_NAME} cannot run the network on input of shape {token_ids.shape}: {error}. "
                f"{_FOREIGN}"
            ) from error
        expected = (token_ids.shape[0], self._metadata.output.dim)
        if result.shape != expected or result.dtype != np.float32:
            raise BundleError(
                f"The network gives {result.dtype} of shape {result.shape} for "
                f"{token_ids.shape[0]} texts, float32 of shape {expected} was expected. {_FOREIGN}"
            )
        return result

    def _resize(self, rows: int, length: int) -> None:
        for name, index in self._inputs:
            shape = [length] if name == "position_ids" else [rows, length]
            self._interpreter.resize_tensor_input(index, shape)
        self._interpreter.allocate_tensors()
        self._shape = (rows, length)

    def _checked_inputs(self) -> list[tuple[str, int]]:
        details: list[dict[str, Any]] = self._interpreter.get_input_details()
        names = self._metadata.inputs
        found = [str(detail["name"]) for detail in details]
        if len(found) != len(names) or not all(n in f for n, f in zip(names, found, strict=True)):
            raise BundleError(f"The network takes {found}, expected {list(names)}. {_FOREIGN}")
        for name, detail in zip(names, details, strict=True):
            rank = 1 if name == "position_ids" else 2
            if detail["dtype"] != np.int32 or len(detail["shape"]) != rank:
                raise BundleError(
                    f"The input {name} is {np.dtype(detail['dtype'])} of rank "
                    f"{len(detail['shape'])}, expected int32 of rank {rank}. {_FOREIGN}"
                )
        return [(name, int(d["index"])) for name, d in zip(names, details, strict=True)]

    def _checked_output(self) -> int:
        details: list[dict[str, Any]] = self._interpreter.get_output_details()
        if len(details) != 1:
            raise BundleError(f"The network has {len(details)} outputs, expected 1. {_FOREIGN}")
        return int(details[0]["index"])


def _input(
    name: str, token_ids: NDArray[np.int32], padding_mask: NDArray[np.int32] | None
) -> NDArray[np.int32]:
    """The content of the input of this name."""
    if name == "token_ids":
        return token_ids
    if name == "segment_ids":
        return np.zeros_like(token_ids)  # (B, T)
    if name == "position_ids":
        return np.arange(token_ids.shape[1], dtype=np.int32)  # (T,)
    return np.ones_like(token_ids) if padding_mask is None else padding_mask  # (B, T)
