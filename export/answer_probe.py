"""What a graph answers to a few hundred texts, beside the float graph's answers."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from bert_tf.text.tokenizer import BertTokenizer
from export.flatbuffer import inline_buffers
from export.recipes import Recipe
from export.runtime.graph_runner import GraphRunner
from export.runtime.metadata import BundleMetadata
from export.verify import compare_answers

# Axis letters: N texts, D values of the output.
Outputs = NDArray[np.float32]


class AnswerProbe:
    """Holds the float graph's answers, each text run alone; compares other graphs with them."""

    def __init__(
        self,
        graph: bytes,
        metadata: BundleMetadata,
        tokenizer: BertTokenizer,
        texts: Sequence[str],
    ) -> None:
        """Run the float graph.

        Args:
            graph: before quantization.
            metadata: of the bundle to be.
            tokenizer: the model's.
            texts: N real ones.
        """
        self._rows = text_rows(tokenizer, texts, max_length=metadata.max_length)
        self._metadata = metadata
        self._expected = self._answers(inline_buffers(graph))  # (N, D)

    @property
    def texts(self) -> int:
        """How many there are."""
        return len(self._rows)

    def tolerance(self, recipe: Recipe) -> dict[str, float]:
        """The bounds of a recipe for the model's task."""
        valued = self._metadata.label_values is not None
        return recipe.tolerance_of(self._metadata.task, valued=valued)

    def measure(self, graph: bytes) -> dict[str, float]:
        """The measures of `verify` on the texts of the probe."""
        return compare_answers(self._metadata, self._expected, self._answers(graph))

    def _answers(self, graph: bytes) -> Outputs:
        runner = GraphRunner(graph, self._metadata)
        return np.concatenate([runner.run(row) for row in self._rows])


def text_rows(
    tokenizer: BertTokenizer, texts: Sequence[str], *, max_length: int
) -> list[NDArray[np.int32]]:
    """Token ids (1, T) of each text at its own length, the shortest first."""
    pieces = sorted(tokenizer.token_ids(list(texts)), key=len)
    return [
        np.asarray([[tokenizer.cls_id, *ids[: max_length - 2], tokenizer.sep_id]], np.int32)
        for ids in pieces
    ]
