"""sentence-transformers with its ONNX backend, int8 as its documentation makes it."""

from __future__ import annotations

import contextlib
import io
import logging
import platform
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
import torch
from optimum.onnxruntime.configuration import AutoQuantizationConfig
from sentence_transformers import SentenceTransformer, export_dynamic_quantized_onnx_model
from transformers.utils import logging as transformers_logging

from benchmarks.embedding_peer import (
    EXACT_SIZES,
    MAX_LENGTH,
    SENTENCE_TRANSFORMERS,
    BatchPeer,
    RunBatch,
    Setting,
    Vectors,
    settings_of,
)
from bert_tf.text.encoded_batch import EncodedBatch
from bert_tf.text.tokenizer import BertTokenizer

SIZES = (8, 16, 32, 64)  # texts of a batch; 32 is its default
SUFFIX = "int8_per_channel"  # of the quantized file


class SentenceTransformers(BatchPeer):
    """With texts it is its own `encode`; with ids, its model on batches that are made for it."""

    name = SENTENCE_TRANSFORMERS
    package = "sentence-transformers"

    def __init__(self, weights: Path, tokenizer: BertTokenizer, folder: Path) -> None:
        """Export and quantize.

        Args:
            weights: folder of the sentence-transformers model.
            tokenizer: its tokenizer, for the batches of ids.
            folder: for the exported files.
        """
        super().__init__(tokenizer)
        self._folder = folder
        transformers_logging.set_verbosity_error()
        logging.getLogger("sentence_transformers").setLevel(logging.ERROR)
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
            model = SentenceTransformer(
                str(weights), backend="onnx", device="cpu", model_kwargs=_options(1)
            )
            model.save_pretrained(str(folder))
            arm = platform.machine() in ("arm64", "aarch64")
            kind = "arm64" if arm else "avx512_vnni"
            config = getattr(AutoQuantizationConfig, kind)(is_static=False, per_channel=True)
            export_dynamic_quantized_onnx_model(model, config, str(folder), file_suffix=SUFFIX)
        self._models: dict[tuple[int, int], list[Any]] = {}

    def settings(self, threads: int) -> list[Setting]:
        """As `Peer.settings`."""
        return settings_of(threads, exact=EXACT_SIZES, padded=SIZES)

    def text_settings(self, threads: int, found: Setting) -> list[Setting]:
        """As `Peer.text_settings`: `encode` sorts by length and pads, whatever is best with ids."""
        if found.size == 1:  # one text at a time
            return [found]
        return settings_of(threads, exact=(), padded=SIZES)

    def prepare_texts(self, setting: Setting) -> Callable[[Sequence[str]], Vectors]:
        """As `Peer.prepare_texts`: each worker encodes its share."""
        models = self._loaded(setting.workers, setting.threads)

        def encode(model: Any, texts: Sequence[str]) -> Vectors:
            return model.encode(
                list(texts),
                batch_size=setting.size,
                normalize_embeddings=True,
                show_progress_bar=False,
            )

        def run(texts: Sequence[str]) -> Vectors:
            torch.set_num_threads(setting.threads)
            if len(models) == 1:
                return encode(models[0], texts)
            shares = [texts[start :: len(models)] for start in range(len(models))]
            with ThreadPoolExecutor(len(models)) as pool:
                parts = list(pool.map(encode, models, shares))
            vectors = np.empty((len(texts), parts[0].shape[1]), np.float32)  # (N, H)
            for start, part in enumerate(parts):
                vectors[start :: len(models)] = part
            return vectors

        return run

    def runners(self, workers: int, threads: int) -> list[RunBatch]:
        """As `BatchPeer.runners`."""
        return [_runner(model) for model in self._loaded(workers, threads)]

    def forget(self) -> None:
        """As `Peer.forget`."""
        super().forget()
        self._models.clear()

    def _loaded(self, workers: int, threads: int) -> list[Any]:
        split = (workers, threads)
        if split not in self._models:
            options = {**_options(threads), "file_name": f"onnx/model_{SUFFIX}.onnx"}
            self._models[split] = [self._load(options) for _ in range(workers)]
        return self._models[split]

    def _load(self, options: dict[str, Any]) -> Any:
        model = SentenceTransformer(
            str(self._folder), backend="onnx", device="cpu", model_kwargs=options
        )
        model.max_seq_length = MAX_LENGTH
        return model


def _runner(model: Any) -> RunBatch:
    def run(batch: EncodedBatch) -> Vectors:
        features = {
            "input_ids": torch.from_numpy(batch.token_ids.astype(np.int64)),
            "attention_mask": torch.from_numpy(batch.padding_mask.astype(np.int64)),
            "token_type_ids": torch.from_numpy(batch.segment_ids.astype(np.int64)),
        }
        with torch.inference_mode():
            return model(features)["sentence_embedding"].numpy()

    return run


def _options(threads: int) -> dict[str, Any]:
    session = onnxruntime.SessionOptions()
    session.intra_op_num_threads, session.inter_op_num_threads = threads, 1
    return {"provider": "CPUExecutionProvider", "session_options": session}
