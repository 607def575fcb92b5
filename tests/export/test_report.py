"""Reports as text and as JSON."""

from __future__ import annotations

import io
import json

from rich.console import Console

from export.graph_inspection import GraphFacts
from export.report import BuildReport, ToleranceCheck, VerifyReport

FACTS = GraphFacts(
    size=2**20,
    operators={"ADD": 3, "MUL": 1},
    partitions=1,
    table={"INT4": 1},
    kernels={"INT8": 7, "INT4": 2},
)


def shown(rendered: object) -> str:
    console = Console(file=io.StringIO(), width=100)
    console.print(rendered)
    return console.file.getvalue()


def check(**changes: object) -> ToleranceCheck:
    """A check that holds; changes override fields."""
    fields: dict = {"kind": "unread", "texts": 500, "measured": {"cosine_min": 0.99},
                    "bounds": {"cosine_min": 0.98}, "violations": ()}  # fmt: skip
    return ToleranceCheck(**{**fields, **changes})


def build_report(**changes: object) -> BuildReport:
    fields: dict = {"name": "m", "task": "embedding", "recipe": "r", "size": 2**21,
                    "float_size": 2**22, "graph": FACTS, "float_difference": 1e-6,
                    "golden_difference": 0.01, "golden_texts": 9,
                    "tolerance": check()}  # fmt: skip
    return BuildReport(**{**fields, **changes})


def test_build_report() -> None:
    report = build_report()
    text = shown(report.render())
    assert "2.00 MiB" in text and "XNNPACK pieces" in text and "ADD" in text
    assert "narrowed" not in text
    assert json.loads(json.dumps(report.to_dict()))["graph"]["partitions"] == 1


def test_build_report_says_what_was_measured_on_what() -> None:
    text = shown(build_report(narrowed=0).render())
    assert "on 500 given texts that chose nothing" in text and ">= 0.98" in text
    assert "narrowed" in text and "none" in text
    assert "as far as so few texts can tell" in shown(check(kind="golden", texts=9).render())
    broken = check(violations=("cosine_min is 0.9",), measured={"cosine_min": float("nan")})
    content = build_report(tolerance=broken).to_dict()["tolerance"]
    json.dumps(content, allow_nan=False)
    assert content["passed"] is False and content["measured"] == {"cosine_min": None}
    assert (content["kind"], content["texts"]) == ("unread", 500)
    assert "cosine_min is 0.9" in shown(broken.render())


def test_verify_report_says_what_is_broken() -> None:
    good = VerifyReport(name="m", recipe="r", texts=500, measured={"cosine_min": 0.99},
                        tolerance={"cosine_min": 0.98}, violations=())  # fmt: skip
    assert good.passed and "within the recipe's tolerance" in shown(good.render())
    bad = VerifyReport(
        name="m",
        recipe="r",
        texts=500,
        measured={"cosine_min": 0.9},
        tolerance={"cosine_min": 0.98},
        violations=("cosine_min is 0.9",),
    )
    assert "cosine_min is 0.9" in shown(bad.render())
    assert bad.to_dict()["passed"] is False
