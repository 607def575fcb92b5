"""Killed at any moment, `--resume` ends with the bytes of a run that was never stopped."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from export.runtime import bulk_chunks
from export.runtime.bulk import classify_lines, embed_lines
from export.runtime.bundle import read_bundle, seal_bundle
from export.runtime.engine import Engine
from export.runtime.input_identity import ConsumedHash, InputIdentity
from export.runtime.resumable_output import Done, Job, resumable_output, write_state
from export.runtime.text_lines import CHUNK_LINES

ROOT = Path(__file__).parents[3]
COMMAND = [sys.executable, "-m", "export.runtime"]
WORDS = ["good", "bad", "fair", "film", "the", "a", "not", "very", "plot", "cast", "and", "but"]
MAX_RESIDENT_BYTES = 500_000_000


def write_texts(path: Path, count: int) -> None:
    """Distinct short texts of words that the small bundles know."""
    with path.open("w", encoding="ascii") as stream:
        for number in range(count):
            rest, words = number, []
            for _ in range(6):
                rest, word = divmod(rest, len(WORDS))
                words.append(WORDS[word])
            stream.write(" ".join(words) + "\n")


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


class Stopped(BaseException):
    """A stop in the middle, as Ctrl-C is."""


@pytest.fixture
def texts(tmp_path) -> Path:
    path = tmp_path / "in.txt"
    write_texts(path, 3 * CHUNK_LINES + 100)
    path.write_bytes(path.read_bytes() + b"good " * 30 + b"\nlast, without an end")
    return path


@pytest.fixture
def stop_after(monkeypatch):
    """Stop a run when so many chunks are whole."""

    def arm(chunks: int) -> None:
        left = iter([None] * (chunks - 1))

        def check() -> None:
            if next(left, Stopped) is Stopped:
                raise Stopped

        monkeypatch.setattr(bulk_chunks, "raise_if_requested", check)

    yield arm


@pytest.mark.parametrize("name", ["out.npy", "out.jsonl"])
def test_a_stopped_run_goes_on_to_the_same_bytes(embedder_path, texts, stop_after, name, capsys):
    folder = texts.parent
    form = "npy" if name.endswith("npy") else "jsonl"
    with Engine.open(embedder_path) as engine:
        whole, target = folder / f"whole-{name}", folder / name
        note = embed_lines(engine, str(texts), str(whole), form=form)
        for chunks in (1, 1, 2):
            stop_after(chunks)
            with pytest.raises(Stopped):
                embed_lines(engine, str(texts), str(target), form=form, resume=True)
            assert not target.exists()
        errors = capsys.readouterr().err.splitlines()
        counts = [int(line.split(" keeps ")[1].split()[0].replace(",", "")) for line in errors]
        assert counts == sorted(set(counts))  # each run got further
        with (folder / f"{name}.part").open("ab") as stream:
            stream.write(b"of a chunk that was not whole")
        stop_after(1000)
        assert embed_lines(engine, str(texts), str(target), form=form, resume=True) == note
    assert note.startswith(f"1 of {3 * CHUNK_LINES + 102:,} texts were longer")
    assert target.read_bytes() == whole.read_bytes()
    assert names(folder) == sorted(["in.txt", name, whole.name])


def test_verdicts_too(classifier_path, texts, stop_after):
    with Engine.open(classifier_path) as engine:
        whole, target = texts.with_name("whole.jsonl"), texts.with_name("out.jsonl")
        classify_lines(engine, str(texts), str(whole))
        stop_after(2)
        with pytest.raises(Stopped):
            classify_lines(engine, str(texts), str(target), resume=True)
        stop_after(1000)
        classify_lines(engine, str(texts), str(target), resume=True)
    assert target.read_bytes() == whole.read_bytes()


def test_nothing_is_mixed(embedder, embedder_path, texts, stop_after, tmp_path):
    target, state = texts.with_name("out.npy"), texts.with_name("out.npy.part.json")
    other = tmp_path / "other.tflite"
    metadata = json.loads(embedder.files["bundle.json"])
    changed = json.dumps({**metadata, "name": "other"}).encode()
    other.write_bytes(seal_bundle(embedder.graph, {**embedder.files, "bundle.json": changed}))
    copy = tmp_path / "copy.txt"
    copy.write_bytes(texts.read_bytes())
    with Engine.open(embedder_path) as engine, Engine.open(other) as second:

        def run(which=engine, source=texts, form="npy", **options):
            embed_lines(which, str(source), str(target), form=form, resume=True, **options)

        stop_after(1)
        with pytest.raises(Stopped):
            run()
        kept = texts.with_name("out.npy.part").read_bytes(), state.read_bytes()
        content = texts.read_bytes()
        for options, message in [
            ({"which": second}, "other bundles: bundle '"),
            ({"source": copy}, "other input: .*copy.txt"),
            ({"form": "jsonl"}, "other options: format 'npy', now 'jsonl'"),
            ({"errors": "replace"}, "other options: errors 'strict', now 'replace'"),
            ({"long_texts": "windows"}, "other options: long_texts 'truncate', now 'windows'"),
        ]:
            with pytest.raises(ValueError, match=f"Cannot go on with .*{message}"):
                run(**options)
        times = texts.stat()
        texts.write_bytes(content + b"\nmore")
        with pytest.raises(ValueError, match=r"other input: .*size"):
            run()
        texts.write_bytes(b"B" + content[1:])
        os.utime(texts, ns=(times.st_atime_ns, times.st_mtime_ns))
        with pytest.raises(ValueError, match="the beginning of the input was changed since"):
            run()
        texts.write_bytes(content)
        with pytest.raises(ValueError, match="other input: modified_ns"):
            run()
        assert kept == (texts.with_name("out.npy.part").read_bytes(), state.read_bytes())


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (lambda part, state: state.unlink(), "in the way, and without out.part.json"),
        (lambda part, state: state.write_bytes(b"{"), "out.part.json is damaged"),
        (lambda part, state: state.write_bytes(b"[" * 100_000), "is damaged"),
        (lambda part, state: state.write_text('{"version": 2}'), "is damaged"),
        (lambda part, state: part.write_bytes(b"short"), "more than there is"),
        (
            lambda part, state: state.write_text(state.read_text().replace(": 9", ": -9")),
            "more than there is",
        ),
        (
            lambda part, state: state.write_text(state.read_text().replace(": 18", ": 18.0")),
            "another type",
        ),
        (
            lambda part, state: state.write_text(
                state.read_text().replace('"memory": {}', '"memory": 5')
            ),
            "another type",
        ),
    ],
)
def test_damaged_remains_are_refused(tmp_path, spoil, message):
    (tmp_path / "in").write_bytes(b"a\n" * 10)
    job = a_job(tmp_path / "in")
    with pytest.raises(Stopped), resumable_output(tmp_path / "out", job) as partial:
        partial.stream.write(b"123456789")
        partial.commit(texts=9, truncated=0, input_bytes=18)
        raise Stopped
    spoil(tmp_path / "out.part", tmp_path / "out.part.json")
    with pytest.raises(ValueError, match=message), resumable_output(tmp_path / "out", job):
        raise AssertionError("the block must not run")


def a_job(source: Path) -> Job:
    return Job(
        command="test", bundles={}, options={}, versions={}, input=InputIdentity.of(str(source))
    )


def test_a_second_run_beside_the_first_is_refused(tmp_path):
    (tmp_path / "in").write_bytes(b"a\n")
    job = a_job(tmp_path / "in")
    with resumable_output(tmp_path / "out", job) as first:
        first.stream.write(b"1")
        with (
            pytest.raises(ValueError, match="being written by another process"),
            resumable_output(tmp_path / "out", job),
        ):
            raise AssertionError("the block must not run")
    assert (tmp_path / "out").read_bytes() == b"1"


def test_what_was_killed_before_anything_was_whole_is_in_nobodys_way(tmp_path):
    for name in ("in", "other"):
        (tmp_path / name).write_bytes(b"a\n")
    left = tmp_path / "out.part"
    write_state(tmp_path / "out.part.json", a_job(tmp_path / "in"), Done())
    left.write_bytes(b"half a chunk")
    with resumable_output(tmp_path / "out", a_job(tmp_path / "other")) as partial:
        partial.stream.write(b"1")
    assert (tmp_path / "out").read_bytes() == b"1" and not left.exists()


def test_vectors_that_the_state_does_not_count_are_refused(embedder_path, texts, stop_after):
    target = texts.with_name("out.npy")
    with Engine.open(embedder_path) as engine:
        stop_after(1)
        with pytest.raises(Stopped):
            embed_lines(engine, str(texts), str(target), resume=True)
        state = target.with_name("out.npy.part.json")
        state.write_text(state.read_text().replace(f'"texts": {CHUNK_LINES}', '"texts": 3'))
        with pytest.raises(ValueError, match="does not hold 3 vectors"):
            embed_lines(engine, str(texts), str(target), resume=True)
    assert not target.exists()


@pytest.mark.parametrize("output", ["in.txt", "link", "in"])
def test_the_input_is_never_written_over(tmp_path, embedder_path, output):
    source = tmp_path / ("in.part.json" if output == "in" else "in.txt")
    source.write_bytes(b"good\n")
    if output == "link":
        (tmp_path / "link").symlink_to(source)
    with Engine.open(embedder_path) as engine:
        for resume in (False, True):
            with pytest.raises(ValueError, match="would destroy the input"):
                embed_lines(engine, str(source), str(tmp_path / output), resume=resume)
    assert source.read_bytes() == b"good\n"


def test_a_run_that_did_nothing_leaves_nothing(tmp_path, embedder_path):
    source = tmp_path / "in.txt"
    source.write_bytes(b"bad \xff")
    with Engine.open(embedder_path) as engine, pytest.raises(ValueError, match="line 1"):
        embed_lines(engine, str(source), str(tmp_path / "out.npy"), resume=True)
    assert names(tmp_path) == ["in.txt"]


def test_lines_are_named_from_the_beginning_after_a_stop_too(tmp_path, embedder_path, stop_after):
    source, target = tmp_path / "in.txt", str(tmp_path / "out.npy")
    write_texts(source, CHUNK_LINES + 5)
    size = source.stat().st_size
    source.write_bytes(source.read_bytes() + b"bad \xff\n")
    with Engine.open(embedder_path) as engine:
        for _ in range(2):  # the second goes on behind the first chunk
            with pytest.raises(
                ValueError, match=rf"line {CHUNK_LINES + 6}, byte offset {size + 4} "
            ):
                embed_lines(engine, str(source), target, resume=True)
    assert "out.npy.part" in names(tmp_path)


def test_the_hash_of_a_growing_beginning(tmp_path):
    path = tmp_path / "in"
    path.write_bytes(bytes(range(256)) * 9000)
    growing = ConsumedHash(path)
    for end in (0, 10, 10, 1 << 20, 2_000_000, 9_000_000):
        assert growing.at(end) == ConsumedHash(path).at(end)
    assert len({ConsumedHash(path).at(end) for end in (0, 10, 2_000_000)}) == 3


# In processes of their own


def committed(state: Path) -> int:
    """Texts that are whole, as the state says."""
    try:
        return json.loads(state.read_bytes())["done"]["texts"]
    except FileNotFoundError:
        return 0


def kill_and_go_on(bundle: Path, source: Path, target: Path, *, kills: int, seed: int) -> int:
    """Kill a run at random moments, finish it, and give the largest resident memory."""
    chance, peak = random.Random(seed), 0
    row_bytes = 4 * read_bundle(bundle).metadata.output.dim
    part, state = (target.with_name(target.name + end) for end in (".part", ".part.json"))
    command = [*COMMAND, "embed", "--resume", "--bundle", str(bundle)]
    command += ["--input", str(source), "--output", str(target)]
    killed = 0
    while True:
        before = committed(state)
        enough = before + chance.randint(0, 1) * CHUNK_LINES + 1
        process = psutil.Popen(command, cwd=ROOT, stderr=subprocess.PIPE)
        with process:
            while process.poll() is None:
                peak = max(peak, process.memory_info().rss)
                if killed < kills and committed(state) >= enough:
                    time.sleep(chance.random() * 0.05)
                    process.send_signal(signal.SIGKILL)
                    killed += 1
                    break
                time.sleep(0.005)
            errors = process.stderr.read().decode()
        if process.returncode == 0:
            assert killed == kills
            return peak
        assert process.returncode == -signal.SIGKILL, errors
        assert not target.exists()
        assert committed(state) > before
        assert part.stat().st_size > 0
        if target.suffix == ".npy":  # what was computed and not yet whole is at most one chunk
            rows = (part.stat().st_size - 128) // row_bytes
            assert 0 <= rows - committed(state) <= CHUNK_LINES


@pytest.mark.skipif(os.name == "nt", reason="signals are POSIX")
@pytest.mark.parametrize("name", ["out.npy", "out.jsonl"])
def test_killed_three_times(embedder_path, tmp_path, name):
    source, whole, target = tmp_path / "in.txt", tmp_path / f"whole-{name}", tmp_path / name
    write_texts(source, 100_000)
    peak = kill_and_go_on(embedder_path, source, target, kills=3, seed=1)
    with Engine.open(embedder_path) as engine:
        embed_lines(engine, str(source), str(whole), form=name.split(".")[1])
    assert target.read_bytes() == whole.read_bytes()
    assert names(tmp_path) == sorted(["in.txt", name, whole.name])
    assert peak <= MAX_RESIDENT_BYTES


@pytest.mark.soak
def test_a_million_texts_killed_twenty_times(real_bundles, tmp_path):
    source, whole, target = (tmp_path / name for name in ("in.txt", "whole.npy", "out.npy"))
    write_texts(source, 1_000_000)
    bundle = real_bundles / "real-embedder.tflite"
    with Engine.open(bundle) as engine:
        embed_lines(engine, str(source), str(whole))
    peak = kill_and_go_on(bundle, source, target, kills=20, seed=2)
    assert target.read_bytes() == whole.read_bytes()
    assert names(tmp_path) == ["in.txt", "out.npy", "whole.npy"]
    print(f"peak resident memory {peak / 1e6:.0f} MB")
    assert peak <= MAX_RESIDENT_BYTES
