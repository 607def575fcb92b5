"""What the terminal shows; and that nothing else is shown anything."""

import io

from export.runtime.progress_line import ProgressLine, describe


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_share_rate_and_time_left():
    assert describe(12_345, 42, 100, 13.0) == " 42%  12,345 texts  950/s  0:18 left"
    assert describe(500, 0, None, 2.0) == "500 texts  250/s"
    assert describe(10, 100, 100, 5.0) == "100%  10 texts  2/s  0:00 left"


def test_what_an_earlier_run_did_counts_for_no_speed():
    line = describe(1500, 600, 1000, 10.0, texts_before=1000, bytes_before=500)
    assert line == " 60%  1,500 texts  50/s  0:40 left"
    line = describe(1000, 500, 1000, 0.1, texts_before=1000, bytes_before=500)
    assert line == "1,000 texts  0/s"


def test_a_terminal_sees_it_and_a_file_does_not(monkeypatch):
    now = [100.0]
    monkeypatch.setattr("time.monotonic", lambda: now[0])
    terminal, file = Terminal(), io.StringIO()
    for stream in (terminal, file):
        with ProgressLine(stream, total_bytes=1000) as line:
            report = line.within_chunk(texts=100, bytes_read=200, more=50, end=600)
            now[0] += 4.0
            report(25)
    assert " 40%  125 texts  31/s  0:06 left" in terminal.getvalue()
    assert terminal.getvalue().endswith("\r\x1b[2K")  # cleared at the end
    assert file.getvalue() == ""
