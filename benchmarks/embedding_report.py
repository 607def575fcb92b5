"""The figures of `benchmarks.embedding_throughput` as tables, and what they say about the goals."""

from __future__ import annotations

from typing import Any

from rich.console import Console
from rich.table import Table

from benchmarks.embedding_peer import (
    KERAS_HUB,
    ONNX_RUNTIME,
    OPENVINO,
    OPENVINO_BFLOAT16,
    OURS,
    SENTENCE_TRANSFORMERS,
)
from benchmarks.goal import Goal
from benchmarks.training_statistics import Spread, ratio_of_rounds

SHORT = "short texts"
FIELDS = {"ids": "id_rates", "texts": "text_rates"}
BULK_GOALS = (  # load, other engine, what is given, bound
    (SHORT, SENTENCE_TRANSFORMERS, "texts", 2.0),
    (SHORT, ONNX_RUNTIME, "ids", 1.25),
    (SHORT, OPENVINO, "ids", 1.1),
    (SHORT, OPENVINO, "texts", 1.1),
    (SHORT, OPENVINO_BFLOAT16, "ids", 1.1),
    (SHORT, OPENVINO_BFLOAT16, "texts", 1.1),
    (SHORT, KERAS_HUB, "ids", 1.25),
    (SHORT, KERAS_HUB, "texts", 1.25),
    ("128 tokens", ONNX_RUNTIME, "ids", 1.1),
    ("128 tokens", ONNX_RUNTIME, "texts", 1.1),
    ("256 tokens", ONNX_RUNTIME, "ids", 1.1),
    ("256 tokens", ONNX_RUNTIME, "texts", 1.1),
)
SINGLE_GOALS = (("ids", "id_medians", 0.8), ("texts", "text_medians", 0.8))


def goals_of(report: dict[str, Any]) -> list[tuple[Goal, float | None]]:
    """Each goal with what was measured, None where an engine did not take part.

    Args:
        report: from `embedding_throughput.measure`.
    """
    found: list[tuple[Goal, float | None]] = []
    for load, other, given, bound in BULK_GOALS:
        goal = Goal(question=f"{load}, {given} given: rate beside {other}", bound=bound)
        found.append((goal, _ratio(report["bulk"].get(load, []), other, FIELDS[given])))
    for given, field, bound in SINGLE_GOALS:
        question = f"one text, {given} given: time beside {ONNX_RUNTIME}"
        goal = Goal(question=question, bound=bound, smaller=True)
        found.append((goal, _ratio(report["singles"], ONNX_RUNTIME, field)))
    return found


def missed_goals(report: dict[str, Any]) -> list[str]:
    """The verdicts on goals that were measured and missed."""
    return [goal.verdict(value) for goal, value in goals_of(report) if goal.reached(value) is False]


def print_report(report: dict[str, Any]) -> None:
    """Show tables and verdicts."""
    console = Console(width=150)
    console.print(report["machine"])
    console.print(", ".join(f"{name} {version}" for name, version in report["versions"].items()))
    console.print(f"XNNPACK pieces of the bundle: {report['partitions']}")
    for name, items in report["bulk"].items():
        facts = report["loads"][name]
        title = f"{name}: {facts['texts']} distinct, {facts['tokens']:.1f} tokens on average"
        console.print(_bulk_table(title, items))
    console.print(_single_table(report["singles"]))
    console.print(_steadiness_table(report["steadiness"]))
    for goal, value in goals_of(report):
        console.print(goal.verdict(value), highlight=False)


def _ratio(items: list[dict[str, Any]], other: str, field: str) -> float | None:
    """Ours divided by the other's, median of the rounds."""
    by_name = {item["engine"]: item[field] for item in items}
    if OURS not in by_name or other not in by_name:
        return None
    return ratio_of_rounds(by_name[OURS], by_name[other]).median


def _bulk_table(title: str, items: list[dict[str, Any]]) -> Table:
    columns = ("engine", "ids/s", "quartiles", "ours", "texts/s", "quartiles", "ours")
    table = _table(title, *columns, "cosine mean / min", "best with ids; with texts")
    for item in items:
        cells = []
        for field in FIELDS.values():
            rates = Spread.of(item[field])
            ratio = _ratio(items, item["engine"], field)
            cells += [f"{rates.median:,.0f}", f"{rates.low:,.0f} to {rates.high:,.0f}"]
            cells.append("" if ratio is None or item["engine"] == OURS else f"{ratio:.2f} x")
        near = f"{item['cosine_mean']:.5f} / {item['cosine_min']:.5f}"
        same = item["setting"] == item["text_setting"]
        best = item["setting"] if same else f"{item['setting']}; {item['text_setting']}"
        table.add_row(item["engine"], *cells, near, best)
    return table


def _single_table(items: list[dict[str, Any]]) -> Table:
    table = _table(
        "one short text at a time, milliseconds",
        *("engine", "ids, p50", "ours", "text, p50", "ours", "text, p99", "threads"),
    )
    for item in items:
        cells = []
        for _, field, _ in SINGLE_GOALS:
            ratio = _ratio(items, item["engine"], field)
            cells.append(f"{Spread.of(item[field]).median:.2f}")
            cells.append("" if ratio is None or item["engine"] == OURS else f"{ratio:.2f} x")
        table.add_row(item["engine"], *cells, f"{item['text_p99']:.2f}", str(item["threads"]))
    return table


def _steadiness_table(steady: dict[str, dict[str, float]]) -> Table:
    table = _table(
        "the same text in other company",
        *("engine", "own length: bit-equal", "padded: largest 1 - cosine", "padded: within 1e-6"),
    )
    for name, item in steady.items():
        table.add_row(
            name,
            f"{item['own_length_bit_equal']:.0%}",
            f"{item['padding_max']:.1e}",
            f"{item['padding_share_1e-6']:.0%}",
        )
    return table


def _table(title: str, *columns: str) -> Table:
    table = Table(title=title, title_justify="left", box=None)
    for place, column in enumerate(columns):
        left = place in (0, len(columns) - 1)
        table.add_column(column, justify="left" if left else "right", no_wrap=place == 0)
    return table
