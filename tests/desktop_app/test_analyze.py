"""`bert-desktop analyze` from a file to results, with a quick judge and with the real one."""

import csv
import io
import json
import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from desktop_app.analysis.judgement import Judgement
from desktop_app.command.analyze import analyze
from desktop_app.command.analyze_arguments import AnalyzeArguments, parse_analyze
from desktop_app.documents.document_error import DocumentError
from desktop_app.documents.open_document import document_rows, preview_document
from desktop_app.results.provenance import Provenance
from desktop_app.results.result_error import ResultError
from export.runtime.errors import BundleError
from export.runtime.results import Classification

ROOT = Path(__file__).parents[2]
NO_QT = "import sys; sys.modules.update(dict.fromkeys(['PySide6', 'shiboken6', 'tensorflow']))\n"
MAIN = NO_QT + "from desktop_app.__main__ import main; sys.exit(main(sys.argv[1:]))"


class QuickJudge:
    """Finds everything good that says so."""

    provenance = (
        Provenance(
            name="quick", sha256="0" * 64, language="en", recipe="none", licence="MIT",
            labels=("bad", "good"), label_values=(-1.0, 1.0),
        ),
    )  # fmt: skip

    def __init__(self, **how) -> None:
        self.how, self.closed = how, False

    def judge(self, texts, progress):
        progress(len(texts))
        return [self._one(text) for text in texts]

    def _one(self, text):
        if not text.strip():
            return Judgement("blank", "", None)
        share = 0.9 if "good" in text else 0.2
        scores = {"bad": 1 - share, "good": share}
        label = "good" if share > 0.5 else "bad"
        return Judgement("judged", "en", Classification(
            label=label, scores=scores, valence=2 * share - 1, tokens=1, truncated=False
        ))  # fmt: skip

    def close(self):
        self.closed = True


class HereDocument:
    """A document read in this process."""

    def __init__(self, path, options):
        self.path, self.options = path, options

    def preview(self):
        return preview_document(self.path, self.options)

    def rows(self):
        return document_rows(self.path, self.options)


@contextmanager
def here(path, options):
    yield HereDocument(path, options)


def run(*words: object, source=here, judge=None):
    arguments = parse_analyze([str(word) for word in words])
    made = judge or (lambda name, **how: QuickJudge(name=name, **how))
    return analyze(arguments, open_source=source, open_judge=made)


@pytest.fixture
def reviews(tmp_path) -> Path:
    path = tmp_path / "reviews.csv"
    lines = ["id,shop,text"]
    lines += [f"{n:03},{'north' if n % 2 else 'south'},a good film {n % 5}" for n in range(40)]
    lines += ["040,north,a dull film", "041,south,"]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def left_in(folder: Path) -> list[str]:
    return sorted(entry.name for entry in folder.iterdir())


def test_results_and_report_of_a_table(reviews, tmp_path):
    output, page = tmp_path / "out.csv", tmp_path / "out.html"
    outcome = run(reviews, "--column", "text", "--output", output, "--report", page)
    lines = list(csv.DictReader(io.StringIO(output.read_text("utf-8-sig"))))
    assert len(lines) == 42
    assert [line["id"] for line in lines] == [f"{number:03}" for number in range(42)]
    assert (lines[0]["label"], lines[0]["probability: good"]) == ("good", "0.900000")
    assert (lines[40]["label"], lines[40]["valence"]) == ("bad", "-0.600000")
    assert (lines[41]["label"], lines[41]["status"]) == ("", "blank")
    assert outcome.report.distribution.counts == (1, 40)
    assert [figures.column for figures in outcome.report.by_column] == ["shop"]
    assert "reviews.csv" in page.read_text(encoding="utf-8")
    assert left_in(tmp_path) == ["out.csv", "out.html", "reviews.csv"]
    settings = dict(outcome.report.table.settings)
    assert settings["source"] == "reviews.csv"
    assert settings["bytes"] == str(reviews.stat().st_size)


def test_the_form_follows_the_name_or_is_named(reviews, tmp_path):
    for name, words, form in (
        ("a.jsonl", (), "jsonl"),
        ("a.xlsx", (), "xlsx"),
        ("a.txt", ("--output-format", "csv"), "csv"),
    ):
        assert run(reviews, "--output", tmp_path / name, *words).form == form
    assert openpyxl.load_workbook(tmp_path / "a.xlsx")["results"].max_row == 43
    assert json.loads((tmp_path / "a.jsonl").read_text().splitlines()[0])["label"] == "good"


def test_the_column_is_guessed_found_in_any_case_or_asked_for(reviews, tmp_path):
    output = tmp_path / "out.csv"
    assert run(reviews, "--output", output).report.table.text_column == "text"
    found = run(reviews, "--output", output, "--column", "TEXT")
    assert found.report.table.text_column == "text"
    with pytest.raises(ResultError, match="no column 'review'; there are 'id', 'shop', 'text'"):
        run(reviews, "--output", output, "--column", "review")


