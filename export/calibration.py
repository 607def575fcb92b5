"""The range of every activation, measured on real texts."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from ai_edge_litert import schema_py_generated as schema
from ai_edge_quantizer.quantizer import Quantizer

from bert_tf.text.tokenizer import BertTokenizer
from export.errors import ExportError
from export.flatbuffer import read_model, write_model
from export.recipes import Recipe

Calibration = dict[str, Any]  # name of a tensor to what the quantizer keeps of it
Progress = Callable[[int, int], None]  # texts run, texts in all
MIN_TEXTS = 100  # fewer leave out what is rare
_READ = 200  # texts that are run; more cost time and change little
_AT_ONCE = 20  # texts between two reports of progress
_SEED = 0  # of the order: files are sorted, and the ranges forget what was long ago
_SIGNATURE = "serve"  # the quantizer calibrates signatures, our graphs have none
_INPUTS = ("token_ids", "padding_mask")


def calibrate(
    graph: bytes,
    recipe: Recipe,
    tokenizer: BertTokenizer,
    texts: Sequence[str],
    *,
    max_length: int,
    progress: Progress | None = None,
) -> Calibration:
    """Run real texts through the float graph and note the range of each activation.

    Each text is run alone, at its own length: padding would count as an activation, too. The range
    is a moving average over the texts, so that a single odd one does not make all steps coarse.

    Args:
        graph: float, before quantization.
        recipe: with static rules.
        tokenizer: the model's.
        texts: real ones; 200 of them are run, drawn at random, the same ones each time.
        max_length: tokens of a text at most.
        progress: told now and then.

    Raises:
        ValueError: if there are too few texts.
        ExportError: if the quantizer cannot calibrate the graph.
    """
    if len(texts) < MIN_TEXTS:
        raise ValueError(f"At least {MIN_TEXTS} texts are needed, received {len(texts)}.")
    order = np.random.default_rng(_SEED).permutation(len(texts))[:_READ]
    pieces = tokenizer.token_ids([texts[place] for place in order])
    inputs = [
        _inputs([tokenizer.cls_id, *ids[: max_length - 2], tokenizer.sep_id]) for ids in pieces
    ]
    signed = bytearray(_with_signature(graph))
    found: Calibration | None = None
    for start in range(0, len(inputs), _AT_ONCE):
        batch = inputs[start : start + _AT_ONCE]
        try:
            with contextlib.redirect_stderr(io.StringIO()):  # its own progress bar
                quantizer = Quantizer(signed)
                quantizer.load_quantization_recipe(recipe.quantizer_steps())
                found = quantizer.calibrate({_SIGNATURE: batch}, found, num_threads=1)
        except (RuntimeError, ValueError) as error:
            raise ExportError(f"The graph cannot be calibrated: {error}") from error
        if progress is not None:
            progress(start + len(batch), len(inputs))
    assert found is not None
    return found


def _inputs(ids: list[int]) -> dict[str, Any]:
    row = np.array([ids], np.int32)  # (1, T)
    return dict(zip(_INPUTS, (row, np.ones_like(row)), strict=True))


def _with_signature(graph: bytes) -> bytes:
    """The same graph with a signature, which names its inputs and its output."""
    model = read_model(graph)
    subgraph = model.subgraphs[0]
    signature = schema.SignatureDefT()
    signature.signatureKey, signature.subgraphIndex = _SIGNATURE.encode(), 0
    signature.inputs = [
        _named(name, place) for name, place in zip(_INPUTS, subgraph.inputs, strict=True)
    ]
    signature.outputs = [_named("output", subgraph.outputs[0])]
    model.signatureDefs = [signature]
    return write_model(model)


def _named(name: str, tensor: int) -> schema.TensorMapT:
    entry = schema.TensorMapT()
    entry.name, entry.tensorIndex = name.encode(), tensor
    return entry
