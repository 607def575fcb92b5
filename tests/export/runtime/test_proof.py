"""A file from elsewhere is tried in a process of its own, once; who asks never dies of it."""

import json
import os
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest
from bundle_mutations import mutate

from export.runtime import catalogue, proof
from export.runtime.catalogue import find_bundle
from export.runtime.engine import Engine
from export.runtime.errors import BundleError, WorkerError
from export.runtime.proof import prove

ROOT = Path(__file__).parents[3]
VERBS = {
    "classify": ["--bundle"],
    "explain": ["--bundle"],
    "embed": ["--bundle"],
    "similarity": ["--query", "good", "--bundle"],
    "bench": ["--seconds", "0"],
}


def dying(deed: str = "os.kill(os.getpid(), signal.SIGKILL)") -> list[str]:
    """A command whose process does this when it is to open a bundle."""
    code = (
        "import os, signal, sys, time; from export.runtime import worker_process as w\n"
        f"def open(*a, real=w.Engine.open, **k): {deed}\n"
        "w.Engine.open = open; w.main(sys.argv[1:])"
    )
    return [sys.executable, "-c", code]


@pytest.fixture(autouse=True)
def cache(tmp_path, monkeypatch) -> Path:
    """The file that remembers; nothing is proven yet."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache" / "bert-edge" / "proven.json"


def test_a_good_file_is_tried_once(classifier_path, cache):
    bundle = prove(classifier_path)
    assert list(json.loads(cache.read_bytes())) == [bundle.sha256]
    with Engine(prove(classifier_path, command=dying())) as engine:  # not started again
        assert engine.classify(["good film"])[0].label


def test_another_processor_tries_it_again(classifier_path, monkeypatch):
    prove(classifier_path)
    monkeypatch.setattr(proof, "processor_name", lambda: "another")
    with pytest.raises(BundleError, match="ends or stalls the process that tries it"):
        prove(classifier_path, command=dying())


@pytest.mark.parametrize("content", [b"", b"{", b"[" * 100_000, b'{"a": 5}'])
def test_a_damaged_cache_is_no_error(classifier_path, cache, content):
    cache.parent.mkdir(parents=True)
    cache.write_bytes(content)
    prove(classifier_path)
    prove(classifier_path, command=dying())


def test_where_nothing_can_be_remembered_it_is_tried_each_time(classifier_path, tmp_path):
    (tmp_path / "cache").write_bytes(b"no folder can be here")
    for _ in range(2):
        prove(classifier_path)
    with pytest.raises(BundleError, match="ends or stalls"):
        prove(classifier_path, command=dying())


def test_shipped_bundles_are_not_tried(classifier, tmp_path, monkeypatch, cache):
    shipped = tmp_path / "shipped"
    shipped.mkdir()
    (shipped / "mood.tflite").write_bytes(classifier.seal())
    monkeypatch.setattr(catalogue, "SHIPPED", shipped)
    for name in ("mood", shipped / "mood.tflite", shipped / ".." / "shipped" / "mood.tflite"):
        assert prove(name, command=dying()).metadata.name == "tiny-classification"
    (shipped / "link.tflite").symlink_to(tmp_path / "from_elsewhere.tflite")
    (tmp_path / "from_elsewhere.tflite").write_bytes(classifier.seal())
    with pytest.raises(BundleError, match="ends or stalls"):
        prove("link", command=dying())
    assert not cache.exists()


@pytest.mark.skipif(os.name == "nt", reason="signals are POSIX")
def test_a_file_that_kills_is_refused_and_not_remembered(classifier_path, cache):
    message = f"{classifier_path} ends or stalls .*get it again.*killed by SIGKILL"
    with pytest.raises(BundleError, match=message):
        prove(classifier_path, command=dying())
    assert not cache.exists()
    prove(classifier_path)


def test_a_file_that_hangs_is_refused(classifier_path, monkeypatch):
    monkeypatch.setattr("export.runtime.worker.WATCHDOG_SECONDS", 1.0)
    with pytest.raises(BundleError, match=r"ends or stalls .*no sign of life for 1\.0"):
        prove(classifier_path, command=dying("time.sleep(600)"))


def test_golden_examples_that_do_not_hold_are_a_refusal(classifier, tmp_path, cache):
    golden = json.loads(classifier.files["golden.json"])
    golden["examples"][0]["output"] = [1.0, 0.0, 0.0]
    path = tmp_path / "other.tflite"
    path.write_bytes(classifier.seal(golden=json.dumps(golden).encode()))
    with pytest.raises(BundleError, match=r"other\.tflite does not give the answers .*differs by"):
        prove(path)
    assert not cache.exists()


def test_a_file_that_is_changed_meanwhile_is_refused(classifier_path, embedder_path, cache):
    with pytest.raises(BundleError, match="was changed while it was tried"):
        prove(classifier_path, command=dying(f"return real({str(embedder_path)!r}, **k)"))
    assert not cache.exists()


def test_no_process_to_try_it_is_no_fault_of_the_file(classifier_path):
    with pytest.raises(WorkerError, match="could not be started"):
        prove(classifier_path, command=["/no/such/program"])


# On the command line


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_outlives_a_file_that_kills(edge, classifier_path, monkeypatch, verb):
    monkeypatch.setattr(proof, "prove", partial(prove, command=dying()))
    code, output, errors = edge(verb, *VERBS[verb], classifier_path, stdin=b"good\n")
    assert (code, output) == (2, b"")
    assert errors.startswith(f"bert-edge: {classifier_path} ends or stalls the process")
    assert len(errors.splitlines()) == 1


def test_a_second_run_does_not_try_again(edge, classifier_path, monkeypatch):
    arguments = ("classify", "--bundle", classifier_path)
    first = edge(*arguments, stdin=b"good film\n")
    assert (first[0], first[2]) == (0, "")
    monkeypatch.setattr(proof, "prove", partial(prove, command=dying()))
    assert edge(*arguments, stdin=b"good film\n") == first


def test_a_forged_file_does_not_kill_the_command(tmp_path):
    """Hashes, metadata and vocabulary are right; LiteRT 2.3 dies of the first network."""
    original = find_bundle("sentiment-zh").read_bytes()
    for seed in (2547, 1, 3):  # sealed; of another bundle or runtime some may pass
        path = tmp_path / f"{seed}.tflite"
        path.write_bytes(mutate(original, seed).content)
        done = subprocess.run(
            [sys.executable, "-m", "export.runtime", "classify", "--bundle", str(path)],
            cwd=ROOT,
            input=b"good\n",
            capture_output=True,
            check=False,
        )
        errors = done.stderr.decode()
        assert done.returncode in (0, 2), f"seed {seed}: {done.returncode}, {errors}"
        if done.returncode == 2:
            assert done.stdout == b"" and errors.startswith("bert-edge: ")
            assert len(errors.splitlines()) == 1


def test_a_path_is_not_taken_for_a_shipped_name(classifier_path, tmp_path, monkeypatch, cache):
    """`./sentiment-en` is a file here, whatever is shipped under that name."""
    shipped = tmp_path / "shipped"
    shipped.mkdir()
    (shipped / "mine.tflite").write_bytes(b"another file")
    monkeypatch.setattr("export.runtime.catalogue.SHIPPED", shipped)
    here = tmp_path / "here"
    here.mkdir()
    (here / "mine").write_bytes(classifier_path.read_bytes())
    monkeypatch.chdir(here)
    assert prove("./mine").content == classifier_path.read_bytes()
