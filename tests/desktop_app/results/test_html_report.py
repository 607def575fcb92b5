from dataclasses import replace
from html.parser import HTMLParser

import pytest

from desktop_app.results.html_report import html_report, write_html_report
from desktop_app.results.report_builder import ReportBuilder
from desktop_app.results.report_words import label_words, report_words
from desktop_app.results.result_error import ResultError

HOSTILE = (
    "</td></svg><script>alert('x')</script><img src=x onerror=alert(1)>&\"'\x00\x1b\ud800{0}%s"
)
VOID = {"meta", "br", "img", "link"}


class Reader(HTMLParser):
    """Checks that tags close in order; gathers tags, attributes and text."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open, self.tags, self.attributes, self.text = [], [], [], ""
        self.feed(page)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attributes):
        self.tags.append(tag)
        self.attributes += [(tag, name, value) for name, value in attributes]
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attributes):
        self.tags.append(tag)
        self.attributes += [(tag, name, value) for name, value in attributes]

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text += data


@pytest.fixture
def make_report(make_table, make_row):
    def make(foreign="x", table=None, by="shop"):
        table = table or make_table("shop", "day", "text")
        builder = ReportBuilder(table, by=[by], over_time=["day"])
        rows = [
            make_row(f"{foreign}{number % 2}", f"2024-01-0{number + 1}", f"{foreign} film {number}")
            for number in range(6)
        ]
        rows.append(make_row("", "", "", label=None, status=foreign, language=foreign))
        builder.add(rows)
        return builder.report(
            title=foreign, created="2024-05-01T10:00:00+02:00", warnings=[foreign]
        )

    return make


def test_a_report_holds_figures_pictures_examples_identity_and_settings(make_report):
    page = Reader(html_report(make_report("reviews.csv")))
    assert page.tags.count("svg") == 3
    for words in (
        *("reviews.csv", "Figures", "reviews.csv film 4", "ab12" * 16, "dynamic_wi8_afp32"),
        *("weights: Apache-2.0", "long texts", "2024-01-06", "not judged", "70.0%"),
    ):
        assert words in page.text, words


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_what_is_foreign_is_text_wherever_it_stands(language, make_report, make_table):
    table = make_table(
        HOSTILE, "day", "text",
        labels=("negative", HOSTILE, "positive"),
        provenance=tuple(
            replace(bundle, name=HOSTILE, sha256=HOSTILE, licence=HOSTILE)
            for bundle in make_table().provenance
        ),
        settings=((HOSTILE, HOSTILE),),
    )  # fmt: skip
    for report in (make_report(HOSTILE), make_report(HOSTILE, by=HOSTILE, table=table)):
        content = html_report(report, language)
        page = Reader(content)
        assert "script" not in page.tags
        assert "img" not in page.tags
        assert not [name for _, name, _ in page.attributes if name.startswith("on")]
        assert "alert('x')" in page.text
        content.encode()
        assert "\x00" not in content


def test_nothing_is_loaded_and_nothing_runs(make_report):
    content = html_report(make_report())
    page = Reader(content)
    assert not [each for each in page.attributes if each[1] in ("src", "href", "action")]
    assert "url(" not in content
    assert "@import" not in content
    assert "default-src 'none'" in content
    assert "@media print" in content


def test_both_languages_say_everything(make_report):
    english, chinese = report_words("en"), report_words("zh_CN")
    assert list(english) == list(chinese)
    for key, words in chinese.items():
        assert any("\u4e00" <= letter <= "\u9fff" for letter in words), key
        fields = [part.split("}")[0] for part in english[key].split("{")[1:]]
        assert sorted(fields) == sorted(part.split("}")[0] for part in words.split("{")[1:])
    content = html_report(make_report("评论.csv"), "zh_CN")
    assert '<html lang="zh-CN">' in content
    page = Reader(content)
    for words in ("评论.csv 的分析", "正面", "各标签的特征短语", "未判定"):
        assert words in page.text
    assert "Phrases" not in page.text
    assert set(label_words("zh_CN")) == {
        *("very negative", "negative", "neutral", "positive", "very positive"),
    }


def test_it_is_written_whole_or_told(tmp_path, make_report):
    path = tmp_path / "report.html"
    write_html_report(path, make_report(), language="zh_CN")
    assert path.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    with pytest.raises(ResultError, match="would destroy"):
        write_html_report(path, make_report(), source=path)
    with pytest.raises(ResultError, match="the folder does not exist"):
        write_html_report(tmp_path / "none" / "report.html", make_report())


def test_an_empty_table_gives_a_page(make_table):
    builder = ReportBuilder(make_table())
    report = builder.report(title="empty.csv", created="2024-05-01")
    assert Reader(html_report(report)).tags.count("svg") == 1
