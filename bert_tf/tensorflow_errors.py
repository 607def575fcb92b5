"""What TensorFlow raises, for programs that may not have loaded it."""

from __future__ import annotations

import sys


def tensorflow_errors() -> tuple[type[Exception], ...]:
    """TensorFlow's own errors beside Python's; none where it is not loaded."""
    tensorflow = sys.modules.get("tensorflow")
    return () if tensorflow is None else (tensorflow.errors.OpError,)


def first_line(error: BaseException) -> str:
    """What it says; TensorFlow adds the places of the graph in further lines."""
    lines = [line.strip() for line in str(error).splitlines()]
    return next((line for line in lines if line), "").removesuffix(".")
