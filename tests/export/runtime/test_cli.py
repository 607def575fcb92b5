"""`bert-edge` as a user meets it: files in, files out, exit codes, no tracebacks."""

import dataclasses
import io
import json
import sys
from functools import partial
from importlib.metadata import version
from pathlib import Path

import numpy as np
import pytest

from export.runtime import catalogue, cli
from export.runtime.backend import BACKEND
from export.runtime.bundle import seal_bundle
from export.runtime.engine import Engine
from export.runtime.processors import processor_name
from export.runtime.worker import Worker


def names(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir())


def rows(content: bytes) -> list[dict]:
    return [json.loads(line) for line in content.splitlines()]


def test_a_line_out_for_each_line_in(edge, classifier_path):
    text = b"good film\r\n\r\n \nThe plot is bad!\n" + b"good " * 30
    code, output, errors = edge("classify", "--bundle", classifier_path, stdin=text)
    answers = rows(output)
    assert code == 0
    assert [row["index"] for row in answers] == [0, 1, 2, 3, 4]
    keys = ["index", "label", "scores", "valence", "tokens", "truncated"]
    assert all(list(row) == keys for row in answers)
    with Engine.open(classifier_path) as engine:
        expected = engine.classify(["The plot is bad!"])[0]
    assert answers[3]["label"] == expected.label
    assert answers[3]["scores"] == pytest.approx(expected.scores, abs=1e-6)
    assert answers[3]["valence"] == pytest.approx(expected.valence, abs=1e-6)
    for row in answers[1:3]:
        assert (row["label"], row["valence"], row["tokens"]) == (None, None, 0)
    assert [(row["tokens"], row["truncated"]) for row in answers[3:]] == [(5, False), (30, True)]
    assert errors.startswith("1 of 5 texts were longer than 14 word pieces")


@pytest.fixture
def two_languages(classifier, tmp_path, monkeypatch):
    folder = tmp_path / "shipped"
    folder.mkdir()
    for language in ("en", "zh"):
        metadata = dataclasses.replace(classifier.metadata, language=language)
        content = classifier.seal(metadata=metadata)
        (folder / f"sentiment-{language}.tflite").write_bytes(content)
    monkeypatch.setattr(catalogue, "SHIPPED", folder)


@pytest.mark.parametrize("arguments", [[], ["--bundle", "auto"]])
def test_without_a_bundle_each_line_goes_to_that_of_its_language(edge, two_languages, arguments):
    text = "good film\n质量很好\nC'est vraiment nul\n\n很好 " + "字 " * 30
    code, output, errors = edge("classify", *arguments, stdin=text.encode())
    answers = rows(output)
    assert code == 0
    keys = ["index", "status", "language", "bundle"]
    keys += ["label", "scores", "valence", "tokens", "truncated"]
    assert all(list(row) == keys for row in answers)
    assert [row["index"] for row in answers] == [0, 1, 2, 3, 4]
    assert [row["bundle"] for row in answers] == [
        "sentiment-en", "sentiment-zh", None, None, "sentiment-zh",
    ]  # fmt: skip
    assert [row["status"] for row in answers[2:4]] == ["unsupported language", "blank"]
    assert answers[2]["language"] == "fr"
    assert (answers[2]["label"], answers[2]["scores"], answers[2]["tokens"]) == (None, {}, None)
    assert answers[4]["truncated"] is True
    left_out, truncated = errors.splitlines()
    assert left_out.startswith("1 of 5 texts are in a language without a bundle (1 fr)")
    assert truncated.startswith("1 of 5 texts were longer than 14 word pieces")


def test_a_named_bundle_judges_every_language(edge, two_languages):
    code, output, errors = edge(
        "classify", "--bundle", "sentiment-en", stdin="C'est nul\n质量".encode()
    )
    assert code == 0
    assert all(row["label"] and "language" not in row for row in rows(output))
    assert errors == ""


