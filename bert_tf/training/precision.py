"""Which number format the matrix products of a training run use."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal, get_args

Precision = Literal["auto", "float32", "bfloat16", "float16"]


def dtype_policy(precision: Precision) -> str:
    """The Keras dtype policy for a choice of precision; weights stay float32 in all.

    "auto" takes bfloat16 where the processor or GPU multiplies it faster than float32; float16
    needs a scaled loss (see `LossScale`).

    Raises:
        ValueError: for an unknown choice.
    """
    if precision not in get_args(Precision):
        raise ValueError(
            f"precision must be one of {', '.join(get_args(Precision))}, received {precision!r}."
        )
    if precision == "auto":
        precision = "bfloat16" if _has_fast_bfloat16() else "float32"
    return "float32" if precision == "float32" else f"mixed_{precision}"


def _has_fast_bfloat16() -> bool:
    import tensorflow as tf

    gpus = tf.config.list_physical_devices("GPU")
    if gpus:
        capability = tf.config.experimental.get_device_details(gpus[0]).get("compute_capability")
        return bool(capability and capability >= (8, 0))
    try:
        flags = Path("/proc/cpuinfo").read_text(encoding="ascii", errors="replace")
    except OSError:
        return False
    return "amx_bf16" in flags or "avx512_bf16" in flags


@contextmanager
def computing_in(precision: Precision) -> Iterator[str]:
    """Layers that are made inside compute in this precision; gives the type of their products.

    Raises:
        ValueError: for an unknown choice.
    """
    import keras

    before = keras.config.dtype_policy()
    keras.config.set_dtype_policy(dtype_policy(precision))
    try:
        yield keras.config.dtype_policy().compute_dtype
    finally:
        keras.config.set_dtype_policy(before)