def test_mistakes_are_told_before_anything_is_read(reviews, tmp_path):
    def never(path, options):
        raise AssertionError("the document was opened")

    before = reviews.read_bytes()
    for words, message in (
        ((reviews, "--output", reviews), "would destroy the file"),
        ((reviews, "--output", tmp_path / "out.ods"), "does not say in what form"),
        ((reviews, "--output", tmp_path / "none" / "out.csv"), "the folder does not exist"),
        ((reviews, "--output", tmp_path / "a.csv", "--report", reviews), "would destroy"),
        ((reviews, "--output", tmp_path / "a.csv", "--report", tmp_path / "a.csv"), "two names"),
        ((reviews, "--output", "-"), "not written to standard output"),
        ((tmp_path, "--output", reviews), "in the folder that is analysed"),
        ((tmp_path, "--output", "/dev/null", "--report", tmp_path / "r.html"), "in the folder"),
    ):
        with pytest.raises(ResultError, match=message):
            run(*words, source=never)
    assert reviews.read_bytes() == before
    assert left_in(tmp_path) == ["reviews.csv"]


def test_an_error_in_the_middle_leaves_the_earlier_results(reviews, tmp_path):
    class Changing(HereDocument):
        def rows(self):
            yield from list(super().rows())[:5]
            raise DocumentError("The file changed while it was read.", reason="changed")

    @contextmanager
    def changing(path, options):
        yield Changing(path, options)

    output = tmp_path / "out.xlsx"
    output.write_text("earlier")
    with pytest.raises(DocumentError, match="changed"):
        run(reviews, "--output", output, "--report", tmp_path / "r.html", source=changing)
    assert output.read_text() == "earlier"
    assert left_in(tmp_path) == ["out.xlsx", "reviews.csv"]


def test_options_reach_reader_and_judge(tmp_path):
    path = tmp_path / "table.txt"
    path.write_bytes("编号\t评论\n1\t good 很好\n".encode("gb18030"))
    judges, seen = [], []

    def judge(name, **how):
        judges.append(QuickJudge(name=name, **how))
        return judges[-1]

    @contextmanager
    def watched(path, options):
        seen.append(options)
        yield HereDocument(path, replace(options, delimiter=None, encoding=None, header=None))

    run(
        path, "--output", tmp_path / "o.csv", "--encoding", "gb18030", "--delimiter", "\\t",
        "--header", "--bundle", "mine", "--long", "windows", "--threads", "2",
        judge=judge, source=watched,
    )  # fmt: skip
    assert (seen[0].encoding, seen[0].delimiter, seen[0].header) == ("gb18030", "\t", True)
    assert judges[0].how == {"name": "mine", "long_texts": "windows", "threads": 2}
    assert judges[0].closed


def test_every_option_has_a_field():
    parsed = parse_analyze(["a.csv", "--output", "b.csv"])
    assert isinstance(parsed, AnalyzeArguments)
    assert (parsed.bundle, parsed.byte_order_mark, parsed.raw, parsed.header) == (
        "auto", True, False, None,
    )  # fmt: skip


def test_a_bundle_that_does_not_exist_is_told(reviews, tmp_path):
    from desktop_app.command.judge import open_judge

    with pytest.raises(BundleError, match="no shipped bundle of that name"):
        run(reviews, "--output", tmp_path / "o.csv", "--bundle", "nowhere", judge=open_judge)


# As a process, with the shipped bundles, Qt blocked


def process(*words: object) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "-c", MAIN, "analyze", *map(str, words)],
        capture_output=True, text=True, encoding="utf-8", timeout=120, check=False, cwd=ROOT,
    )  # fmt: skip


