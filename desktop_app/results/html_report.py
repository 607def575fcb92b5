"""A report as one HTML file: readable anywhere, printable, with nothing to load and no script."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from desktop_app.results.destination import destination, place_error
from desktop_app.results.plain_text import markup_text
from desktop_app.results.report import Report
from desktop_app.results.report_words import ReportLanguage, label_words, report_words
from desktop_app.results.summary import GroupedCounts
from desktop_app.results.svg_chart import (
    ChartStyle,
    distribution_chart,
    grouped_chart,
    time_chart,
)

_STYLE = """
:root { color-scheme: light; }
body { font: 15px/1.5 system-ui, -apple-system, "Segoe UI", "Noto Sans", "Noto Sans CJK SC",
  "PingFang SC", "Microsoft YaHei", sans-serif; color: #1a1e24; background: #fff;
  max-width: 780px; margin: 32px auto; padding: 0 16px; overflow-wrap: anywhere; }
h1 { font-size: 26px; margin: 0 0 4px; }
h2 { font-size: 18px; margin: 32px 0 8px; border-bottom: 1px solid #d9dde2; }
h3 { font-size: 15px; margin: 16px 0 4px; }
.quiet { color: #59616b; }
.figures { display: flex; flex-wrap: wrap; gap: 8px 32px; padding: 0; list-style: none; }
.figures b { display: block; font-size: 22px; }
svg { max-width: 100%; height: auto; display: block; }
table { border-collapse: collapse; width: 100%; font-size: 14px; }
th, td { text-align: left; vertical-align: top; padding: 4px 8px 4px 0;
  border-bottom: 1px solid #e7eaee; }
td.number, th.number { text-align: right; white-space: nowrap; }
figure { margin: 8px 0 16px; }
@media print {
  body { margin: 0; max-width: none; font-size: 11pt; }
  h2, h3 { break-after: avoid; }
  figure, tr, li { break-inside: avoid; }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
@page { margin: 18mm; }
"""
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
_NUMBER = "number"  # class of a cell
_Draw = Callable[[GroupedCounts, ChartStyle], str]


def write_html_report(
    path: Path, report: Report, *, language: ReportLanguage = "en", source: Path | None = None
) -> None:
    """Write the report, whole or not at all.

    Args:
        path: of the file.
        report: from `ReportBuilder`.
        language: of its words.
        source: the file that was analysed, which is never written over.

    Raises:
        ResultError: if it cannot be written there.
    """
    content = html_report(report, language).encode()
    try:
        with destination(path, source=source) as stream:
            stream.write(content)
    except OSError as error:
        raise place_error(path, error) from error


def html_report(report: Report, language: ReportLanguage = "en") -> str:
    """The report as HTML. Every foreign text in it is escaped."""
    words = report_words(language)
    page = _Page(report, words, label_words(language))
    title = markup_text(words["report"].format(title=report.title))
    sections = [
        f"<h1>{title}</h1>",
        f'<p class="quiet">{markup_text(words["made"].format(created=report.created))}</p>',
        page.figures(),
        page.distribution(),
        *page.groups(),
        *page.times(),
        page.phrases(),
        page.examples(),
        page.counts("odd rows", "status", report.statuses),
        page.counts("languages", "language", report.languages),
        page.models(),
        page.settings(),
        page.warnings(),
        f'<p class="quiet">{markup_text(words["limits"])}</p>',
    ]
    return (
        f'<!DOCTYPE html>\n<html lang="{"zh-CN" if language == "zh_CN" else "en"}">\n<head>\n'
        '<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n"
        + "\n".join(filter(None, sections))
        + "\n</body>\n</html>\n"
    )


class _Page:
    """The sections of one report in one language."""

    def __init__(self, report: Report, words: dict[str, str], labels: dict[str, str]) -> None:
        self._report, self._words, self._labels = report, words, labels

    def figures(self) -> str:
        report, found = self._report, self._report.distribution
        shown = [
            ("rows", f"{report.rows:,}"),
            ("judged", f"{found.judged:,}"),
            ("not judged", f"{found.not_judged:,}"),
            ("uncertain", f"{found.uncertain:,}"),
        ]
        if report.corrected:
            shown.append(("corrected", f"{report.corrected:,}"))
        if found.mean_valence is not None:
            shown.append(("mean valence", f"{found.mean_valence:+.2f}"))
        if found.partly_rated:
            shown.append(("rows with valence", f"{found.rated:,}"))
        items = "".join(f"<li><b>{value}</b>{self._word(key)}</li>" for key, value in shown)
        return self._section("figures", f'<ul class="figures">{items}</ul>')

    def distribution(self) -> str:
        found = self._report.distribution
        rows = [
            [self._label(label), f"{count:,}", f"{count / max(found.judged, 1):.1%}"]
            for label, count in zip(found.labels, found.counts, strict=True)
        ]
        chart = distribution_chart(found, self._style(self._words["distribution"]))
        heads = [self._words["label"], self._words["rows"], self._words["share"]]
        return self._section("distribution", _figure(chart) + _table(heads, rows))

    def groups(self) -> list[str]:
        return [
            self._grouped(
                figures,
                self._words["by column"].format(column=figures.column),
                grouped_chart,
            )
            for figures in self._report.by_column
        ]

    def times(self) -> list[str]:
        sections = []
        for figures in self._report.over_time:
            bucket = self._words[figures.bucket or "day"]
            title = self._words["over time"].format(column=figures.column, bucket=bucket)
            sections.append(self._grouped(figures, title, time_chart))
        return sections

    def phrases(self) -> str:
        parts = []
        for label, found in zip(self._report.table.labels, self._report.phrases, strict=True):
            shown = ", ".join(
                f'<span title="{markup_text(self._phrase_words(each.texts, each.other_texts))}">'
                f"{markup_text(each.text)}&nbsp;<small>{each.texts:,}</small></span>"
                for each in found
            )
            shown = shown or f'<span class="quiet">{self._word("no phrases")}</span>'
            parts.append(f"<h3>{markup_text(self._label(label))}</h3><p>{shown}</p>")
        return self._section("phrases", "".join(parts))

    def examples(self) -> str:
        parts = []
        heads = [self._words[key] for key in ("text", "confidence", "valence", "language")]
        for label, found in zip(self._report.table.labels, self._report.examples, strict=True):
            if not found:
                continue
            rows = [
                [
                    each.text,
                    f"{each.confidence:.1%}",
                    "" if each.valence is None else f"{each.valence:+.2f}",
                    each.language or self._words["unknown"],
                ]
                for each in found
            ]
            table = _table(heads, rows, numbers={1, 2})
            parts.append(f"<h3>{markup_text(self._label(label))}</h3>{table}")
        return self._section("examples", "".join(parts) or self._none())

    def counts(self, title: str, head: str, counts: Sequence[tuple[str, int]]) -> str:
        rows = [[name or self._words["unknown"], f"{count:,}"] for name, count in counts]
        return self._section(title, _table([self._words[head], self._words["rows"]], rows))

    def models(self) -> str:
        keys = ("model", "language", "recipe", "licence", "hash")
        rows = [
            [bundle.name, bundle.language, bundle.recipe, bundle.licence, bundle.sha256]
            for bundle in self._report.table.provenance
        ]
        heads = [self._words[key] for key in keys]
        return self._section("models", _table(heads, rows, numbers=set()))

    def settings(self) -> str:
        table = self._report.table
        rows = [[self._words["text column"], table.text_column], *map(list, table.settings)]
        return self._section("settings", _table([], rows, numbers=set()))

    def warnings(self) -> str:
        if not self._report.warnings:
            return ""
        items = "".join(f"<li>{markup_text(each)}</li>" for each in self._report.warnings)
        return self._section("warnings", f"<ul>{items}</ul>")

    # Parts

    def _grouped(self, figures: GroupedCounts, title: str, draw: _Draw) -> str:
        heads = [figures.column, *map(self._label, figures.labels), self._words["not judged"]]
        rows = [
            [group or "—", *(f"{count:,}" for count in counts), f"{figures.not_judged[place]:,}"]
            for place, (group, counts) in enumerate(
                zip(figures.groups, figures.counts, strict=True)
            )
        ]
        note = ""
        if figures.left_out:
            words = self._words["left out"].format(count=f"{figures.left_out:,}")
            note = f'<p class="quiet">{markup_text(words)}</p>'
        if not rows:
            return f"<h2>{markup_text(title)}</h2>{self._none()}{note}"
        chart = _figure(draw(figures, self._style(title)))
        return f"<h2>{markup_text(title)}</h2>{chart}{_table(heads, rows)}{note}"

    def _section(self, key: str, content: str) -> str:
        return f"<h2>{self._word(key)}</h2>{content}"

    def _style(self, title: str) -> ChartStyle:
        return ChartStyle(
            title=title, names=self._labels, label_values=self._report.table.label_values
        )

    def _phrase_words(self, texts: int, others: int) -> str:
        return self._words["texts"].format(count=f"{texts:,}", others=f"{others:,}")

    def _none(self) -> str:
        return f'<p class="quiet">{self._word("none")}</p>'

    def _word(self, key: str) -> str:
        return markup_text(self._words[key])

    def _label(self, label: str) -> str:
        return self._labels.get(label, label)


def _figure(chart: str) -> str:
    return f"<figure>{chart}</figure>"


def _table(
    heads: Sequence[str], rows: Iterable[Sequence[str]], *, numbers: set[int] | None = None
) -> str:
    """A table; `numbers` are the columns aligned as such, None: all but the first."""

    def cells(row: Sequence[str], tag: str) -> str:
        parts = []
        for place, cell in enumerate(row):
            is_number = place in numbers if numbers is not None else place > 0
            kind = f' class="{_NUMBER}"' if is_number else ""
            parts.append(f"<{tag}{kind}>{markup_text(cell)}</{tag}>")
        return f"<tr>{''.join(parts)}</tr>"

    head = f"<thead>{cells(heads, 'th')}</thead>" if heads else ""
    return f"<table>{head}<tbody>{''.join(cells(row, 'td') for row in rows)}</tbody></table>"