def test_lines_of_two_languages_keep_their_order_over_many_chunks(edge, two_languages, tmp_path):
    source, target = tmp_path / "in.txt", tmp_path / "out.jsonl"
    texts = ["good film" if number % 3 else "质量很好" for number in range(20_000)]
    source.write_text("\n".join(texts), encoding="utf-8")
    assert edge("classify", "--input", source, "--output", target)[0] == 0
    answers = rows(target.read_bytes())
    assert [row["index"] for row in answers] == list(range(20_000))
    assert [row["language"] for row in answers] == ["en" if n % 3 else "zh" for n in range(20_000)]


def test_vectors_are_of_one_bundle(edge, two_languages):
    code, output, errors = edge("embed", "--bundle", "auto", stdin=b"good")
    assert (code, output) == (2, b"")
    assert "cannot be compared" in errors


def test_the_list_shows_languages(edge, two_languages):
    lines = edge("list")[1].decode().splitlines()
    assert lines[0].split() == ["name", "task", "language", "size", "sha256", "path"]
    assert [line.split()[:3] for line in lines[1:]] == [
        ["sentiment-en", "classification", "en"],
        ["sentiment-zh", "classification", "zh"],
    ]


def test_files_in_and_out(edge, embedder_path, tmp_path):
    source, target = tmp_path / "in.txt", tmp_path / "out.npy"
    texts = [f"good film {number % 9}" for number in range(9000)]  # more than one chunk
    source.write_text("\n".join([*texts, ""]), encoding="utf-8")
    assert edge("embed", "--bundle", embedder_path, "--input", source, "--output", target) == (
        0,
        b"",
        "",
    )
    vectors = np.load(target)
    assert (vectors.shape, vectors.dtype) == ((9000, 8), np.float32)
    with Engine.open(embedder_path) as engine:
        np.testing.assert_array_equal(vectors, engine.embed(texts).vectors)
    assert names(tmp_path) == ["in.txt", "out.npy"]


def test_vectors_as_lines_and_as_an_array_on_standard_output(edge, embedder_path):
    text = b"good\n\nnot bad"
    code, output, _ = edge("embed", "--bundle", embedder_path, stdin=text)
    lines = np.array([row["vector"] for row in rows(output)], np.float32)
    code, output, _ = edge("embed", "--bundle", embedder_path, "--format", "npy", stdin=text)
    array = np.load(io.BytesIO(output))
    assert code == 0
    np.testing.assert_array_equal(lines, array)
    assert np.linalg.norm(array, axis=1) == pytest.approx([1, 0, 1], abs=1e-6)


def test_empty_input_gives_empty_output(edge, classifier_path, embedder_path, tmp_path):
    assert edge("classify", "--bundle", classifier_path)[:2] == (0, b"")
    target = tmp_path / "out.npy"
    assert edge("embed", "--bundle", embedder_path, "--output", target)[0] == 0
    assert np.load(target).shape == (0, 8)


def test_invalid_utf8_stops_before_the_output_exists(edge, classifier_path, tmp_path):
    source, target = tmp_path / "in.txt", tmp_path / "out.jsonl"
    source.write_bytes(b"good\nbad \xff film\n")
    arguments = ("classify", "--bundle", classifier_path, "--input", source, "--output", target)
    code, _, errors = edge(*arguments)
    assert code == 2
    assert "line 2, byte offset 9" in errors
    assert str(source) in errors
    assert names(tmp_path) == ["in.txt"]
    assert edge(*arguments, "--errors", "replace")[0] == 0
    assert [row["tokens"] for row in rows(target.read_bytes())] == [1, 2]


@pytest.mark.parametrize(
    "text", [bytes(range(128)) * 3, b"x" * 1_000_000, b"good " * 200_000, "😀🎉".encode()]
)
def test_odd_input_gets_an_answer(edge, classifier_path, text):
    code, output, _ = edge("classify", "--bundle", classifier_path, stdin=text)
    assert code == 0
    assert len(rows(output)) == text.count(b"\n") + 1
    assert rows(output)[-1]["label"] in ("negative", "neutral", "positive")


