"""Where a batch takes more memory than there is, texts go one by one; then a message is due."""

import os
import sys
import textwrap

import psutil
import pytest

from desktop_app.analysis.bundle_routes import shipped_routes
from desktop_app.analysis.document_import import ImportWish
from desktop_app.analysis.news import ColumnsChanged, Failed
from desktop_app.documents.read_options import ReadOptions
from export.runtime.worker import Worker

pytestmark = pytest.mark.skipif(os.name == "nt", reason="memory limits are POSIX")
GREEDY = """
    import sys
    from export.runtime import worker_process as w
    real = w.Engine.outputs
    def outputs(engine, texts, **named):
        if len(texts) > {most}:
            bytearray(1 << 60)  # as the interpreter does for a batch that is too large
        return real(engine, texts, **named)
    w.Engine.outputs = outputs
    w.main(sys.argv[1:])
"""
ROWS = 24


@pytest.fixture
def judge(desk, tmp_path):
    """Judges a file with processes that cannot hold more than so many texts."""
    workers = []

    def run(most: int):
        def factory(bundle, restarts):
            command = (sys.executable, "-c", textwrap.dedent(GREEDY.format(most=most)))
            workers.append(Worker(bundle, on_restart=restarts, command=command))
            return workers[-1]

        path = tmp_path / "reviews.csv"
        lines = "".join(f"The film number {n} was great.\n" for n in range(ROWS))
        path.write_text("text\n" + lines, "utf-8")
        made, listener = desk(tmp_path / "projects", factory, shipped_routes)
        made.import_document(ImportWish(path=path, options=ReadOptions(), text_column="text"))
        return listener, workers

    return run


def statuses(listener) -> list[str]:
    columns = listener.last(ColumnsChanged).columns
    return [columns.statuses[status] for status in columns.status]


def test_every_text_is_judged_alone_where_a_batch_is_too_large(judge):
    before = psutil.Process().memory_info().rss
    listener, workers = judge(1)
    listener.ended()
    assert statuses(listener) == ["judged"] * ROWS
    assert not listener.all(Failed) and workers[0].restarts == 0
    assert psutil.Process().memory_info().rss - before < 200 << 20


def test_where_not_even_one_text_fits_it_is_told_and_no_text_is_blamed(judge):
    listener, _ = judge(0)
    assert "memory" in listener.wait(Failed).reason
    assert statuses(listener) == ["waiting"] * ROWS
