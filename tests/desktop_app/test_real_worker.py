"""The window on the worker process itself, with the shipped bundles."""

import dataclasses
import os
import signal

import pytest

from desktop_app.views.main_window import CLASSIFY, EMBEDDINGS
from desktop_app.workers.worker_start import runtime_worker
from export.runtime.bundle import LABELS, labels_bytes, read_bundle, seal_bundle
from export.runtime.catalogue import find_bundle
from export.runtime.metadata import METADATA

PATIENCE_MS = 20_000


@pytest.fixture
def desktop(make_desktop, qtbot):
    """The application on real processes, its first bundle open."""

    def factory(bundle, restarts):
        return runtime_worker(str(find_bundle(bundle)), restarts)

    made = make_desktop(factory)
    with qtbot.waitSignal(made.bundle_shown, timeout=PATIENCE_MS):
        made.start()
    return made


def test_text_is_judged(qtbot, desktop):
    page = desktop.classify_page
    with qtbot.waitSignal(page.judged, timeout=PATIENCE_MS) as judged:
        qtbot.keyClicks(page.editor, "What a great film! The plot was awful.")
    verdict = judged.args[0]
    assert verdict.label in desktop.bundles.requests[CLASSIFY].metadata.labels
    assert sum(verdict.scores.values()) == pytest.approx(1.0, abs=1e-3)
    qtbot.waitUntil(lambda: page._analysis.complete, timeout=PATIENCE_MS)
    assert page.rows.rowCount() == 2


def test_the_window_survives_the_death_of_its_worker(qtbot, desktop):
    page = desktop.classify_page
    with qtbot.waitSignal(page.judged, timeout=PATIENCE_MS):
        qtbot.keyClicks(page.editor, "A good film.")
    worker = desktop.bundles.requests[CLASSIFY].worker
    for _ in range(2):
        before = worker.pid
        qtbot.keyClicks(page.editor, " Then")
        os.kill(before, signal.SIGKILL)
        with qtbot.waitSignal(page.judged, timeout=PATIENCE_MS) as judged:
            qtbot.keyClicks(page.editor, " it broke.")
        assert judged.args[0].label is not None
        qtbot.waitUntil(lambda old=before: worker.pid not in (None, old), timeout=PATIENCE_MS)
    assert "started again" in page.messages.text
    assert desktop.window.isVisible()
    assert worker.restarts == 2


def test_killed_in_the_middle_of_a_long_text_nothing_is_missing(qtbot, desktop):
    page = desktop.classify_page
    text = " ".join(f"The film number {n} was not so bad and it was great." for n in range(300))
    page.show_text(text)
    qtbot.waitUntil(lambda: page._analysis.done > 0, timeout=PATIENCE_MS)
    os.kill(desktop.bundles.requests[CLASSIFY].worker.pid, signal.SIGKILL)
    qtbot.waitUntil(lambda: page._analysis.complete, timeout=PATIENCE_MS)
    assert page._analysis.done == 300


@pytest.mark.parametrize("damage", ["empty", "cut", "flipped", "foreign"])
def test_a_bad_file_is_refused_and_the_old_model_stays(qtbot, desktop, tmp_path, damage):
    good = find_bundle("sentiment-en").read_bytes()
    half = len(good) // 2
    content = {
        "empty": b"",
        "cut": good[:half],
        "flipped": good[:half] + bytes([good[half] ^ 1]) + good[half + 1 :],
        "foreign": b"\x1c\x00\x00\x00TFL3" + bytes(200),
    }[damage]
    path = tmp_path / "bad model 模型.tflite"
    path.write_bytes(content)
    with qtbot.waitSignal(desktop.bundles.opener.refused, timeout=PATIENCE_MS):
        desktop.window.open_path(str(path))
    page = desktop.classify_page
    assert path.name in page.messages.text
    with qtbot.waitSignal(page.judged, timeout=PATIENCE_MS):
        page.show_text("A good film.")


