import dataclasses
import io
import os
import subprocess
import sys

import pytest
from fake_worker import metadata

from desktop_app import terminal_report
from desktop_app.sample_text import sample_corpus
from desktop_app.terminal_report import report_sample, table
from export.runtime.bundle import read_bundle, seal_bundle
from export.runtime.catalogue import find_bundle
from export.runtime.metadata import METADATA
from export.runtime.results import Classification


def answer(label, share, valence=None) -> Classification:
    scores = {} if label is None else {label: share}
    return Classification(label=label, scores=scores, valence=valence, tokens=3, truncated=False)


def test_columns_line_up_also_for_wide_letters():
    rows = table(
        ["good film", "好电影"],
        [answer("positive", 0.9, 2.5), answer("正面", 0.61, -1.0)],
        width=80,
    ).splitlines()
    assert rows[0].split() == ["label", "share", "valence", "text"]
    assert rows[2] == "positive    90%     +2.5  good film"
    assert rows[3] == "正面        61%     -1.0  好电影"


def test_without_values_there_is_no_valence_column_and_blank_texts_have_no_label():
    rows = table(["a", " "], [answer("x", 1.0), answer(None, 0.0)], width=80).splitlines()
    assert "valence" not in rows[0]
    assert rows[3].startswith("-")


def test_wide_letters_are_wrapped_by_the_cells_they_take():
    rows = table(["好" * 100], [answer("x", 1.0)], width=60).splitlines()
    assert all(len(row.encode("gbk")) <= 60 for row in rows)


def test_every_shipped_language_shows_its_sample(monkeypatch, tmp_path):
    bundle = read_bundle(find_bundle("sentiment-en"))
    metadata = dataclasses.replace(bundle.metadata, name="stand-in", language="zh")
    files = {name: data for name, data in bundle.files.items() if name != "manifest.json"}
    chinese = tmp_path / "stand-in.tflite"
    chinese.write_bytes(seal_bundle(bundle.graph, {**files, METADATA: metadata.to_bytes()}))
    shipped = {"en": "sentiment-en", "zh": str(chinese)}
    monkeypatch.setattr(terminal_report, "bundles_by_language", lambda family: shipped)
    output = io.StringIO()
    report_sample(None, output)
    lines = output.getvalue().splitlines()
    assert [line for line in lines if "judged by" in line] == [
        "36 texts of the shipped sample, judged by sentiment-en:",
        "20 texts of the shipped sample, judged by stand-in:",
    ]
    assert any(sample_corpus("zh").splitlines()[0] in line for line in lines)


def test_long_texts_are_wrapped_beside_their_figures():
    rows = table(["word " * 40], [answer("x", 1.0)], width=60).splitlines()
    assert len(rows) > 4
    assert all(len(row) <= 60 for row in rows)
    assert rows[3].startswith(" " * 14)


def run(*arguments: str) -> subprocess.CompletedProcess:
    hidden = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    environment = {name: value for name, value in os.environ.items() if name not in hidden}
    return subprocess.run(
        [sys.executable, "-m", "desktop_app", *arguments],
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="displays are Linux's")
def test_without_a_display_the_sample_is_judged_in_the_terminal():
    done = run(str(find_bundle("sentiment-en")))
    assert done.returncode == 0, done.stderr
    assert "DISPLAY" in done.stderr
    first_words = sample_corpus().splitlines()[1][:30]
    assert first_words in done.stdout
    assert done.stdout.splitlines()[2].split()[0] == "label"


def test_a_bundle_that_judges_nothing_is_told():
    done = run("--terminal", str(find_bundle("embedding-en")))
    assert done.returncode == 1
    assert "classification" in done.stderr


def test_a_file_that_is_no_bundle_is_told(tmp_path):
    path = tmp_path / "a.tflite"
    path.write_bytes(b"no bundle")
    done = run("--terminal", str(path))
    assert done.returncode == 1
    assert "a.tflite" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_fake_knows_the_fields_of_the_real_metadata():
    from export.runtime.metadata import BundleMetadata

    assert set(vars(metadata())) <= set(BundleMetadata.__dataclass_fields__)