def test_binary_input_is_refused(edge, classifier_path):
    code, _, errors = edge("classify", "--bundle", classifier_path, stdin=bytes(range(256)))
    assert code == 2
    assert "standard input is not UTF-8: line 2, byte offset 128" in errors


def test_mistakes_are_told_without_a_traceback(edge, classifier_path, embedder_path, tmp_path):
    broken = tmp_path / "broken.tflite"
    broken.write_bytes(classifier_path.read_bytes()[:-5])
    for arguments, message in [
        (["classify", "--bundle", "nobody"], "no shipped bundle of that name"),
        (["classify", "--bundle", broken], "broken.tflite"),
        (["classify", "--bundle", embedder_path], "use `embed`"),
        (["embed", "--bundle", classifier_path], "use `classify`"),
        (["classify", "--bundle", classifier_path, "--input", tmp_path / "no"], "Cannot read"),
        (["classify", "--bundle", classifier_path, "--input", tmp_path], "Cannot read"),
        (["classify", "--bundle", classifier_path, "--output", tmp_path], "Cannot write"),
        (["classify", "--bundle", classifier_path, "--output", "/no/x"], "Cannot write /no/x"),
        (["classify", "--bundle", classifier_path, "--threads", "0"], "threads"),
        (["classify", "--bundle", classifier_path, "--errors", "ignore"], "errors"),
        (["inspect", broken], "broken.tflite"),
        (["inspect", "~nobody-of-that-name/x.tflite"], "cannot be looked for"),
        (["selftest", tmp_path / "no"], "There is no file"),
        (["embed", "--no-such-option"], "No such option"),
        (["translate"], "translate"),
    ]:
        code, output, errors = edge(*arguments)
        assert (code, output) == (2, b""), arguments
        assert message in errors
        assert "Traceback" not in errors


def test_debug_shows_the_traceback(edge, monkeypatch):
    monkeypatch.setattr(sys, "argv", ["bert-edge", "inspect", "nobody", "--debug"])
    with pytest.raises(ValueError, match="nobody"):
        cli.main()


def test_the_versions_are_shown(edge):
    code, output, errors = edge("--version")
    own, runtime = version("bert_tf"), f"{BACKEND.package} {BACKEND.version}"
    assert (code, output.decode(), errors) == (0, f"bert-edge {own} ({runtime})\n", "")


def test_a_panic_of_a_library_is_told_without_a_traceback(edge, classifier_path, monkeypatch):
    panic = type("PanicException", (BaseException,), {"__module__": "pyo3_runtime"})

    def fails(*_, **__):
        raise panic("index out of bounds")

    monkeypatch.setattr(Engine, "classify", fails)
    arguments = ("classify", "--bundle", classifier_path)
    code, output, errors = edge(*arguments, stdin=b"good\n")
    assert (code, output, errors.count("\n")) == (1, b"", 1)
    assert "index out of bounds" in errors
    monkeypatch.setattr(sys, "argv", ["bert-edge", *map(str, arguments), "--debug"])
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"good")))
    with pytest.raises(panic):
        cli.main()


def test_list_inspect_and_selftest(edge, classifier, classifier_path, tmp_path, monkeypatch):
    (tmp_path / "mood.tflite").write_bytes(classifier_path.read_bytes())
    monkeypatch.setattr(catalogue, "SHIPPED", tmp_path)
    entry = json.loads(edge("list", "--json")[1])[0]
    assert set(entry) == {"name", "path", "task", "language", "size", "sha256"}
    assert entry["size"] == classifier_path.stat().st_size
    assert entry["sha256"][:16].encode() in edge("list")[1]
    described = json.loads(edge("inspect", "mood", "--json")[1])
    assert described["sha256"] == entry["sha256"]
    assert described["licence"] == {"weights": "MIT"}
    assert set(described["files"]) == set(classifier.files)
    assert b"negative" in edge("inspect", "mood")[1]
    code, output, _ = edge("selftest", "mood")
    assert code == 0
    said = f"mood.tflite, on {processor_name()}, differs by at most "
    assert output.decode().startswith(said)
    report = json.loads(edge("selftest", "mood", "--json")[1])
    assert report["passed"] is True
    assert (report["sha256"], report["processor"]) == (entry["sha256"], processor_name())


