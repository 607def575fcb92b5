"""XLA's flags: no part of a program that two threads must not run at once."""

import os
import subprocess
import sys

import pytest
import tensorflow as tf

from bert_tf.layers.compiled import compiled, without_ynn_fusions

FLAG = "--xla_cpu_experimental_ynn_fusion_type"


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("", f"{FLAG}="),
        ("--xla_dump_to=here", f"--xla_dump_to=here {FLAG}="),
        (f"{FLAG}=individual_dot", f"{FLAG}=individual_dot"),
    ],
)
def test_what_the_user_says_stays(given: str, expected: str) -> None:
    assert without_ynn_fusions(given) == expected


def test_softmax_has_no_fusion_that_is_built_while_it_runs() -> None:
    softmax = compiled(lambda scores: tf.nn.softmax(scores, -1))
    program = softmax.experimental_get_compiler_ir(tf.ones([20, 12, 16, 16]))(stage="optimized_hlo")
    assert "fusion" in program
    assert "ynn" not in program


def test_a_softmax_of_tensorflow_alone_has_one() -> None:
    """Where this fails, TensorFlow has changed, and the flag may no longer be needed."""
    code = (
        "import tensorflow as tf\n"
        "f = tf.function(lambda scores: tf.nn.softmax(scores, -1), jit_compile=True)\n"
        "ir = f.experimental_get_compiler_ir(tf.ones([20, 12, 16, 16]))(stage='optimized_hlo')\n"
        "print('ynn' in ir)"
    )
    plain = {name: value for name, value in os.environ.items() if name != "XLA_FLAGS"}
    outcome = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env=plain
    )
    assert outcome.stdout == "True\n", outcome.stderr[-2000:]
