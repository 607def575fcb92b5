import subprocess
import sys


def run(code: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)


def test_the_start_says_nothing_and_standard_error_works_afterwards() -> None:
    outcome = run(
        "from bert_tf.tensorflow_start import start_tensorflow; import sys;"
        "start_tensorflow(); start_tensorflow();"
        "import tensorflow as tf; assert tf.constant(1) == 1; print('after', file=sys.stderr)"
    )
    assert outcome.returncode == 0, outcome.stderr
    assert outcome.stderr == "after\n"


def test_without_tensorflow_the_remedy_is_named() -> None:
    outcome = run(
        "import sys; sys.modules['tensorflow'] = None\n"
        "sys.argv = ['bert-tf', 'encode', '.', '--input', 'a.txt', '--output', 'a.npy']\n"
        "from bert_tf.cli import main; main()"
    )
    assert outcome.returncode == 2
    assert "pip install 'bert_tf[export]'" in outcome.stderr
    assert "Traceback" not in outcome.stderr
