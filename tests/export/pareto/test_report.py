"""Fronts, recommendation and JSON follow from the figures."""

from __future__ import annotations

import io
import json

from export.pareto.measurement import Latency, Speed
from export.pareto.report import MeasuredRecipe
from export.pareto.terminal import render_terminal


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


def test_the_terminal_shows_figures_failures_and_choice(make_report) -> None:
    from rich.console import Console

    console = Console(width=220, record=True, file=io.StringIO())
    console.print(render_terminal(make_report()))
    text = console.export_text()
    for part in ("int4_table", "18.1", "+0.35 (+0.15 to +0.65)", "equal_labels is 0.8",
                 "odd: no <kernel> for it", "note: A note", "recommended"):  # fmt: skip
        assert part in text
