"""Whatever happens to the process that reads, the caller lives and is told in words."""

import os
import signal
import sys
import threading
import time
from itertools import islice
from pathlib import Path

import psutil
import pytest
from make_documents import make_endless_xlsx, make_pdf

from desktop_app.documents import parser_process
from desktop_app.documents.document_error import DocumentError
from desktop_app.documents.open_document import document_rows, preview_document
from desktop_app.documents.parser_child import BATCH_ROWS, WINDOW
from desktop_app.documents.parser_process import ParserProcess
from desktop_app.documents.read_options import ReadOptions

pytestmark = pytest.mark.skipif(os.name == "nt", reason="signals are POSIX")
XLS = Path(__file__).parent / "samples" / "table.xls"
ROOT = Path(__file__).parents[3]


def child(code: str) -> tuple[str, ...]:
    """A parser child whose readers were changed first, for what no small file brings about."""
    main = "import sys\nfrom desktop_app.documents.parser_child import main\nmain(sys.argv[1:])"
    return (sys.executable, "-c", f"{code}\n{main}")


def large_csv(tmp_path, rows=200_000):
    path = tmp_path / "large.csv"
    path.write_text("id,text\n" + "".join(f"{n},some words\n" for n in range(rows)))
    return path


def test_the_same_as_in_this_process(tmp_path):
    path = tmp_path / "表.csv"
    path.write_bytes("id,评论\n1,很好\n2\n".encode("gb18030") + b"3,\x80\xff\n")
    parser = ParserProcess()
    assert parser.preview(path) == preview_document(path)
    options = ReadOptions(delimiter="", header=False)
    assert list(parser.rows(path, options)) == list(document_rows(path, options))
    assert parser.preview(XLS).columns == ("编号", "评论", "评分")
    assert parser.pids == []


def test_errors_keep_their_words_and_reason(tmp_path):
    with pytest.raises(DocumentError, match="cannot be opened") as caught:
        ParserProcess().preview(tmp_path / "missing.csv")
    assert caught.value.reason == "missing"


def test_the_child_waits_for_who_takes_the_rows_and_dies_with_the_reading(tmp_path):
    parser = ParserProcess()
    batches = parser.row_batches(large_csv(tmp_path))
    assert len(next(batches)) <= BATCH_ROWS
    (pid,) = parser.pids
    process = psutil.Process(pid)
    time.sleep(0.5)
    before = process.cpu_times()
    time.sleep(0.3)
    assert process.cpu_times() == before  # it waits: at most WINDOW batches are on their way
    assert WINDOW < 10
    batches.close()
    assert not psutil.pid_exists(pid)


def test_a_killed_child_is_told(tmp_path):
    parser = ParserProcess()
    rows = parser.rows(large_csv(tmp_path))
    next(rows)
    os.kill(parser.pids[0], signal.SIGKILL)
    with pytest.raises(DocumentError, match="SIGKILL") as caught:
        list(rows)
    assert caught.value.reason == "reader"
    assert parser.preview(tmp_path / "large.csv").rows[0].cells == ("0", "some words")


def test_cancel_ends_a_reading_from_another_thread(tmp_path):
    parser = ParserProcess(command=child(HANGING))
    path = make_pdf(tmp_path / "book.pdf", [["one"], ["two"]])
    timer = threading.Timer(0.5, parser.cancel)
    timer.start()
    with pytest.raises(DocumentError, match="cancelled") as caught:
        list(parser.rows(path))
    assert caught.value.reason == "cancelled"
    assert parser.pids == []


def test_a_cancel_before_the_first_row_is_taken_ends_the_reading(tmp_path):
    parser = ParserProcess(command=(sys.executable, "-c", "import time; time.sleep(60)"))
    batches = parser.row_batches(tmp_path / "a.csv")
    rows = parser.rows(tmp_path / "a.csv")
    parser.cancel()
    for reading in (batches, rows):
        with pytest.raises(DocumentError) as caught:
            next(reading)
        assert caught.value.reason == "cancelled"
    assert parser.pids == []


