"""How to fine-tune, whatever the task."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Annotated


@dataclass(frozen=True, kw_only=True)
class FinetuneSettings:
    """With the data and the start weights this decides the result.

    `bert-tf finetune` makes a flag of each field, with the text in its annotation as help.
    """

    epochs: Annotated[int, "Passes over the texts."] = 3
    batch_size: Annotated[int, "Texts a step."] = 32
    micro_batch_size: Annotated[int, "Texts at once in memory; 0 = all of a step."] = 0
    learning_rate: Annotated[float, "Peak of the schedule."] = 1e-4
    warmup: Annotated[float, "Share of steps in which the rate rises."] = 0.1
    weight_decay: Annotated[float, "AdamW's."] = 0.01
    clip_norm: Annotated[
        float, "Longest global gradient; at 1, as in pre-training, the first epoch learns less."
    ] = 5.0
    epsilon: Annotated[
        float, "Added to the root of Adam's second moment; larger ones slow the first steps."
    ] = 1e-7
    layer_decay: Annotated[float, "Factor of the rate from a layer to the one below."] = 1.0
    freeze_layers: Annotated[int, "So many blocks from below do not learn."] = 0
    freeze_embeddings: Annotated[bool, "Words, positions and segments do not learn."] = False
    mask_rate: Annotated[float, "Share of tokens hidden while learning, other ones each time."] = (
        0.0
    )
    adversarial_norm: Annotated[
        float, "Learn each batch again, word vectors moved so far against it; twice the time."
    ] = 0.0
    patience: Annotated[int, "Epochs without gain; 0 = never stop."] = 2
    checkpoint_steps: Annotated[int, "Steps between checkpoints."] = 200
    length_multiple: Annotated[int, "Batches are padded to a multiple of so many tokens."] = 8
    xla: Annotated[bool, "Compile each shape of a step; pays where shapes are few."] = False
    seed: Annotated[int, "Of order, dropout and head."] = 1

    def __post_init__(self) -> None:
        for name in ("epochs", "batch_size", "checkpoint_steps", "length_multiple"):
            if getattr(self, name) < 1:
                raise ValueError(f"{name} must be at least 1, received {getattr(self, name)}.")
        for name in ("learning_rate", "clip_norm", "epsilon"):
            if not 0 < getattr(self, name) < math.inf:
                raise ValueError(f"{name} must be positive, received {getattr(self, name)}.")
        for name in (
            "weight_decay",
            "micro_batch_size",
            "freeze_layers",
            "adversarial_norm",
            "patience",
            "seed",
        ):
            if not 0 <= getattr(self, name) < math.inf:
                raise ValueError(f"{name} must not be negative, received {getattr(self, name)}.")
        if not 0 <= self.warmup < 1:
            raise ValueError(f"warmup must be in [0, 1), received {self.warmup}.")
        if not 0 <= self.mask_rate < 1:
            raise ValueError(f"mask_rate must be in [0, 1), received {self.mask_rate}.")
        if self.adversarial_norm and self.freeze_embeddings:
            raise ValueError("adversarial_norm must be 0 where freeze_embeddings is set.")
        if not 0 < self.layer_decay <= 1:
            raise ValueError(f"layer_decay must be in (0, 1], received {self.layer_decay}.")

    @property
    def micro_batches(self) -> int:
        """Parts that a batch is cut into, so that none holds more than `micro_batch_size`."""
        size = self.micro_batch_size
        return math.ceil(self.batch_size / size) if 0 < size < self.batch_size else 1
