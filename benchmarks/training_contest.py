"""Who trains what in the training benchmark, and which ratio has to be reached."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

Engine = Literal["bert_tf", "keras-hub", "transformers"]
Work = Literal["finetune", "mlm"]
MachinePrecision = Literal["float32", "bfloat16"]

BATCH = 32  # texts or rows a step, for every engine
MASK_RATE = 0.15  # share of tokens to guess
HUB_GUESSES = 96  # guesses a row that keras-hub's preprocessor makes room for by default
MAX_LENGTH = 128  # tokens of the longest text
MEMORY_LIMIT = 3e9  # bytes that rows of 32 x 128 may need at MiniLM size


@dataclass(frozen=True, kw_only=True)
class Contender:
    """One engine in one way of training."""

    name: str  # a row of the table
    engine: Engine
    work: Work
    length: int  # tokens a row at most, [CLS] and [SEP] counted
    fixed: bool  # every row is padded to `length`; else to the longest of its batch
    rows: int = BATCH  # a step
    guesses: int = 0  # keras-hub's masked language model: places for guesses a row
    xla: tuple[bool, ...] = (False,)  # settings to try; the fastest counts


@dataclass(frozen=True, kw_only=True)
class Goal:
    """`ours` must be at least `least` times as fast as `peer`; None: shown without a goal."""

    ours: str  # name of a contender
    peer: str
    least: float | None


def tuned_guesses(length: int) -> int:
    """As many places for guesses as a full row needs."""
    return math.ceil(MASK_RATE * length)


_BOTH = (False, True)
OURS = "bert_tf, by length"
OURS_LARGEST = {"finetune": "bert_tf, 32 x 128", "mlm": "bert_tf, packed 32 x 128"}

FINETUNING = (
    Contender(name=OURS, engine="bert_tf", work="finetune", length=MAX_LENGTH, fixed=False),
    Contender(
        name="keras-hub, 64", engine="keras-hub", work="finetune", length=64, fixed=True, xla=_BOTH
    ),
    Contender(
        name="HF Trainer, by length",
        engine="transformers",
        work="finetune",
        length=MAX_LENGTH,
        fixed=False,
    ),
    Contender(name="bert_tf, 32 x 64", engine="bert_tf", work="finetune", length=64, fixed=True),
    Contender(
        name="keras-hub, 128",
        engine="keras-hub",
        work="finetune",
        length=128,
        fixed=True,
        xla=_BOTH,
    ),
    Contender(
        name="HF Trainer, 128", engine="transformers", work="finetune", length=128, fixed=True
    ),
    Contender(
        name=OURS_LARGEST["finetune"], engine="bert_tf", work="finetune", length=128, fixed=True
    ),
)


def _hub_mlm(length: int, guesses: int) -> Contender:
    return Contender(
        name=f"keras-hub, {length}, {guesses} guesses",
        engine="keras-hub",
        work="mlm",
        length=length,
        fixed=True,
        guesses=guesses,
        xla=_BOTH,
    )


def _our_mlm(rows: int) -> Contender:
    name = f"bert_tf, packed {rows} x 128"
    return Contender(name=name, engine="bert_tf", work="mlm", length=128, fixed=True, rows=rows)


# Rows of 128 in such a number that a step computes as many places as the peer's does.
PRETRAINING = (
    _our_mlm(BATCH // 2),
    _hub_mlm(64, HUB_GUESSES),
    _hub_mlm(64, tuned_guesses(64)),
    _our_mlm(BATCH),
    _hub_mlm(128, HUB_GUESSES),
    _hub_mlm(128, tuned_guesses(128)),
)

GOALS: dict[Work, tuple[Goal, ...]] = {
    "finetune": (
        Goal(ours="bert_tf, 32 x 64", peer="keras-hub, 64", least=1.2),
        Goal(ours=OURS, peer="keras-hub, 64", least=1.5),
        Goal(ours=OURS, peer="keras-hub, 128", least=4.0),
        Goal(ours=OURS, peer="HF Trainer, by length", least=1.2),
        Goal(ours=OURS, peer="HF Trainer, 128", least=4.0),
        Goal(ours="bert_tf, 32 x 128", peer="keras-hub, 128", least=None),
    ),
    "mlm": tuple(
        Goal(
            ours=f"bert_tf, packed {rows} x 128",
            peer=f"keras-hub, {length}, {guesses} guesses",
            least=least,
        )
        for length, rows, least in ((64, BATCH // 2, 1.5), (128, BATCH, 4.0))
        for guesses in (HUB_GUESSES, tuned_guesses(length))
    ),
}

CONTENDERS: dict[Work, tuple[Contender, ...]] = {"finetune": FINETUNING, "mlm": PRETRAINING}
UNITS: dict[Work, str] = {"finetune": "sentences/s", "mlm": "useful tokens/s"}
# Each engine in its quicker way; rows padded to 128 compute the same, for longer.
QUALITY = (OURS, "keras-hub, 64", "HF Trainer, by length")
