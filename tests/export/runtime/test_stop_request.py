import signal
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]
DROPPED = """
import os, signal, sys
from export.runtime import stop_request
from export.runtime.bulk import classify_lines
from export.runtime.engine import Engine

class Freed:
    def __del__(self):
        os.kill(os.getpid(), signal.SIGINT)
        for _ in range(1000):
            pass  # Python hears the signal here, and drops the exception

class Interrupted:
    def __init__(self, engine):
        self.engine, self.metadata, self.require = engine, engine.metadata, engine.require

    def classify(self, texts, **options):
        Freed()
        return self.engine.classify(texts, **options)

stop_request.listen()
with Engine.open(sys.argv[1]) as engine:
    try:
        classify_lines(Interrupted(engine), sys.argv[2], sys.argv[3])
    except KeyboardInterrupt:
        print("stopped")
"""


def run(code: str, *arguments: object, **options) -> subprocess.CompletedProcess:
    command = [sys.executable, "-c", code, *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, **options)


def test_a_dropped_ctrl_c_is_heard_before_the_file_gets_its_name(classifier_path, tmp_path):
    (tmp_path / "in.txt").write_text("good film\nbad film\n")
    hearing = lambda: signal.signal(signal.SIGINT, signal.SIG_DFL)  # noqa: E731  a shell may ignore it
    arguments = classifier_path, tmp_path / "in.txt", tmp_path / "out.jsonl"
    done = run(DROPPED, *arguments, preexec_fn=hearing)
    assert "Exception ignored in" in done.stderr and "KeyboardInterrupt" in done.stderr
    assert done.stdout == "stopped\n"
    assert [path.name for path in tmp_path.iterdir()] == ["in.txt"]


def test_ctrl_c_stays_ignored_where_the_shell_ignores_it():
    code = (
        "import os, signal; from export.runtime import stop_request as stop; stop.listen()\n"
        "os.kill(os.getpid(), signal.SIGINT); stop.raise_if_requested(); print('went on')"
    )
    ignoring = lambda: signal.signal(signal.SIGINT, signal.SIG_IGN)  # noqa: E731
    assert run(code, preexec_fn=ignoring).stdout == "went on\n"
