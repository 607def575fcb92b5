"""What work that failed raises, beside the mistakes of a user, and what to say of it."""

from __future__ import annotations

from bert_tf.tensorflow_errors import first_line, tensorflow_errors
from export.runtime.shortage import shortage


def failures() -> tuple[type[Exception], ...]:
    """Python's own, ours (`ExportError`), and TensorFlow's if it is loaded."""
    return ArithmeticError, MemoryError, RuntimeError, *tensorflow_errors()


def failure_text(error: BaseException) -> str:
    """What was lacking and what to do, where that is known; else what the error says."""
    name = type(error).__name__
    if isinstance(error, tensorflow_errors()):
        said = first_line(error)
        if name == "ResourceExhaustedError":
            return shortage(MemoryError(said)) or name
        return f"TensorFlow stopped with {name}: {said}"
    return shortage(error) or str(error) or name