def test_selftest_beyond_the_tolerance_exits_1(edge, classifier, tmp_path):
    golden = json.loads(classifier.files["golden.json"])
    golden["examples"][0]["output"] = [1.0, 0.0, 0.0]
    path = tmp_path / "other.tflite"
    path.write_bytes(classifier.seal(golden=json.dumps(golden).encode()))
    code, output, _ = edge("selftest", path)
    assert code == 1
    assert b"FAILED" in output


@pytest.mark.parametrize(
    ("deed", "expected", "message"),
    [
        ("os.kill(os.getpid(), signal.SIGKILL)", 2, "ends the process that tests it"),
        ("raise FloatingPointError('NaN')", 1, "could not answer: NaN"),
        ("raise MemoryError", 1, "ran out of memory"),
    ],
)
def test_selftest_of_a_file_that_kills_on_the_golden_texts(
    edge, classifier_path, monkeypatch, deed, expected, message
):
    code = (
        "import os, signal, sys; from export.runtime import worker_process as w\n"
        f"def deadly(engine): {deed}\n"
        "w.selftest = deadly; w.main(sys.argv[1:])"
    )
    command = [sys.executable, "-c", code]
    monkeypatch.setattr("export.runtime.worker.Worker", partial(Worker, command=command))
    code, output, errors = edge("selftest", classifier_path)
    assert (code, output) == (expected, b"")
    assert message in errors and len(errors.splitlines()) == 1


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device of Linux")
@pytest.mark.parametrize("verb", ["classify", "explain"])
def test_a_full_disk_is_no_mistake_of_the_user(edge, classifier_path, verb):
    arguments = ("--bundle", classifier_path, "--output", "/dev/full")
    code, _, errors = edge(verb, *arguments, stdin=b"good film\n")
    assert (code, errors.count("\n")) == (1, 1)
    assert errors.startswith("bert-edge: The disk is full")


def test_control_characters_of_a_bundle_do_not_reach_the_terminal(edge, classifier, tmp_path):
    values = json.loads(classifier.files["bundle.json"])
    values["name"] = "\x1b]0;owned\x07"
    path = tmp_path / "odd.tflite"
    files = {**classifier.files, "bundle.json": json.dumps(values).encode()}
    path.write_bytes(seal_bundle(classifier.graph, files))
    assert b"\x1b" not in edge("inspect", path)[1]


# In a process of its own


def test_a_line_of_words_and_influences_for_each_line_in(edge, classifier_path):
    text = b"a great film!\r\n\n" + b"good " * 20
    code, output, errors = edge("explain", "--bundle", classifier_path, stdin=text)
    first, blank, long = rows(output)
    assert code == 0
    keys = ["index", "label", "scores", "valence", "tokens", "truncated", "words"]
    assert all(list(row) == keys for row in (first, blank, long))
    with Engine.open(classifier_path) as engine:
        expected = engine.explain("a great film!")
    assert [(word["text"], word["start"], word["end"]) for word in first["words"]] == [
        ("a", 0, 1), ("great", 2, 7), ("film", 8, 12), ("!", 12, 13),
    ]  # fmt: skip
    for word, known in zip(first["words"], expected.words, strict=True):
        assert word["influence"] == pytest.approx(known.influence, abs=1e-6)
        assert word["valence_influence"] == pytest.approx(known.valence_influence, abs=1e-6)
    assert (blank["label"], blank["words"]) == (None, [])
    assert [word["truncated"] for word in long["words"]] == [False] * 14 + [True] * 6
    assert errors.startswith("1 of 3 texts were longer than 14 word pieces")


