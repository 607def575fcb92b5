import signal
import subprocess
import sys
from pathlib import Path

import pytest


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


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_a_crash_of_tensorflow_says_where(tmp_path: Path) -> None:
    (tmp_path / "tensorflow.py").write_text("import faulthandler; faulthandler._sigsegv()")
    outcome = run(
        f"import sys; sys.path.insert(0, {str(tmp_path)!r})\n"
        "sys.argv = ['bert-tf', 'encode', '.', '--input', 'a.txt', '--output', 'a.npy']\n"
        "from bert_tf.cli import main; main()"
    )
    assert outcome.returncode == -signal.SIGSEGV
    assert "Segmentation fault" in outcome.stderr
    assert "in start_tensorflow" in outcome.stderr