def test_the_journey_of_a_chinese_table_without_qt(tmp_path):
    path, output = tmp_path / "评论.csv", tmp_path / "结果.xlsx"
    texts = [
        "质量很好，非常满意，下次还来买",
        "太差了，屏幕坏了，客服也不理人，退货",
        "What a wonderful phone, I love it!",
        "The battery is awful and it broke after a day.",
        "这个手机太棒了，拍照清楚，运行很快，喜欢",
        "快递太慢，包装破烂，非常失望",
        "Das Hotel war leider sehr schmutzig und das Personal unfreundlich.",
        "12345",
        "",
        "质量很好，非常满意，下次还来买",
    ]
    rows = [f"00{place},{text.replace(',', ' ')}" for place, text in enumerate(texts)]
    path.write_bytes(("编号,评论\r\n" + "\r\n".join(rows) + "\r\n").encode("gb18030"))
    done = process(
        path, "--column", "评论", "--output", output, "--report", tmp_path / "r.html", "--json",
        "--report-language", "zh_CN",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    figures = json.loads(done.stdout)
    assert (figures["rows"], figures["judged"]) == (10, 7)
    assert figures["settings"]["encoding"] == "gb18030"
    assert [model["name"] for model in figures["models"]] == ["sentiment-en", "sentiment-zh"]
    sheet = openpyxl.load_workbook(output)["results"]
    head, *lines = sheet.iter_rows(values_only=True)
    places = {name: place for place, name in enumerate(head)}
    assert head[:3] == ("编号", "评论", "label")
    assert [line[0] for line in lines] == [f"00{place}" for place in range(10)]
    sides = [(line[places["label"]] or "").split()[-1:] for line in lines]
    good, bad, none = ["positive"], ["negative"], []
    assert sides == [good, bad, good, bad, good, bad, none, none, none, good]
    assert lines[0][2:] == lines[9][2:]
    assert [line[places["status"]] for line in lines[6:9]] == [
        "unsupported language", "unknown language", "blank",
    ]  # fmt: skip
    assert lines[0][places["probability: neutral"]] is None  # the Chinese bundle has no such label
    assert lines[2][places["probability: neutral"]] is not None
    assert lines[0][places["model"]].startswith("sentiment-zh@")
    assert "正面" in (tmp_path / "r.html").read_text(encoding="utf-8")


def test_mistakes_end_with_2_and_one_line(tmp_path):
    done = process(tmp_path / "none.csv", "--output", tmp_path / "o.csv")
    assert done.returncode == 2
    assert len(done.stderr.strip().splitlines()) == 1
    assert "none.csv" in done.stderr
    assert left_in(tmp_path) == []


def test_a_reader_that_has_seen_enough_ends_it_quietly(reviews, tmp_path):
    """As `| head` does: the summary meets a pipe that nobody reads."""
    judged = (
        "from desktop_app.command import analyze as module\n"
        "from tests.desktop_app.test_analyze import QuickJudge\n"
        "real = module.analyze\n"
        "module.analyze = lambda it: real(it, open_judge=lambda name, **how: QuickJudge())\n"
    )
    for words in (["--json"], []):
        reader, writer = os.pipe()
        os.close(reader)
        with os.fdopen(writer, "wb") as closed:
            done = subprocess.run(
                [sys.executable, "-c", judged + MAIN, "analyze", str(reviews),
                 "--output", str(tmp_path / "o.csv"), *words],
                stdout=closed, stderr=subprocess.PIPE, text=True, timeout=120, check=False,
                cwd=ROOT,
            )  # fmt: skip
        assert (done.returncode, "Broken pipe" in done.stderr) == (1, False), done.stderr
        assert "Traceback" not in done.stderr and "Exception" not in done.stderr
        assert (tmp_path / "o.csv").exists()  # the results were written before


SLOW = (
    NO_QT
    + """
import time
from contextlib import contextmanager
from desktop_app.command import analyze as module
from desktop_app.command.run_analyze import run_analyze
from desktop_app.documents.open_document import preview_document
from desktop_app.documents.table_row import TableRow
class Endless:
    def __init__(self, path, options): self.path = path
    def preview(self): return preview_document(self.path)
    def rows(self):
        for number in range(10_000):
            if number == 4_000: print("writing", flush=True)
            if number > 4_000: time.sleep(0.02)
            yield TableRow((str(number), "", ""))
@contextmanager
def endless(path, options): yield Endless(path, options)
real = module.analyze
module.analyze = lambda arguments: real(arguments, open_source=endless)
sys.exit(run_analyze(sys.argv[1:]))
"""
)


def test_ctrl_c_ends_with_130_and_leaves_nothing(reviews, tmp_path):
    words = [str(reviews), "--output", str(tmp_path / "o.xlsx"), "--bundle", "sentiment-zh"]
    with subprocess.Popen(
        [sys.executable, "-c", SLOW, *words],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # a shell may ignore it
    ) as started:  # fmt: skip
        assert started.stdout.readline() == "writing\n"
        time.sleep(0.1)
        started.send_signal(signal.SIGINT)
        _, errors = started.communicate(timeout=60)
    assert started.returncode == 130
    assert "Stopped" in errors
    assert "Traceback" not in errors
    assert left_in(tmp_path) == ["reviews.csv"]


def test_every_option_is_documented():
    page = (ROOT / "docs" / "verbs.md").read_text(encoding="utf-8")
    section = page[page.index("`bert-desktop analyze FILE") :]
    done = process("--help")
    assert done.returncode == 0
    options = {word.strip("[],") for word in done.stdout.split() if word.startswith(("--", "[--"))}
    assert len(options) > 15
    for option in options - {"--help"}:
        assert f"`{option}`" in section, option
