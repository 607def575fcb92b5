"""A traced graph as a TensorFlow Lite flatbuffer of built-in operators only."""

from __future__ import annotations

import re

import tensorflow as tf

from export.errors import ExportError
from export.graph_inspection import foreign_operators

_MISSING = re.compile(r"error: '(?:tf\.)?(\w+)' op is neither a custom op nor a flex op")


def convert(function: tf.types.experimental.ConcreteFunction) -> bytes:
    """Convert a graph; weights stay float32.

    Args:
        function: from `build_serving_graph`, or any traced function.

    Raises:
        ExportError: naming the operators that TensorFlow Lite does not have built in.
    """
    converter = tf.lite.TFLiteConverter.from_concrete_functions([function], None)
    converter.target_spec.supported_ops = [tf.lite.OpsSet.TFLITE_BUILTINS]
    converter.allow_custom_ops = False
    try:
        graph = bytes(converter.convert())
    except Exception as error:  # the converter's own class is private
        names = sorted(set(_MISSING.findall(str(error))))
        if not names:
            raise ExportError(f"TensorFlow Lite cannot convert this graph: {error}") from error
        raise ExportError(_refusal(names)) from error
    require_builtin_operators(graph)
    return graph


def require_builtin_operators(graph: bytes) -> None:
    """Refuse a flatbuffer that a plain TensorFlow Lite runtime could not run.

    Raises:
        ExportError: naming its Flex and custom operators.
    """
    names = foreign_operators(graph)
    if names:
        raise ExportError(_refusal(names))


def _refusal(names: list[str]) -> str:
    return (
        f"The graph needs operators that are not built into TensorFlow Lite: {', '.join(names)}. "
        "Express them with built-in operators; Flex and custom operators do not run on devices."
    )
