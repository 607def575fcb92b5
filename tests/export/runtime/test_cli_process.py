"""`bert-edge` as a process: signals, closed streams and terminals, pipes, what it imports."""

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
COMMAND = [sys.executable, "-m", "export.runtime"]


def names(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir())


def rows(content: bytes) -> list[dict]:
    return [json.loads(line) for line in content.splitlines()]


def test_ctrl_c_leaves_no_file_and_exits_130(classifier_path, tmp_path):
    source, target = tmp_path / "in.txt", tmp_path / "out.jsonl"
    with source.open("w") as stream:
        stream.writelines(f"good film {number} " + "the plot\n" for number in range(400_000))
    arguments = ["classify", "--bundle", classifier_path, "--input", source, "--output", target]
    process = subprocess.Popen(
        [*COMMAND, *arguments],
        cwd=ROOT,
        stderr=subprocess.PIPE,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # a shell may ignore it
    )
    with process:
        deadline = time.monotonic() + 30
        while not any(p.stat().st_size for p in tmp_path.glob(".out.jsonl.*.part")):
            assert time.monotonic() < deadline
            assert process.poll() is None
            time.sleep(0.01)
        process.send_signal(signal.SIGINT)
        errors = process.stderr.read().decode()
        assert process.wait(10) == 130
    assert errors.strip().splitlines()[-1].startswith("bert-edge: Stopped.")
    assert "Traceback" not in errors
    assert names(tmp_path) == ["in.txt"]


@pytest.mark.parametrize(
    ("number", "deaf", "code"),
    [
        (signal.SIGHUP, False, 129),
        (signal.SIGTERM, False, 143),
        (signal.SIGHUP, True, 0),  # as under `nohup`
    ],
)
def test_a_closed_terminal_leaves_no_file(classifier_path, tmp_path, number, deaf, code):
    target = tmp_path / "out.jsonl"
    process = subprocess.Popen(
        [*COMMAND, "classify", "--bundle", classifier_path, "--output", target],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
        preexec_fn=lambda: signal.signal(number, signal.SIG_IGN if deaf else signal.SIG_DFL),
    )
    with process:
        process.stdin.write(b"good film\n")
        process.stdin.flush()
        deadline = time.monotonic() + 30
        while not any(p.stat().st_size for p in tmp_path.glob(".out.jsonl.*.part")):
            assert time.monotonic() < deadline
            assert process.poll() is None
            time.sleep(0.01)
        process.send_signal(number)
        if deaf:
            process.stdin.close()
        assert process.wait(10) == code
        assert b"Traceback" not in process.stderr.read()
    assert names(tmp_path) == (["out.jsonl"] if deaf else [])


STARTING = """
import builtins, os, signal, sys, time
from export.runtime import cli

real = builtins.__import__

def interrupted(name, *arguments, **named):
    if name == {module!r}:
        builtins.__import__ = real
        os.kill(os.getpid(), signal.SIGINT)
        time.sleep(5)
    return real(name, *arguments, **named)

assert {module!r} not in sys.modules
builtins.__import__ = interrupted
sys.argv = ["bert-edge", "list"]
cli.main()
"""


@pytest.mark.parametrize("module", ["typer", "export.runtime.commands.judge"])
def test_ctrl_c_is_heard_while_the_program_is_being_loaded(module):
    done = subprocess.run(
        [sys.executable, "-c", STARTING.format(module=module)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    assert (done.returncode, done.stdout) == (130, "")
    assert done.stderr == "bert-edge: Stopped.\n"


def run_with_closed(closed: str, *arguments: object) -> subprocess.CompletedProcess[str]:
    """Run a command under a shell that closes streams, as `<&- 2>&-`."""
    line = f'printf "good film\\n" | "$@" {closed}'
    command = ["sh", "-c", line, "sh", *COMMAND, *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    ("verb", "closed", "message"),
    [
        ("classify", "<&-", "Standard input is closed: open it, or name a file with --input."),
        ("classify", ">&-", "Standard output is closed: open it, or name a file with --output."),
        ("list", ">&-", "Standard output is closed: open it, or name a file with --output."),
        ("--help", ">&-", "Standard output is closed: open it, or name a file with --output."),
    ],
)
def test_a_closed_stream_that_is_needed_is_told(classifier_path, verb, closed, message):
    arguments = ["--bundle", classifier_path] if verb == "classify" else []
    done = run_with_closed(closed, verb, *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"bert-edge: {message}\n"


def test_without_standard_error_the_work_is_done_in_silence(classifier_path):
    done = run_with_closed("2>&-", "classify", "--bundle", classifier_path)
    assert (done.returncode, rows(done.stdout.encode())[0]["tokens"]) == (0, 2)
    done = run_with_closed("2>&-", "inspect", "nobody")
    assert (done.returncode, done.stdout, done.stderr) == (2, "", "")


@pytest.mark.parametrize("verb", ["classify", "embed"])
def test_closed_streams_that_are_not_needed_do_no_harm(
    classifier_path, embedder_path, tmp_path, verb
):
    source, target = tmp_path / "in.txt", tmp_path / "out.npy"
    source.write_text("good film\n")
    bundle = classifier_path if verb == "classify" else embedder_path
    arguments = (verb, "--bundle", bundle, "--input", source, "--output", target)
    assert run_with_closed("", *arguments).returncode == 0
    expected = target.read_bytes()
    target.unlink()
    done = run_with_closed("<&- >&- 2>&-", *arguments)
    assert (done.returncode, target.read_bytes()) == (0, expected)


def test_a_pipe_is_answered_as_lines_arrive_and_may_be_closed_early(classifier_path):
    process = subprocess.Popen(
        [*COMMAND, "classify", "--bundle", str(classifier_path)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    with process:
        process.stdin.write(b"good\n")
        process.stdin.flush()
        assert json.loads(process.stdout.readline())["index"] == 0  # before the input ends
        process.stdout.close()
        process.stdin.write(b"bad\n" * 10)
        process.stdin.close()
        errors = process.stderr.read()
        assert process.wait(10) == 1
    assert b"Traceback" not in errors


def test_nothing_of_the_command_line_needs_tensorflow(classifier_path):
    code = (
        "import sys; sys.modules.update(tensorflow=None, keras=None, h5py=None)\n"
        "from export.runtime.cli import main\n"
        f"sys.argv = ['bert-edge', 'classify', '--bundle', {str(classifier_path)!r}]\n"
        "main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, input=b"good", capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert rows(done.stdout)[0]["tokens"] == 1
    assert done.stderr == b""


# Explanations, similarity and long texts
