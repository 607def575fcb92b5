"""Pre-training that is killed again and again ends with the weights of an unbroken run."""

import json
import random
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from bert_tf.data.corpus import Document
from bert_tf.data.token_shard_writer import write_token_shards
from bert_tf.text.tokenizer import BertTokenizer

STEPS = 150


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory, tiny_vocabulary: list[str]) -> Path:
    folder = tmp_path_factory.mktemp("files")
    rng = np.random.default_rng(8)
    words = [w for w in tiny_vocabulary[5:] if not w.startswith("##")]
    documents = [
        Document(sentences=tuple(" ".join(rng.choice(words, 6)) for _ in range(4)))
        for _ in range(120)
    ]
    write_token_shards(documents, BertTokenizer(tiny_vocabulary), folder / "corpus")
    config = {
        "vocabulary_size": len(tiny_vocabulary),
        "hidden_dim": 32,
        "num_layers": 2,
        "num_heads": 2,
        "intermediate_dim": 64,
        "max_sequence_length": 32,
    }
    (folder / "config.json").write_text(json.dumps(config), encoding="utf-8")
    return folder


def start(files: Path, output: Path) -> subprocess.Popen[bytes]:
    options = {
        "config": files / "config.json",
        "output": output,
        "steps": STEPS,
        "rows": 4,
        "length": 32,
        "evaluations": 3,
        "dev-share": 0.1,
        "checkpoint-seconds": 0.05,
    }
    flags = [text for name, value in options.items() for text in (f"--{name}", str(value))]
    command = [sys.executable, "-m", "bert_tf", "pretrain", str(files / "corpus"), *flags]
    return subprocess.Popen(
        [*command, "--deterministic"], stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )


def steps_done(output: Path) -> int:
    found = (output / "checkpoints").glob("step_*")
    return max((int(path.name.removeprefix("step_")) for path in found), default=0)


def run_with_kills(files: Path, output: Path, kills: int) -> int:
    """Kill the run so often, each time after some more steps; then let it end."""
    rng = random.Random(3)
    killed = 0
    while True:
        reached = steps_done(output)
        process = start(files, output)
        until = reached + rng.randint(1, STEPS // (kills + 1))
        while killed < kills and process.poll() is None:
            if steps_done(output) >= until:
                time.sleep(rng.random() * 0.05)
                process.kill()
            time.sleep(0.002)
        printed, _ = process.communicate(timeout=600)
        if process.returncode == 0:
            return killed
        assert process.returncode == -9, printed.decode()[-2000:]
        killed += 1


def weights(output: Path) -> list[np.ndarray]:
    from bert_tf.models.model_folder import load_model

    return [np.asarray(variable) for variable in load_model(output / "model").weights]


@pytest.fixture(scope="module")
def unbroken(files: Path) -> list[np.ndarray]:
    assert run_with_kills(files, files / "unbroken", 0) == 0
    return weights(files / "unbroken")


def assert_kills_change_nothing(files: Path, unbroken: list[np.ndarray], kills: int) -> None:
    output = files / f"killed-{kills}"
    assert run_with_kills(files, output, kills) == kills
    found = weights(output)
    assert len(found) == len(unbroken) > 30
    for ours, expected in zip(found, unbroken, strict=True):
        np.testing.assert_array_equal(ours, expected)


def test_three_kills_change_no_bit(files: Path, unbroken: list[np.ndarray]) -> None:
    assert_kills_change_nothing(files, unbroken, 3)


@pytest.mark.soak
def test_twenty_kills_change_no_bit(files: Path, unbroken: list[np.ndarray]) -> None:
    assert_kills_change_nothing(files, unbroken, 20)
