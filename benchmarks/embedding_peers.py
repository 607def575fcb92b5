"""ONNX Runtime int8 and PyTorch fp32 on MiniLM's weights.

Axis letters: N texts, B texts in a batch, T tokens, H hidden units.
"""

from __future__ import annotations

import io
import logging
import tempfile
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
import torch
from transformers import BertModel
from transformers.utils import logging as transformers_logging

from benchmarks.embedding_peer import (
    EXACT_SIZES,
    ONNX_RUNTIME,
    PADDED_SIZES,
    PYTORCH,
    BatchPeer,
    RunBatch,
    Setting,
    Vectors,
    settings_of,
)
from bert_tf.text.encoded_batch import EncodedBatch
from bert_tf.text.tokenizer import BertTokenizer

INPUTS = ("input_ids", "attention_mask", "token_type_ids")


class OnnxRuntime(BatchPeer):
    """int8 by `quantize_dynamic`, per channel, after the transformer graph optimizer."""

    name = ONNX_RUNTIME
    package = "onnxruntime"

    def __init__(self, weights: Path, tokenizer: BertTokenizer) -> None:
        """Export and quantize."""
        super().__init__(tokenizer)
        self._model = _onnx_int8(weights)

    def runners(self, workers: int, threads: int) -> list[RunBatch]:
        """As `BatchPeer.runners`."""
        return [self._session(threads) for _ in range(workers)]

    def _session(self, threads: int) -> RunBatch:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads, options.inter_op_num_threads = threads, 1
        session = onnxruntime.InferenceSession(
            self._model, options, providers=["CPUExecutionProvider"]
        )

        def run(batch: EncodedBatch) -> Vectors:
            arrays = (batch.token_ids, batch.padding_mask, batch.segment_ids)
            feed = {n: a.astype(np.int64) for n, a in zip(INPUTS, arrays, strict=True)}
            return session.run(None, feed)[0]

        return run


class PyTorch(BatchPeer):
    """Transformers' `BertModel` in float32 with mean pooling: the reference of fidelity."""

    name = PYTORCH
    package = "torch"

    def __init__(self, weights: Path, tokenizer: BertTokenizer) -> None:
        """Load the weights."""
        super().__init__(tokenizer)
        self._model = TorchEmbedder(weights, "sdpa")

    def settings(self, threads: int) -> list[Setting]:
        """Half of the grid: it is many times slower, and finds its place there."""
        return settings_of(threads, exact=EXACT_SIZES[1::2], padded=PADDED_SIZES[1::2])

    def runners(self, workers: int, threads: int) -> list[RunBatch]:
        """As `BatchPeer.runners`."""

        def run(batch: EncodedBatch) -> Vectors:
            if torch.get_num_threads() != threads:
                torch.set_num_threads(threads)
            arrays = (batch.token_ids, batch.padding_mask, batch.segment_ids)
            with torch.inference_mode():
                return self._model(*(torch.from_numpy(a.astype(np.int64)) for a in arrays)).numpy()

        return [run] * workers


class TorchEmbedder(torch.nn.Module):
    """BERT, mean pooling over real tokens, unit length."""

    def __init__(self, weights: Path, attention: str) -> None:
        """Load Hugging Face's model; `attention` names its implementation."""
        super().__init__()
        transformers_logging.set_verbosity_error()  # it reports the pooler that is not wanted
        transformers_logging.disable_progress_bar()
        self.bert = BertModel.from_pretrained(
            weights, attn_implementation=attention, add_pooling_layer=False
        ).eval()

    def forward(self, input_ids: Any, attention_mask: Any, token_type_ids: Any) -> Any:
        """Vectors, (B, H), of ids, (B, T)."""
        hidden = self.bert(
            input_ids=input_ids, attention_mask=attention_mask, token_type_ids=token_type_ids
        ).last_hidden_state  # (B, T, H)
        mask = attention_mask.unsqueeze(-1).to(hidden.dtype)  # (B, T, 1)
        pooled = (hidden * mask).sum(1) / mask.sum(1)  # (B, H)
        return torch.nn.functional.normalize(pooled, dim=-1)


def _onnx_int8(weights: Path) -> bytes:
    """Export, fuse and quantize, as ONNX Runtime's documentation recommends for BERT."""
    from onnxruntime.quantization import QuantType, quantize_dynamic
    from onnxruntime.transformers import optimizer

    model = TorchEmbedder(weights, "eager")
    config = model.bert.config
    ids = torch.randint(5, 1000, (2, 9))
    example = (ids, torch.ones_like(ids), torch.zeros_like(ids))
    axes = {name: {0: "batch", 1: "length"} for name in INPUTS}
    logging.getLogger().setLevel(logging.ERROR)
    with (
        tempfile.TemporaryDirectory() as folder,
        redirect_stdout(io.StringIO()),
        redirect_stderr(io.StringIO()),
    ):
        plain, fused, small = (str(Path(folder) / f"{n}.onnx") for n in ("plain", "fused", "int8"))
        torch.onnx.export(
            model, example, plain, dynamo=False, opset_version=17, input_names=list(INPUTS),
            output_names=["embedding"], dynamic_axes={**axes, "embedding": {0: "batch"}},
        )  # fmt: skip
        optimized = optimizer.optimize_model(
            plain, "bert", num_heads=config.num_attention_heads, hidden_size=config.hidden_size
        )
        optimized.save_model_to_file(fused)
        quantize_dynamic(
            fused, small, per_channel=True, weight_type=QuantType.QInt8,
            extra_options={"DefaultTensorType": 1},
        )  # fmt: skip
        return Path(small).read_bytes()
