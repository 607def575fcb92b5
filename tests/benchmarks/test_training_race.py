"""What the race refuses, and the processes it starts."""

import dataclasses
import json
from pathlib import Path

import pytest

from benchmarks.training_contest import BATCH, CONTENDERS, OURS
from benchmarks.training_data import CHECK_LENGTH, CHECK_TEXTS, TrainingData, tiny_data, vader_data
from benchmarks.training_job import Job, Pass
from benchmarks.training_process import TrainingProcess, TrainingProcessError
from benchmarks.training_race import EnginesDifferError, check_passes

BY_NAME = {one.name: one for work in CONTENDERS.values() for one in work}


def one_pass(**changes: float) -> Pass:
    usual = {"seconds": 2.0, "steps": 2, "units": 64, "real_tokens": 900, "places": 4096}
    return Pass(**{**usual, "loss": 1.0, **changes})


def test_the_rate_of_a_pass() -> None:
    assert one_pass().rate == 32.0


def test_all_read_the_same() -> None:
    hub, ours = BY_NAME["keras-hub, 64"], BY_NAME["bert_tf, 32 x 64"]
    check_passes({ours: [one_pass()], hub: [one_pass()]}, texts=2 * BATCH)
    with pytest.raises(EnginesDifferError, match=r"keras-hub, 64 has read 899 tokens.* 900"):
        check_passes({ours: [one_pass()], hub: [one_pass(real_tokens=899)]}, texts=2 * BATCH)
    with pytest.raises(EnginesDifferError, match="has computed 4095 places"):
        check_passes({ours: [one_pass(places=4095)]}, texts=2 * BATCH)
    with pytest.raises(EnginesDifferError, match="has read 64 of 96 texts"):
        check_passes({BY_NAME[OURS]: [one_pass()]}, texts=3 * BATCH)


def test_data_come_back_as_they_were_saved(tmp_path: Path) -> None:
    data = tiny_data(tmp_path, texts=6, dev_texts=9)
    data.save(tmp_path / "data.json")
    assert TrainingData.load(tmp_path / "data.json") == data
    assert data.first(2).texts == data.texts[:2]
    assert data.ids == data.tokenizer.token_ids(data.texts)
    assert data.check_batch().token_ids.shape == (CHECK_TEXTS, CHECK_LENGTH)
    with pytest.raises(ValueError, match="equally many"):
        dataclasses.replace(data, labels=[1])


def test_the_class_is_the_one_most_raters_chose(tmp_path: Path) -> None:
    tiny_data(tmp_path, texts=1, dev_texts=1)  # for its vocabulary
    rows = [{"text": f"w{n}", "distribution": [0.2, 0.2, 0.6][n:] + [0.0] * n} for n in range(3)]
    for name in ("train", "dev"):
        (tmp_path / f"{name}.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    data = vader_data(tmp_path, weights=tmp_path, texts=3, dev_texts=2)
    assert dict(zip(data.texts, data.labels, strict=True)) == {"w0": 2, "w1": 1, "w2": 0}
    with pytest.raises(SystemExit, match="holds 3 texts; 4 were asked for"):
        vader_data(tmp_path, weights=tmp_path, texts=4, dev_texts=2)
    with pytest.raises(SystemExit, match="bert-tf prepare vader"):
        vader_data(tmp_path / "none", weights=tmp_path, texts=4, dev_texts=2)


def test_a_process_that_fails_tells_why(tmp_path: Path) -> None:
    job = Job(
        engine="bert_tf",
        work="finetune",
        precision="float32",
        length=64,
        fixed=True,
        rows=BATCH,
        guesses=0,
        xla=False,
        data=str(tmp_path / "none.json"),
        texts=BATCH,
        passes=1,
        start="",
        learning_rate=1e-4,
        seed=1,
    )
    with pytest.raises(
        TrainingProcessError, match=r"bert_tf \(finetune, float32\)[\s\S]*none.json"
    ):
        TrainingProcess(job)
