"""What a fine-tuning learns from, where it begins, and what comes out."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from bert_tf.models.task import Pooling
from bert_tf.training.precision import Precision


@dataclass(frozen=True, kw_only=True)
class FinetuneFiles:
    """Files and names of a run, beside its settings.

    `bert-tf finetune` makes a flag of each field, with the text in its annotation as help.
    """

    train: Annotated[Path, "Examples: .csv, .tsv or .jsonl."]
    output: Annotated[Path, "Folder to write; the model lands in its folder model."]
    dev: Annotated[Path | None, "Else a tenth of --train is held back."] = None
    learn_dev: Annotated[
        bool, "The recipe is chosen: learn dev's texts too, judge nothing, keep the last epoch."
    ] = False
    start: Annotated[str, "minilm, a Hugging Face or a model folder."] = "minilm"
    random_weights: Annotated[bool, "Keep the start's shape only: what is pre-training worth?"] = (
        False
    )
    name: Annotated[str | None, "Name of the model; else that of the task."] = None
    language: Annotated[str, "Language code of the texts."] = "en"
    max_length: Annotated[int, "Longest text in tokens."] = 256
    pooling: Annotated[Pooling, "Token vectors to one."] = "mean"
    precision: Annotated[Precision, "Of the matrix products."] = "auto"
    devices: Annotated[int, "How many; 0 = all GPUs, or the CPU."] = 0
    deterministic: Annotated[bool, "The same bits every time; slower."] = False
    data_licence: Annotated[str, "Licence of the texts."] = "unknown"
    data_source: Annotated[str, "Origin of the texts."] = "given by the user"
