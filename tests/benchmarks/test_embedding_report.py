"""Figures to verdicts."""

import pytest

from benchmarks.embedding_peer import ONNX_RUNTIME, OPENVINO, OURS, SENTENCE_TRANSFORMERS
from benchmarks.embedding_report import goals_of, missed_goals, print_report
from benchmarks.goal import Goal

NEAR = {"cosine_mean": 0.999, "cosine_min": 0.99, "setting": "a", "text_setting": "b"}
STEADY = {"own_length_bit_equal": 1.0, "padding_max": 1e-4, "padding_share_1e-6": 0.9}


def bulk(engine: str, ids: float, texts: float) -> dict:
    return {"engine": engine, "id_rates": [ids, ids], "text_rates": [texts, texts], **NEAR}


def single(engine: str, ids: float, texts: float) -> dict:
    times = {"id_medians": [ids, ids], "text_medians": [texts, texts]}
    return {"engine": engine, "threads": 1, "text_p99": 3 * texts, **times}


@pytest.fixture
def report() -> dict:
    short = [
        bulk(OURS, 900, 800),
        bulk(ONNX_RUNTIME, 600, 500),
        bulk(SENTENCE_TRANSFORMERS, 450, 400),
        bulk(OPENVINO, 900, 600),
    ]
    return {
        "machine": "a machine",
        "versions": {"openvino": "1"},
        "partitions": 1,
        "loads": {"short texts": {"texts": 2, "tokens": 12.0}},
        "bulk": {"short texts": short},
        "singles": [single(OURS, 1.5, 1.7), single(ONNX_RUNTIME, 2.0, 2.0)],
        "steadiness": {OURS: STEADY},
    }


def test_each_goal_has_its_figure_or_none(report: dict) -> None:
    figures = {goal.question: value for goal, value in goals_of(report)}
    assert figures == {
        "short texts, texts given: rate beside sentence-transformers ONNX int8": 2.0,
        "short texts, ids given: rate beside ONNX Runtime int8": 1.5,
        "short texts, ids given: rate beside OpenVINO int8": 1.0,
        "short texts, texts given: rate beside OpenVINO int8": pytest.approx(4 / 3),
        "short texts, ids given: rate beside OpenVINO int8, bfloat16": None,
        "short texts, texts given: rate beside OpenVINO int8, bfloat16": None,
        "short texts, ids given: rate beside keras-hub (LiteRT int8)": None,
        "short texts, texts given: rate beside keras-hub (LiteRT int8)": None,
        "128 tokens, ids given: rate beside ONNX Runtime int8": None,
        "128 tokens, texts given: rate beside ONNX Runtime int8": None,
        "256 tokens, ids given: rate beside ONNX Runtime int8": None,
        "256 tokens, texts given: rate beside ONNX Runtime int8": None,
        "one text, ids given: time beside ONNX Runtime int8": 0.75,
        "one text, texts given: time beside ONNX Runtime int8": pytest.approx(0.85),
    }


def test_what_is_missed_is_said_plainly(report: dict, capsys: pytest.CaptureFixture[str]) -> None:
    missed = [
        "short texts, ids given: rate beside OpenVINO int8: 1.000 x (goal >= 1.1 x: MISSED)",
        "one text, texts given: time beside ONNX Runtime int8: 0.850 x (goal <= 0.8 x: MISSED)",
    ]
    assert missed_goals(report) == missed
    print_report(report)
    shown = capsys.readouterr().out
    assert all(line in shown for line in missed)
    assert "keras-hub (LiteRT int8): NOT MEASURED (goal >= 1.25 x)" in shown
    assert "sentence-transformers ONNX int8: 2.000 x (goal >= 2 x: reached)" in shown
    assert "0.99900 / 0.99000" in shown
    assert "5.10" in shown  # p99


def test_a_goal_keeps_its_bound_itself() -> None:
    assert Goal(question="q", bound=2.0).reached(2.0) is True
    assert Goal(question="q", bound=0.8, smaller=True).reached(0.81) is False
    assert Goal(question="q", bound=0.8).reached(None) is None
