"""Whole files judged by the shipped bundles in processes of their own."""

import os
import signal
import sys
from pathlib import Path

import pytest

from desktop_app.analysis.bundle_routes import shipped_routes
from desktop_app.analysis.document_import import ImportWish
from desktop_app.analysis.news import ColumnsChanged, Explained, Failed, Progressed, ProjectOpened
from desktop_app.analysis.worker_shelf import background_worker
from desktop_app.command.judge import open_judge
from desktop_app.documents.read_options import ReadOptions
from export.runtime.engine import Engine
from export.runtime.worker import Worker

CHILD = Path(__file__).with_name("mortal_child.py")
TEXTS = [
    *(f"The film number {n} was not so bad and it was great." for n in range(60)),
    *(f"第{n}次住这里，房间很干净，服务也好。" for n in range(20)),
    "Der Film war langweilig und viel zu lang, schade um das Geld.",
    "",
    "word " * 400,
]


@pytest.fixture
def workers():
    return []


@pytest.fixture
def real(desk, tmp_path, workers):
    def factory(bundle, restarts):
        workers.append(background_worker(bundle, restarts))
        return workers[-1]

    return desk(tmp_path / "projects", factory, shipped_routes)


def test_a_file_is_judged_as_on_the_command_line_and_a_killed_worker_costs_nothing(
    real, tmp_path, workers
):
    desk, listener = real
    path = tmp_path / "reviews.csv"
    path.write_text("text\n" + "".join(f'"{text}"\n' for text in TEXTS), encoding="utf-8")
    desk.import_document(ImportWish(path=path, options=ReadOptions(), text_column="text"))
    listener.wait(Progressed, lambda item: item.progress.stage == "judging")
    listener.wait(
        Progressed, lambda item: item.progress.stage == "judging" and item.progress.done > 2
    )
    os.kill(workers[0].pid, signal.SIGKILL)
    listener.ended()
    assert workers[0].restarts == 1 and not listener.all(Failed)
    columns = listener.last(ColumnsChanged).columns
    opened = listener.last(ProjectOpened)
    rows = opened.project.rows(columns.rows.tolist(), opened.routes.routing)
    judge = open_judge("auto", long_texts="truncate", threads=1)
    expected = judge.judge(TEXTS, lambda _: None)
    judge.close()
    assert [row.text for row in rows] == TEXTS
    for row, status, judgement in zip(rows, columns.status, expected, strict=True):
        assert columns.statuses[status] == judgement.shown_status
        if judgement.verdict is None:
            assert row.verdict is None
        else:
            assert row.verdict.label == judgement.verdict.label
            scores = tuple(judgement.verdict.scores.values())
            assert row.verdict.scores == pytest.approx(scores, abs=1e-5)
    assert {columns.statuses[status] for status in columns.status} == {
        "judged",
        "unsupported language",
        "blank",
        "truncated",
    }
    desk.explain(60, int(columns.rows[60]))
    (sentence,) = listener.wait(Explained).sentences
    words = sentence.explanation.words
    assert sentence.explanation.verdict.label == rows[60].verdict.label
    with Engine.open("sentiment-zh", num_threads=1, num_workers=1) as engine:
        expected_words = engine.explain(TEXTS[60]).words
    assert [word.text for word in words] == [word.text for word in expected_words]
    assert [word.influence for word in words] == pytest.approx(
        [word.influence for word in expected_words], abs=1e-5
    )


def test_one_text_kills_its_process_each_time_and_one_hangs_once(desk, tmp_path, workers):
    def factory(bundle, restarts):
        command = (sys.executable, "-P", str(CHILD), str(tmp_path / "hung"))
        made = Worker(bundle, on_restart=restarts, watchdog_seconds=4.0, command=command)
        workers.append(made)
        return made

    desk, listener = desk(tmp_path / "projects", factory, shipped_routes)
    texts = [f"第{n}次住这里，房间很干净。" for n in range(40)]
    texts[11], texts[33] = "这句话让程序死掉。", "这句话让程序停住。"
    path = tmp_path / "reviews.txt"
    path.write_text("\n".join(texts), encoding="utf-8")
    desk.import_document(ImportWish(path=path, options=ReadOptions(), text_column="text"))
    listener.ended()
    columns = listener.last(ColumnsChanged).columns
    statuses = [columns.statuses[status] for status in columns.status]
    assert [place for place, status in enumerate(statuses) if status != "judged"] == [11]
    assert statuses[11] == "failed" and (tmp_path / "hung").exists()
    assert not listener.all(Failed)
    assert 3 <= workers[0].restarts <= 5
