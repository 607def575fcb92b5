"""OpenVINO int8 on MiniLM's weights, statically quantized by nncf on real texts."""

from __future__ import annotations

import contextlib
import io
import logging
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import nncf
import numpy as np
import openvino
import torch

from benchmarks.embedding_peer import (
    MAX_LENGTH,
    OPENVINO,
    OPENVINO_BFLOAT16,
    BatchPeer,
    RunBatch,
    Vectors,
)
from benchmarks.embedding_peers import TorchEmbedder
from bert_tf.text.encoded_batch import EncodedBatch
from bert_tf.text.tokenizer import BertTokenizer

# Axis letters: B texts in a batch, T tokens.


class OpenVino(BatchPeer):
    """A quantized network, with numbers of one kind between its int8 layers."""

    package = "openvino"

    def __init__(self, tokenizer: BertTokenizer, model: Any, *, bfloat16: bool) -> None:
        """Keep the network.

        Args:
            tokenizer: makes batches.
            model: quantized.
            bfloat16: what OpenVINO chooses by itself where there is AMX; else float32.
        """
        super().__init__(tokenizer)
        self.name = OPENVINO_BFLOAT16 if bfloat16 else OPENVINO
        self._model, self._precision = model, "bf16" if bfloat16 else "f32"

    def runners(self, workers: int, threads: int) -> list[RunBatch]:
        """One compiled network with a stream for each worker: its way to work side by side."""
        options = {
            "INFERENCE_PRECISION_HINT": self._precision,
            "NUM_STREAMS": workers,
            "INFERENCE_NUM_THREADS": workers * threads,
            "ENABLE_CPU_PINNING": False,  # the engines take turns on the same processors
        }
        network = openvino.Core().compile_model(self._model, "CPU", options)
        return [_runner(network.create_infer_request()) for _ in range(workers)]


def openvino_peers(
    weights: Path, tokenizer: BertTokenizer, calibration: Sequence[str]
) -> list[OpenVino]:
    """With float32 between the int8 layers, and with bfloat16 where that is the default.

    On processors with AMX bfloat16 is what a user gets. But for some shapes, such as one text of 32
    tokens, OpenVINO 2026.4 then gives vectors that are far off, so float32 takes part as well.

    Args:
        weights: folder of a Hugging Face model.
        tokenizer: its tokenizer.
        calibration: real texts for the ranges of activations, none of those that are measured.
    """
    model = _quantized(weights, tokenizer, calibration)
    default = openvino.Core().get_property("CPU", "INFERENCE_PRECISION_HINT")
    kinds = [False, True] if default == openvino.Type.bf16 else [False]
    return [OpenVino(tokenizer, model, bfloat16=kind) for kind in kinds]


def _runner(request: Any) -> RunBatch:
    def run(batch: EncodedBatch) -> Vectors:
        return np.array(request.infer(_feed(batch))[0])  # a copy: the next run overwrites it

    return run


def _feed(batch: EncodedBatch) -> list[Any]:
    arrays = (batch.token_ids, batch.padding_mask, batch.segment_ids)  # (B, T) each
    return [array.astype(np.int64) for array in arrays]


def _quantized(weights: Path, tokenizer: BertTokenizer, calibration: Sequence[str]) -> Any:
    nncf.set_log_level(logging.ERROR)
    ids = torch.randint(5, 1000, (2, 9))
    example = (ids, torch.ones_like(ids), torch.zeros_like(ids))
    rows = tokenizer.token_ids(calibration)
    with contextlib.redirect_stdout(io.StringIO()):  # progress bars
        return nncf.quantize(
            openvino.convert_model(TorchEmbedder(weights, "sdpa"), example_input=example),
            nncf.Dataset(rows, lambda row: _feed(tokenizer.assemble([row], max_length=MAX_LENGTH))),
            model_type=nncf.ModelType.TRANSFORMER,
            preset=nncf.QuantizationPreset.MIXED,
            subset_size=len(rows),
        )