def test_explanations_of_several_languages(edge, two_languages):
    text = "good film\n质量很好\nC'est vraiment nul\n"
    code, output, errors = edge("explain", stdin=text.encode())
    english, chinese, french = rows(output)
    assert code == 0
    assert [word["text"] for word in english["words"]] == ["good", "film"]
    assert [word["text"] for word in chinese["words"]] == ["质", "量", "很", "好"]
    assert (chinese["status"], chinese["bundle"]) == ("judged", "sentiment-zh")
    assert (french["status"], french["label"], french["words"]) == (
        "unsupported language", None, [],
    )  # fmt: skip
    assert "(1 fr)" in errors


def test_the_lines_nearest_to_each_query(edge, embedder_path, tmp_path):
    source, target = tmp_path / "in.txt", tmp_path / "out.jsonl"
    lines = ["the awful plot", "", "Good film", "good film", "boring cast"] * 4_000
    source.write_text("\n".join(lines), encoding="utf-8")  # more than one chunk
    arguments = ("--input", source, "--output", target, "--top", 3)
    queries = ("--query", "GOOD film", "--query", "an awful plot")
    code, _, errors = edge("similarity", "--bundle", embedder_path, *queries, *arguments)
    found = rows(target.read_bytes())
    assert (code, errors) == (0, "")
    assert all(list(r) == ["query", "rank", "index", "similarity", "text"] for r in found)
    assert [(r["query"], r["rank"], r["index"], r["text"]) for r in found[:3]] == [
        ("GOOD film", 1, 2, "Good film"), ("GOOD film", 2, 3, "good film"),
        ("GOOD film", 3, 7, "Good film"),
    ]  # fmt: skip
    assert [(r["rank"], r["index"], r["text"]) for r in found[3:]] == [
        (1, 0, "the awful plot"), (2, 5, "the awful plot"), (3, 10, "the awful plot"),
    ]  # fmt: skip
    with Engine.open(embedder_path) as engine:
        cosines = engine.similarity(["GOOD film", "an awful plot"], lines[:5])
    assert found[0]["similarity"] == 1
    assert found[3]["similarity"] == pytest.approx(cosines[1, 0], abs=1e-6)


def test_fewer_lines_than_asked_for(edge, embedder_path):
    code, output, _ = edge(
        "similarity", "--bundle", embedder_path, "--query", "good", stdin=b"bad\n\n"
    )
    assert code == 0
    assert [(row["rank"], row["index"], row["text"]) for row in rows(output)] == [(1, 0, "bad")]


def test_long_lines_in_windows(edge, classifier_path, embedder_path, two_languages):
    lines = ["good film", "good " * 40 + "awful " * 40]
    text = "\n".join(lines).encode()
    with Engine.open(classifier_path) as engine:
        expected = engine.classify(lines, long_texts="windows")
    for bundle in (classifier_path, "auto"):
        code, output, errors = edge("classify", "--bundle", bundle, "--long", "windows", stdin=text)
        answers = rows(output)
        assert (code, errors) == (0, "")
        assert [row["truncated"] for row in answers] == [False, False]
        assert answers[1]["tokens"] == 80
        for row, verdict in zip(answers, expected, strict=True):
            assert row["scores"] == pytest.approx(verdict.scores, abs=1e-6)
    code, output, errors = edge(
        "embed", "--bundle", embedder_path, "--long", "windows", "--format", "npy", stdin=text
    )
    with Engine.open(embedder_path) as engine:
        vectors = engine.embed(lines, long_texts="windows").vectors
    assert (code, errors) == (0, "")
    np.testing.assert_array_equal(np.load(io.BytesIO(output)), vectors)
    query = ("similarity", "--bundle", embedder_path, "--query", lines[1], "--long")
    code, output, errors = edge(*query, "windows", stdin=text)
    assert (code, errors) == (0, "")
    assert [(row["index"], row["similarity"]) for row in rows(output)[:1]] == [(1, 1)]
    with Engine.open(embedder_path) as engine:
        both = engine.embed(lines, long_texts="windows").vectors
    assert rows(output)[1]["similarity"] == pytest.approx(both[0] @ both[1], abs=1e-6)
    assert edge(*query, "truncate", stdin=text)[2].startswith("1 of 2 texts were longer")