def test_a_bundle_with_labels_of_its_own_works(qtbot, desktop, tmp_path):
    bundle = read_bundle(find_bundle("sentiment-en"))
    labels = tuple(f"Thema {number}" for number in range(len(bundle.metadata.labels)))
    metadata = dataclasses.replace(bundle.metadata, name="Themen", labels=labels, label_values=None)
    files = {name: data for name, data in bundle.files.items() if name != "manifest.json"}
    files |= {METADATA: metadata.to_bytes(), LABELS: labels_bytes(labels)}
    path = tmp_path / "themen.tflite"
    path.write_bytes(seal_bundle(bundle.graph, files))
    page = desktop.classify_page
    with qtbot.waitSignal(desktop.bundle_shown, timeout=PATIENCE_MS):
        desktop.window.open_path(str(path))
    with qtbot.waitSignal(page.judged, timeout=PATIENCE_MS) as judged:
        page.show_text("A good film.")
    assert judged.args[0].label in labels
    assert "Thema" in page.verdict_panel.accessibleName()


@pytest.fixture
def chinese(tmp_path):
    """A stand-in bundle that says it reads Chinese."""
    bundle = read_bundle(find_bundle("sentiment-en"))
    metadata = dataclasses.replace(bundle.metadata, name="stand-in", language="zh")
    files = {name: data for name, data in bundle.files.items() if name != "manifest.json"}
    path = tmp_path / "stand-in.tflite"
    path.write_bytes(seal_bundle(bundle.graph, {**files, METADATA: metadata.to_bytes()}))
    return str(path)


def test_two_languages_are_judged_by_two_processes(qtbot, desktop, chinese):
    page, requests = desktop.classify_page, desktop.bundles.requests[CLASSIFY]
    desktop.bundles.choices[CLASSIFY]._by_language["zh"] = chinese
    pids = []
    for text in ("A good film.", "质量很好。", "A bad film."):
        with qtbot.waitSignal(page.judged, timeout=PATIENCE_MS):
            page.show_text(text)
        pids.append(requests.worker.pid)
    assert pids[0] == pids[2] != pids[1]  # the first one was kept
    assert len(desktop.bundles.open_bundles) == 2


def test_a_question_finds_what_means_the_same(qtbot, desktop):
    page = desktop.embeddings_page
    desktop.window.show_page(EMBEDDINGS)
    page.show_text(
        "The ship reached the harbour at dawn.\n"
        "Our physician prescribed a new medicine.\n"
        "He forgot to water the plants.\n"
    )
    page.ask("the doctor gave me some pills")
    qtbot.waitUntil(lambda: page.rows.rowCount() == 3, timeout=PATIENCE_MS)
    assert page.rows.match_at(0).passage.text.startswith("Our physician")
    assert page.rows.match_at(0).similarity > page.rows.match_at(1).similarity + 0.1


def test_a_killed_worker_reads_the_corpus_to_its_end(qtbot, desktop):
    page = desktop.embeddings_page
    desktop.window.show_page(EMBEDDINGS)
    page.show_text("\n".join(f"Line number {n} of the corpus." for n in range(300)), "line")
    qtbot.waitUntil(lambda: page.reading.text.startswith(("8 of", "16 of")), timeout=PATIENCE_MS)
    os.kill(desktop.bundles.requests[EMBEDDINGS].worker.pid, signal.SIGKILL)
    qtbot.waitUntil(lambda: "all read" in page.reading.text, timeout=PATIENCE_MS)


def test_an_embedding_bundle_does_not_go_to_the_page_of_verdicts(qtbot, desktop):
    with qtbot.waitSignal(desktop.bundle_shown, timeout=PATIENCE_MS):
        desktop.window.open_path(str(find_bundle("embedding-en")))
    assert desktop.window.page == EMBEDDINGS
    assert desktop.bundles.requests[CLASSIFY].metadata.task == "classification"
