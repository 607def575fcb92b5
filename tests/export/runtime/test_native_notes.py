import os
import subprocess
import sys
from pathlib import Path

import pytest

from export.runtime.native_notes import native_notes_hidden


def test_what_native_code_says_is_hidden_unless_wanted(capfdbinary):
    for wanted in (False, True):
        with native_notes_hidden(unless=wanted):
            os.write(2, b"inside %d\n" % wanted)
        os.write(2, b"behind\n")
    assert capfdbinary.readouterr().err == b"behind\ninside 1\nbehind\n"


@pytest.mark.skipif(os.name == "nt", reason="descriptors are POSIX")
def test_a_closed_standard_error_is_left_closed():
    code = (
        "import os; from export.runtime.native_notes import native_notes_hidden\n"
        "os.close(2)\n"
        "with native_notes_hidden(): print('inside')\n"
        "try: os.fstat(2)\n"
        "except OSError: print('closed')"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=Path(__file__).parents[3], capture_output=True, check=True
    )
    assert done.stdout.split() == [b"inside", b"closed"]