def test_mistakes_with_explanations_and_similarity(edge, classifier_path, embedder_path):
    for arguments, message in [
        (["explain", "--bundle", embedder_path], "use `embed`"),
        (["similarity", "--bundle", classifier_path, "--query", "a"], "use `classify`"),
        (["similarity", "--bundle", embedder_path], "--query"),
        (["similarity", "--bundle", embedder_path, "--query", " "], "Query 1 of 1 is blank"),
        (["similarity", "--bundle", embedder_path, "--query", "a", "--top", "0"], "top"),
        (["similarity", "--bundle", "auto", "--query", "a"], "cannot be compared"),
        (["classify", "--bundle", classifier_path, "--long", "whole"], "long"),
    ]:
        code, output, errors = edge(*arguments)
        assert (code, output) == (2, b""), arguments
        assert message in errors
        assert "Traceback" not in errors


def test_bench_measures(edge, classifier_path, tmp_path):
    report = json.loads(
        edge("bench", classifier_path, "--seconds", "0", "--threads", "1", "--json")[1]
    )
    assert report["bundle"] == "tiny-classification"
    assert [row["threads"] for row in report["latencies"]] == [1]
    assert report["best"]["texts_per_second"] > 0
    code, output, errors = edge("bench", classifier_path, "--seconds", "0", "--threads", "1")
    assert (code, errors) == (0, "")
    assert b"p95 ms" in output
    assert edge("bench", tmp_path / "no")[0] == 2
    assert edge("bench", classifier_path, "--seconds", "-1")[0] == 2


def test_resuming_needs_files(edge, embedder_path, tmp_path):
    source = tmp_path / "in.txt"
    source.write_bytes(b"good\n")
    for arguments, message in [
        (["--output", tmp_path / "out.npy"], "needs files"),
        (["--input", source], "needs files"),
        (["--input", "/dev/null", "--output", tmp_path / "out.npy"], "no regular file"),
        (["--input", tmp_path / "no", "--output", tmp_path / "out.npy"], "Cannot read"),
        (["--input", source, "--output", "/dev/null"], "no regular file"),
        (["--input", source, "--output", "/no/out.npy"], "Cannot write"),
    ]:
        code, _, errors = edge("embed", "--bundle", embedder_path, "--resume", *arguments)
        assert code == 2, arguments
        assert message in errors
        assert "Traceback" not in errors
    assert names(tmp_path) == ["in.txt"]


def test_lines_of_two_languages_can_be_resumed(edge, two_languages, tmp_path, monkeypatch):
    source, whole, target = tmp_path / "in.txt", tmp_path / "whole.jsonl", tmp_path / "out.jsonl"
    texts = ["good film", "质量很好", "C'est vraiment nul", "很好 " + "字 " * 30]
    source.write_text("\n".join(texts[number % 4] for number in range(20_000)), encoding="utf-8")
    command = ("classify", "--input", source, "--output")
    notes = edge(*command, whole)[2]
    with monkeypatch.context() as patched:
        patched.setattr("export.runtime.bulk_chunks.raise_if_requested", stop)
        code, _, errors = edge(*command, target, "--resume")
    assert code == 130
    kept, stopped = errors.splitlines()
    assert "keeps 8,192 texts; --resume goes on" in kept
    assert stopped.startswith("bert-edge: Stopped.")
    assert edge(*command, target, "--resume") == (0, b"", notes)
    assert "5,000 of 20,000 texts are in a language without a bundle (5,000 fr)" in notes
    assert target.read_bytes() == whole.read_bytes()


def stop() -> None:
    raise KeyboardInterrupt