def test_a_cancel_while_the_process_starts_ends_the_reading(tmp_path, monkeypatch):
    parser = ParserProcess(command=(sys.executable, "-c", "import time; time.sleep(60)"))
    real = parser_process.ChildProcess

    def starting(*arguments, **how):
        child = real(*arguments, **how)
        parser.cancel()  # nobody knows the child yet
        return child

    monkeypatch.setattr(parser_process, "ChildProcess", starting)
    with pytest.raises(DocumentError) as caught:
        next(parser.row_batches(tmp_path / "a.csv"))
    assert caught.value.reason == "cancelled"
    assert parser.pids == []


CALAMINE = """
from desktop_app.documents import native_workbook, open_file
open_file.document_kind = lambda path: "xls"
"""


def test_calamine_asking_for_all_memory_ends_only_its_process(tmp_path):
    path = make_endless_xlsx(tmp_path / "endless.xlsx")
    with pytest.raises(DocumentError, match="lost") as caught:
        ParserProcess(command=child(CALAMINE)).preview(path)
    assert caught.value.reason == "reader"
    assert ParserProcess().preview(path).rows[0].cells[0] == "first"


HANGING = """
import time
from desktop_app.documents import pdf_text
real = pdf_text._page_paragraphs
pdf_text._page_paragraphs = lambda document, page: (
    time.sleep(600) if page == 1 else real(document, page)
)
"""


def test_a_page_that_takes_too_long_is_one_bad_row(tmp_path):
    path = make_pdf(tmp_path / "book.pdf", [["one"], ["two"], ["three"]])
    parser = ParserProcess(page_seconds=4.0, command=child(HANGING))
    rows = list(parser.rows(path))
    assert [(*row.cells, row.status) for row in rows] == [
        ("1", "one", "ok"),
        ("2", "", "unreadable"),
        ("3", "three", "ok"),
    ]
    assert "no sign of life for 4 seconds" in rows[1].note


DYING = """
import os
from desktop_app.documents import plain_text
real = plain_text.open_plain_text
plain_text.open_plain_text = lambda reading: (
    os.abort() if reading.path.name == "b.txt" and not reading.head_only else real(reading)
)
"""


def test_a_file_of_a_folder_that_ends_the_process_is_one_bad_row(tmp_path):
    for name in "abc":
        (tmp_path / f"{name}.txt").write_text(f"{name} 1\n{name} 2\n")
    rows = list(ParserProcess(command=child(DYING)).rows(tmp_path))
    assert [row.cells for row in rows] == [
        ("a.txt", "a 1"),
        ("a.txt", "a 2"),
        ("b.txt", ""),
        ("c.txt", "c 1"),
        ("c.txt", "c 2"),
    ]
    assert rows[2].status == "unreadable"
    assert "SIGABRT" in rows[2].note


def test_a_child_that_hangs_is_given_up(tmp_path):
    (tmp_path / "a.txt").write_text("x\n")
    hanging = "import time\nfrom desktop_app.documents import plain_text\n"
    hanging += "plain_text.open_plain_text = lambda reading: time.sleep(600)"
    with pytest.raises(DocumentError, match="no sign of life"):
        ParserProcess(watchdog_seconds=3.0, command=child(hanging)).preview(tmp_path / "a.txt")


def test_memory_has_an_end(tmp_path):
    greedy = "from desktop_app.documents import plain_text\n"
    greedy += "plain_text.open_plain_text = lambda reading: bytearray(1 << 33)"
    (tmp_path / "a.txt").write_text("x\n")
    with pytest.raises(DocumentError, match="memory") as caught:
        ParserProcess(command=child(greedy)).preview(tmp_path / "a.txt")
    assert caught.value.reason == "no memory"


def test_nobody_reading_leaves_no_process(tmp_path):
    with ParserProcess() as parser:
        rows = parser.rows(large_csv(tmp_path, 1_000))
        assert len(list(islice(rows, 10))) == 10
        rows.close()
        assert parser.pids == []
