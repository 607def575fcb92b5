"""Watching, killing and comparing, on commands that behave like `bert-edge embed`."""

import sys
from pathlib import Path

import numpy as np
import pytest

from benchmarks.million_texts import (
    command,
    killed_run,
    texts_kept,
    whole_run,
    write_first_lines,
    write_texts,
)
from benchmarks.watched_command import run_watched

# Vectors of `count` texts in two halves: it stops dead behind the first half until it is killed,
# and a second run goes on from there; `step` is what the second half is counted up by.
EMBED = """
import json, sys, time
from pathlib import Path
import numpy as np
target, count, kept, step = Path(sys.argv[1]), *map(int, sys.argv[2:5])
state = target.with_name(target.name + ".part.json")
first = not state.exists()
state.write_text(json.dumps({"done": {"texts": kept}}))
sys.stderr.write(f"\\r\\x1b[2K 50%  {count // 2 + 3:,} texts  900/s  0:01 left")
sys.stderr.write("\\r\\x1b[2K")
sys.stderr.flush()
if first and kept < count:
    time.sleep(60)
vectors = np.arange(count, dtype=np.float32)
vectors[count // 2 :] *= step
np.save(target, vectors[:, None])
state.unlink()
"""


@pytest.fixture
def embed(tmp_path: Path) -> list[str]:
    script = tmp_path / "embed.py"
    script.write_text(EMBED)
    return [sys.executable, str(script)]


def words_of(embed: list[str], target: Path, count: int, kept: int, step: int = 1) -> list[str]:
    return [*embed, str(target), str(count), str(kept), str(step)]


def test_memory_of_children_counts_and_progress_is_read() -> None:
    child = "import sys, time; held = bytearray(60_000_000); time.sleep(.6)"
    parent = (
        "import subprocess, sys\n"
        "sys.stderr.write('\\r\\x1b[2K 10%  1,234 texts  99/s  0:09 left\\r\\x1b[2Kan end\\n')\n"
        f"sys.exit(subprocess.call([sys.executable, '-c', {child!r}]) + 3)\n"
    )
    run = run_watched([sys.executable, "-c", parent])
    assert run.exit_code == 3
    assert not run.killed
    assert run.progress == [" 10%  1,234 texts  99/s  0:09 left"]
    assert run.texts_seen == 1234
    assert run.peak_bytes > 60_000_000
    assert run.seconds > 0.6


def test_a_kill_that_costs_a_batch_at_most(embed: list[str], tmp_path: Path) -> None:
    unbroken, target = tmp_path / "unbroken.npy", tmp_path / "resumed.npy"
    np.save(unbroken, np.arange(50_000, dtype=np.float32)[:, None])
    line, good = killed_run(words_of(embed, target, 40_000, 16_384), target, unbroken, 40_000)
    assert good
    assert line.startswith("killed at 20,003 of 40,000 texts: 16,384 were kept, 3,619 lost")


@pytest.mark.parametrize(("kept", "step"), [(1000, 1), (16_384, 2)])
def test_too_much_lost_or_other_vectors_are_missed(
    embed: list[str], tmp_path: Path, kept: int, step: int
) -> None:
    unbroken, target = tmp_path / "unbroken.npy", tmp_path / "resumed.npy"
    np.save(unbroken, np.arange(40_000, dtype=np.float32)[:, None])
    line, good = killed_run(words_of(embed, target, 40_000, kept, step), target, unbroken, 40_000)
    assert not good
    assert line.endswith("(MISSED)")
    assert ("OTHERS" in line) == (step == 2)


def test_a_whole_run_in_figures(
    embed: list[str], tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "vectors.npy"
    lines, good = whole_run(words_of(embed, target, 2000, 2000), target, 2000)
    assert good
    assert capfd.readouterr().err == "50%  1,003 texts  900/s  0:01 left\n"
    assert lines[0].startswith("2,000 distinct texts in ")
    assert "(goal <= 500 MB: reached)" in lines[1]
    assert "1,003 texts  900/s" in lines[2]
    with pytest.raises(SystemExit, match="1,999 texts went in and 2,000 vectors came out"):
        whole_run(words_of(embed, target, 2000, 2000), target, 1999)


def test_texts_are_distinct_and_the_first_lines_are_the_same(tmp_path: Path) -> None:
    source, fewer = tmp_path / "texts.txt", tmp_path / "fewer.txt"
    write_texts(source, 30_000)
    lines = source.read_text(encoding="utf-8").splitlines()
    assert len(lines) == len(set(lines)) == 30_000
    write_first_lines(source, fewer, 1234)
    assert fewer.read_text(encoding="utf-8").splitlines() == lines[:1234]
    assert texts_kept(tmp_path / "nothing.npy") == 0


def test_the_command_resumes() -> None:
    words = command(Path("a.txt"), Path("b.npy"), bundle="embedding-en", threads=2)
    assert words[1:5] == ["-m", "export.runtime", "embed", "--resume"]
    assert words[-2:] == ["--threads", "2"]
