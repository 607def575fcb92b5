"""What goes wrong with files and options of bulk work is told, and nothing is destroyed by it."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from export.runtime import bulk_chunks
from export.runtime.commands import conventions
from export.runtime.processors import available_processors


def test_more_threads_than_processors_are_not_started(edge, classifier_path, monkeypatch):
    monkeypatch.delenv("RAYON_NUM_THREADS", raising=False)
    code, output, errors = edge(
        "classify", "--bundle", classifier_path, "--threads", "1000000", stdin=b"good\n"
    )
    most = available_processors()
    assert code == 0 and len(output.splitlines()) == 1
    assert f"--threads 1000000 is more than this process may use; {most} work." in errors
    assert os.environ["RAYON_NUM_THREADS"] == str(most)
    assert conventions.usable_threads(1) == 1 and conventions.usable_threads(None) is None


@pytest.mark.parametrize("resume", [False, True])
def test_an_input_that_is_cut_off_meanwhile_is_no_success(
    edge, classifier_path, tmp_path, monkeypatch, resume
):
    """A log that is rotated: its last line would be judged in half, the rest not at all."""
    source, target = tmp_path / "in.txt", tmp_path / "out.jsonl"
    source.write_bytes(b"good film\n" * 3000)

    def cut() -> None:
        os.truncate(source, 15_005)

    monkeypatch.setattr(bulk_chunks, "raise_if_requested", cut)
    code, _, errors = edge(
        "classify", "--bundle", classifier_path, "--input", source, "--output", target,
        *(["--resume"] if resume else []),
    )  # fmt: skip
    assert code == 2 and "was cut from 30,000 to 15,005 bytes while it was read" in errors
    assert not target.exists()


def test_half_a_line_of_a_cut_input_is_not_judged(tmp_path):
    """The chunk that meets the cut never comes to be answered."""
    source = tmp_path / "in.txt"
    source.write_bytes(b"good film\n" * 3000)
    answered = []

    def answer(texts, first, progress):
        if not answered:
            os.truncate(source, 15_005)
        answered.extend(texts)
        return 0

    with pytest.raises(ValueError, match="was cut from 30,000 to 15,005 bytes"):
        bulk_chunks.each_chunk(str(source), "strict", answer, chunk_lines=100)
    assert set(answered) == {"good film"}


def test_an_input_that_grows_meanwhile_is_read_on(tmp_path):
    source = tmp_path / "in.txt"
    source.write_bytes(b"good film\n" * 3000)
    answered = []

    def answer(texts, first, progress):
        if not answered:
            with source.open("ab") as more:
                more.write(b"and more\n")
        answered.extend(texts)
        return 0

    assert bulk_chunks.each_chunk(str(source), "strict", answer, chunk_lines=100) == (0, 3001)
    assert answered[-1] == "and more"


def test_a_bundle_is_not_overwritten_with_answers(edge, classifier_path, tmp_path):
    source = tmp_path / "in.txt"
    source.write_bytes(b"good\n")
    before = classifier_path.read_bytes()
    code, _, errors = edge("classify", "--bundle", classifier_path, "--input", source,
                           "--output", classifier_path)  # fmt: skip
    assert code == 2 and "is the name of a bundle" in errors
    assert classifier_path.read_bytes() == before


def test_standard_input_is_not_overwritten_either(classifier_path, tmp_path):
    source = tmp_path / "in.txt"
    source.write_bytes(b"good\n")
    words = ["classify", "--bundle", str(classifier_path), "--output", str(source)]
    with source.open("rb") as stream:
        found = subprocess.run(
            [sys.executable, "-m", "export.runtime", *words],
            stdin=stream, capture_output=True, timeout=120, check=False,
        )  # fmt: skip
    assert found.returncode == 2 and b"would destroy the input standard input" in found.stderr
    assert source.read_bytes() == b"good\n"


def test_a_file_of_columns_is_read_as_lines_with_a_word_about_it(
    edge, classifier_path, embedder_path, tmp_path
):
    source = tmp_path / "in.csv"
    source.write_bytes(b"text,label\ngood,1\n")
    for arguments in (
        ["classify", "--bundle", classifier_path],
        ["explain", "--bundle", classifier_path],
        ["embed", "--bundle", embedder_path],
        ["similarity", "--bundle", embedder_path, "--query", "good"],
    ):
        code, output, errors = edge(*arguments, "--input", source)
        assert code == 0 and output, arguments
        assert "each line a text, headers and quotes included" in errors
        assert f"bert-desktop analyze {source}" in errors


def test_an_ending_that_is_no_form_is_refused(edge, embedder_path, tmp_path):
    for ending in (".npz", ".csv", ".parquet"):
        target = tmp_path / f"out{ending}"
        code, _, errors = edge("embed", "--bundle", embedder_path, "--output", target,
                               stdin=b"good\n")  # fmt: skip
        assert code == 2 and f"ends in {ending}" in errors and not target.exists()
    target = tmp_path / "out.npz"
    code, _, _ = edge("embed", "--bundle", embedder_path, "--output", target,
                      "--format", "jsonl", stdin=b"good\n")  # fmt: skip
    assert code == 0 and len(json.loads(target.read_text())["vector"]) > 1


def test_a_query_is_utf8_whatever_the_locale(edge, embedder_path, tmp_path):
    source = tmp_path / "in.txt"
    source.write_text("good\nbad\n", encoding="utf-8")
    as_ascii = os.fsencode("café").decode("ascii", "surrogateescape")  # as LC_ALL=C gives it
    found = []
    for query in ("café", as_ascii):
        code, output, _ = edge(
            "similarity", "--bundle", embedder_path, "--query", query, "--input", source
        )
        assert code == 0
        found.append(output)
    assert found[0] == found[1] and "café" in found[0].decode("utf-8")
    code, _, errors = edge("similarity", "--bundle", embedder_path, "--query", "caf\udce9",
                           "--input", source)  # fmt: skip
    assert code == 2 and "--query must be UTF-8" in errors
