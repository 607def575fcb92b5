"""Fronts, recommendation and JSON follow from the figures."""

from __future__ import annotations

import dataclasses
import io
import json

import pytest
from rich.console import Console

from export.pareto.disagreement import Disagreement, Disagreements
from export.pareto.measurement import Latency, Speed
from export.pareto.recommendation import Bounds
from export.pareto.report import MeasuredRecipe, ParetoReport
from export.pareto.terminal import render_terminal
from export.recipes import RECIPES


def test_fronts_leave_out_what_is_beaten_or_broken(make_report) -> None:
    report = make_report()
    assert report.size_front == ["int4_table", "int8", "float32"]
    assert report.latency_front == ["int8", "float32"]  # the smaller one is slower and worse
    assert report.recommendation.recipe == "int4_table"


def test_json_says_everything(make_report) -> None:
    report = make_report()
    report.measured[2].measured["valence_correlation"] = float("nan")
    content = json.loads(json.dumps(report.to_dict(), allow_nan=False))
    assert content["measured"][2]["measured"]["valence_correlation"] is None
    assert content["recommendation"]["recipe"] == "int4_table"
    rows = {row["recipe"]: row for row in content["measured"]}
    assert rows["int8"]["on_size_front"] and rows["int8"]["on_latency_front"]
    assert not rows["int4"]["within_tolerance"] and not rows["int4"]["on_size_front"]
    assert [one["tokens"] for one in rows["int8"]["speed"]["latencies"]] == [16, 32, 64, 128]
    assert rows["int8"]["latency_ms"] == 2.0
    assert rows["int8"]["disagreements"]["shown"][0]["label"] == "bad"
    assert content["failed"][0]["reason"] == "no <kernel> for it"
    assert content["bounds"] == {"max_size": 20_000_000, "max_loss": 0.5}
    assert "people gave" in content["metric_meaning"]


def test_the_nearest_length_stands_in_for_a_short_text(make_report) -> None:
    only = Speed(
        latencies=(Latency(tokens=20, threads=1, p50_ms=0.7),),
        texts_per_second=1.0, workers=1, threads=1,
    )  # fmt: skip
    each: MeasuredRecipe = make_report().measured[0]
    assert MeasuredRecipe(**{**vars(each), "speed": only}).latency_ms == 0.7


def test_disagreement_in_short_is_a_count_or_a_cosine(make_report) -> None:
    report = make_report()
    assert [each.disagreement for each in report.measured] == ["30"] * 4
    assert report.disagreement_meaning == "other label"
    vectors = vectors_report(make_report)
    assert [each.disagreement for each in vectors.measured] == ["0.9886"] * 4
    assert vectors.disagreement_meaning == "lowest cosine"


def test_what_breaks_its_tolerance_is_named_and_never_recommended(make_report) -> None:
    report = make_report(bounds=Bounds(max_size=16_000_000))  # nothing else is as small
    assert report.beyond_tolerance == report.to_dict()["beyond_tolerance"] == ["int4"]
    assert report.recommendation.recipe is None
    assert "int4: it breaks its own tolerance" in report.recommendation.why


@pytest.mark.parametrize("width", [80, 220])
def test_the_terminal_shows_figures_failures_and_choice(make_report, width: int) -> None:
    text = shown(make_report(), width)
    for part in ("int4_table", "18.1", "+0.35", "+0.15 to +0.65", "30", "broken", "1.05",
                 "int4 breaks its own tolerance, never recommended: equal_labels is 0.8",
                 "on the front of size and loss: int4_table, int8, float32",
                 "odd: no <kernel> for it", "note: A note",
                 "int4_table is the only recipe that keeps its own"):  # fmt: skip
        assert part in text


def test_80_columns_hold_every_name_and_figure(make_report) -> None:
    """Also those of the longest names and largest figures, and for vectors."""
    for report in (make_report(), vectors_report(make_report)):
        for loss in (0.35, 12.34):
            score = dataclasses.replace(report.measured[0].score, loss=loss, loss_low=loss - 1.11,
                                        loss_high=loss + 1.11)  # fmt: skip
            speed = dataclasses.replace(report.measured[0].speed, texts_per_second=12_345.0)
            rows = tuple(
                dataclasses.replace(each, recipe=name, size=438_000_000, peak_memory=1_234_500_000,
                                    score=score, speed=speed)
                for each, name in zip(report.measured * 2, RECIPES, strict=False)
            )  # fmt: skip
            text = shown(dataclasses.replace(report, measured=rows), 80)
            assert "\u2026" not in text and max(map(len, text.splitlines())) <= 80
            tables = text.partition("on the front")[0].splitlines()
            for name in RECIPES:
                costs, answers = (line.split() for line in tables if line.startswith(f"{name} "))
                assert costs[1:3] == ["438.0", "1234.5"] and costs[-1] == "12,345"
                assert len(costs) == 8  # four latencies
                assert answers[2:4] == [f"{loss:+.2f}", f"{loss - 1.11:+.2f}"]
                assert answers[-2] in ("30", "0.9886") and answers[-1] in ("kept", "broken")


def vectors_report(make_report) -> ParetoReport:
    """The same recipes of a model that gives vectors."""
    shown = (Disagreement(index=1, text="a", cosine=0.98859),)
    rows = tuple(
        dataclasses.replace(
            each,
            score=dataclasses.replace(each.score, metric="cosine"),
            measured={"cosine_min": 0.98859},
            disagreements=Disagreements(count=None, shown=shown),
        )
        for each in make_report().measured
    )
    return make_report(task="embedding", metric="cosine", measured=rows)


def shown(report: ParetoReport, width: int) -> str:
    console = Console(width=width, record=True, file=io.StringIO())
    console.print(render_terminal(report))
    return console.export_text()
