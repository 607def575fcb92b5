"""The comparison as one HTML file that needs nothing beside it."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Sequence
from html import escape

from export.pareto.byte_size import megabytes
from export.pareto.report import MeasuredRecipe, ParetoReport
from export.pareto.task_score import METRICS

_STYLE = """
body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 72rem; padding: 0 1rem;
       color: #1d2329; background: #fff; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.15rem; margin-top: 2rem; }
table { border-collapse: collapse; margin: .8rem 0; }
th, td { padding: .3rem .7rem; text-align: right; border-bottom: 1px solid #dde2e7;
         vertical-align: top; }
th:first-child, td:first-child, td.text { text-align: left; }
td.text { max-width: 44rem; overflow-wrap: anywhere; white-space: pre-wrap; }
tr.chosen { background: #eef6ee; font-weight: 600; }
tr.broken { color: #8a5a00; }
.scroll { overflow-x: auto; }
.verdict { border-left: 4px solid #2e7d32; padding: .6rem 1rem; background: #f4f8f4; }
.verdict.none { border-color: #c0392b; background: #fdf3f2; }
img { max-width: 100%; height: auto; }
.small { color: #5a6570; font-size: .88rem; }
summary { cursor: pointer; }
"""


def render_page(report: ParetoReport, plot: bytes | None) -> str:
    """The page.

    Args:
        report: what was measured.
        plot: the PNG that goes into the page; None if nothing could be measured.
    """
    title = f"{report.model}: recipes compared"
    chosen = report.recommendation
    picture = ""
    if plot is not None:
        data = b64encode(plot).decode("ascii")
        picture = (
            '<p><img alt="Loss of every recipe against the size of its file and against its '
            f'latency" src="data:image/png;base64,{data}"></p>'
        )
    parts = [
        f"<h1>{escape(title)}</h1>",
        f'<p class="verdict{"" if chosen.recipe else " none"}">{escape(chosen.why)}</p>',
        picture,
        "<h2>Figures</h2>",
        _figures(report),
        _beyond_tolerance(report),
        _failures(report),
        "<h2>Where answers differ from the float model's</h2>",
        *(_disagreements(each) for each in report.measured),
        "<h2>How this was measured</h2>",
        _method(report),
    ]
    body = "\n".join(part for part in parts if part)
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>{_STYLE}</style>\n</head>\n"
        f"<body>\n{body}\n</body>\n</html>\n"
    )


def _figures(report: ParetoReport) -> str:
    if not report.measured:
        return "<p>Nothing could be measured.</p>"
    lengths = [one.tokens for one in report.measured[0].speed.latencies]
    head = [
        "recipe", "file", "memory", *(f"{length} tokens" for length in lengths), "texts/s",
        report.metric.replace("_", " "), "loss, points (95 %)",
        report.disagreement_meaning, "front", "own tolerance",
    ]  # fmt: skip
    rows = []
    for each in report.measured:
        kind = "broken" if not each.within_tolerance else ""
        kind = "chosen" if each.recipe == report.recommendation.recipe else kind
        cells = "".join(f"<td>{escape(cell)}</td>" for cell in _cells(report, each))
        rows.append(f'<tr class="{kind}">{cells}</tr>')
    return _table(head, rows)


def _cells(report: ParetoReport, each: MeasuredRecipe) -> Iterable[str]:
    score = each.score
    yield each.recipe
    yield megabytes(each.size)
    yield megabytes(each.peak_memory)
    yield from (f"{one.p50_ms:.2f} ms" for one in each.speed.latencies)
    yield f"{each.speed.texts_per_second:,.0f}"
    yield f"{score.value:.4f}"
    yield f"{score.loss:+.2f} ({score.loss_low:+.2f} to {score.loss_high:+.2f})"
    yield each.disagreement
    fronts = (("size", report.size_front), ("latency", report.latency_front))
    yield ", ".join(name for name, front in fronts if each.recipe in front)
    yield "kept" if each.within_tolerance else f"broken: {'; '.join(each.violations)}"


def _beyond_tolerance(report: ParetoReport) -> str:
    if not (names := report.beyond_tolerance):
        return ""
    return (
        f'<p class="verdict none">Beyond its own tolerance, so never recommended: '
        f"{escape(', '.join(names))}. <code>bert-export build</code> refuses to make it.</p>"
    )


def _failures(report: ParetoReport) -> str:
    if not report.failed:
        return ""
    rows = [
        f'<tr><td>{escape(each.recipe)}</td><td class="text">{escape(each.reason)}</td></tr>'
        for each in report.failed
    ]
    return "<h2>Recipes without figures</h2>" + _table(["recipe", "why"], rows)


def _disagreements(each: MeasuredRecipe) -> str:
    found = each.disagreements
    rows: list[tuple[str, ...]]
    if found.count is None:
        said = f"the {len(found.shown)} texts of lowest cosine"
        head = ["text", "cosine"]
        rows = [(one.text, f"{one.cosine:.4f}") for one in found.shown]
    else:
        said = f"{found.count:,} texts with another label" + (
            f", the first {len(found.shown)} of them" if found.count > len(found.shown) else ""
        )
        head = ["text", "float model", "this recipe", "people"]
        rows = [
            (one.text, one.float_label or "", one.label or "", one.given or "")
            for one in found.shown
        ]
    lines = [
        f'<tr><td class="text">{escape(text)}</td>'
        + "".join(f"<td>{escape(cell)}</td>" for cell in cells)
        + "</tr>"
        for text, *cells in rows
    ]
    table = _table(head, lines) if lines else ""
    return f"<details><summary>{escape(each.recipe)}: {escape(said)}</summary>{table}</details>"


def _method(report: ParetoReport) -> str:
    versions = ", ".join(f"{name} {version}" for name, version in report.versions.items())
    lines = [
        f"{report.texts:,} texts of {report.data} (sha256 {report.data_sha256[:16]}); model "
        f"sha256 {report.model_sha256[:16]}.",
        f"{report.processor}, {report.processors} processors for this process; {versions}.",
        f"Metric: {METRICS[report.metric]}. Loss: float model minus recipe, times 100; its 95 % "
        "interval by paired bootstrap over the texts.",
        "Memory: most bytes resident in a fresh process that opened the bundle and answered all "
        "texts, Python and libraries counted. 1 MB is a million bytes.",
        "Speed: fresh processes, the bundles in turns; medians, at the best number of threads. "
        "Texts/s: many texts at once, tokenizing counted.",
        "Front: no other recipe is better in both loss and size (or latency).",
        *report.notes,
    ]
    return "<ul>" + "".join(f'<li class="small">{escape(line)}</li>' for line in lines) + "</ul>"


def _table(head: Sequence[str], rows: Sequence[str]) -> str:
    cells = "".join(f"<th>{escape(name)}</th>" for name in head)
    body = "\n".join(rows)
    return (
        f'<div class="scroll"><table><thead><tr>{cells}</tr></thead>\n<tbody>{body}</tbody>'
        "</table></div>"
    )
