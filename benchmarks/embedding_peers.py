"""The same MiniLM weights behind one interface: this project, ONNX Runtime int8, PyTorch fp32.

Axis letters: N texts, B texts in a batch, T tokens, H hidden units.
"""

from __future__ import annotations

import io
import logging
import tempfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import onnxruntime
import torch
from numpy.typing import NDArray
from transformers import BertModel
from transformers.utils import logging as transformers_logging

from bert_tf.text.encoded_batch import EncodedBatch
from bert_tf.text.tokenizer import BertTokenizer
from export.runtime.batching import plan_batches
from export.runtime.bundle import Bundle
from export.runtime.engine import Engine

MAX_LENGTH = 256  # as sentence-transformers sets it for these weights
Vectors = NDArray[np.float32]
Rows = Sequence[Sequence[int]]  # word-piece ids without [CLS] and [SEP]
INPUTS = ("input_ids", "attention_mask", "token_type_ids")


@dataclass(frozen=True, kw_only=True)
class Setting:
    """How an engine spreads work."""

    workers: int  # side by side
    threads: int  # of each worker
    size: int  # of a batch
    exact: bool  # True: `size` tokens of one length; False: `size` texts of similar length, padded

    def __str__(self) -> str:
        batch = f"{self.size} tokens, one length" if self.exact else f"{self.size} texts"
        return f"{self.workers} x {self.threads} threads, {batch}"


class Peer(Protocol):
    """An engine under measurement."""

    name: str

    def prepare(self, setting: Setting) -> Callable[[Rows], Vectors]:
        """A function that embeds rows, (N, H), in this way."""
        ...


class LiteRT:
    """The bundle through `export.runtime`."""

    name = "bert_tf bundle (LiteRT int8)"

    def __init__(self, bundle: Bundle) -> None:
        self._bundle = bundle

    def prepare(self, setting: Setting) -> Callable[[Rows], Vectors]:
        """As `Peer.prepare`."""
        engine = Engine(
            self._bundle,
            num_threads=setting.threads,
            num_workers=setting.workers,
            tokens_per_batch=setting.size,
        )
        return engine.run_ids


class OnnxRuntime:
    """int8 by `quantize_dynamic`, per channel, after the transformer graph optimizer."""

    name = "ONNX Runtime int8"

    def __init__(self, weights: Path, tokenizer: BertTokenizer) -> None:
        self._tokenizer = tokenizer
        self._model = _onnx_int8(weights)

    @property
    def size(self) -> int:
        """Bytes of the quantized file."""
        return len(self._model)

    def prepare(self, setting: Setting) -> Callable[[Rows], Vectors]:
        """As `Peer.prepare`."""
        runs = [self._session(setting.threads) for _ in range(setting.workers)]
        return lambda rows: _spread(rows, runs, setting, self._tokenizer)

    def run_batch(self) -> Callable[[EncodedBatch], Vectors]:
        """A function that embeds one batch as it is, on one thread."""
        return self._session(1)

    def _session(self, threads: int) -> Callable[[EncodedBatch], Vectors]:
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


class PyTorch:
    """Transformers' `BertModel` in float32 with mean pooling."""

    name = "PyTorch fp32"

    def __init__(self, weights: Path, tokenizer: BertTokenizer) -> None:
        self._tokenizer = tokenizer
        self._model = _Embedder(weights, "sdpa")

    def prepare(self, setting: Setting) -> Callable[[Rows], Vectors]:
        """As `Peer.prepare`."""

        def run(batch: EncodedBatch) -> Vectors:
            arrays = (batch.token_ids, batch.padding_mask, batch.segment_ids)
            with torch.inference_mode():
                return self._model(*(torch.from_numpy(a.astype(np.int64)) for a in arrays)).numpy()

        def all_rows(rows: Rows) -> Vectors:
            torch.set_num_threads(setting.threads)
            return _spread(rows, [run] * setting.workers, setting, self._tokenizer)

        return all_rows


class _Embedder(torch.nn.Module):
    """BERT, mean pooling over real tokens, unit length."""

    def __init__(self, weights: Path, attention: str) -> None:
        super().__init__()
        transformers_logging.set_verbosity_error()  # it reports the pooler that is not wanted
        transformers_logging.disable_progress_bar()
        self.bert = BertModel.from_pretrained(
            weights, attn_implementation=attention, add_pooling_layer=False
        ).eval()

    def forward(self, input_ids: Any, attention_mask: Any, token_type_ids: Any) -> Any:
        hidden = self.bert(
            input_ids=input_ids, attention_mask=attention_mask, token_type_ids=token_type_ids
        ).last_hidden_state  # (B, T, H)
        mask = attention_mask.unsqueeze(-1).to(hidden.dtype)  # (B, T, 1)
        pooled = (hidden * mask).sum(1) / mask.sum(1)  # (B, H)
        return torch.nn.functional.normalize(pooled, dim=-1)


def _spread(
    rows: Rows,
    runs: list[Callable[[EncodedBatch], Vectors]],
    setting: Setting,
    tokenizer: BertTokenizer,
) -> Vectors:
    """Run batches, longest first, on as many workers as there are functions."""
    places = list(_places(rows, setting))
    waiting = iter(places)
    results: dict[int, Vectors] = {}

    def drain(run: Callable[[EncodedBatch], Vectors]) -> None:
        while (chosen := next(waiting, None)) is not None:  # list iterators are thread-safe
            batch = tokenizer.assemble([rows[place] for place in chosen], max_length=MAX_LENGTH)
            results.update(zip(chosen.tolist(), run(batch), strict=True))

    if len(runs) == 1:
        drain(runs[0])
    else:
        with ThreadPoolExecutor(len(runs)) as pool:
            list(pool.map(drain, runs))
    return np.stack([results[place] for place in range(len(rows))])


def _places(rows: Rows, setting: Setting) -> Iterator[NDArray[np.intp]]:
    """Which rows share a batch."""
    lengths = np.minimum([len(row) + 2 for row in rows], MAX_LENGTH)
    if setting.exact:
        for batch in plan_batches(lengths.tolist(), tokens_per_batch=setting.size):
            yield batch.rows
    else:
        order = np.argsort(-lengths, kind="stable")
        for start in range(0, len(order), setting.size):
            yield order[start : start + setting.size]


def _onnx_int8(weights: Path) -> bytes:
    """Export, fuse and quantize, as ONNX Runtime's documentation recommends for BERT."""
    from onnxruntime.quantization import QuantType, quantize_dynamic
    from onnxruntime.transformers import optimizer

    model = _Embedder(weights, "eager")
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
