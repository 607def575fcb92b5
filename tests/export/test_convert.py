"""Only built-in operators get through."""

from __future__ import annotations

import pytest
import tensorflow as tf

from export.convert import convert, require_builtin_operators
from export.errors import ExportError


def traced(function):
    spec = tf.TensorSpec([4, 4], tf.float32)
    return tf.function(function, input_signature=[spec]).get_concrete_function()


def test_a_flex_operator_is_named_and_refused() -> None:
    with pytest.raises(ExportError, match="MatrixDeterminant"):
        convert(traced(lambda x: {"y": tf.linalg.det(x)}))


@pytest.mark.parametrize(("flex", "custom"), [(True, False), (False, True)])
def test_a_finished_graph_with_foreign_operators_is_refused(flex: bool, custom: bool) -> None:
    converter = tf.lite.TFLiteConverter.from_concrete_functions(
        [traced(lambda x: {"y": tf.linalg.det(x)})], None
    )
    sets = [tf.lite.OpsSet.TFLITE_BUILTINS]
    converter.target_spec.supported_ops = [*sets, tf.lite.OpsSet.SELECT_TF_OPS] if flex else sets
    converter.allow_custom_ops = custom
    with pytest.raises(ExportError, match="MatrixDeterminant"):
        require_builtin_operators(converter.convert())


def test_built_in_operators_pass(embedder_graph: bytes) -> None:
    require_builtin_operators(embedder_graph)
