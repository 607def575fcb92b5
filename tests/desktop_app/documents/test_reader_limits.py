"""What a reader may take at most: read from a process that takes all it gets."""

import sys
from pathlib import Path

import pytest

from desktop_app.documents.document_error import DocumentError
from desktop_app.documents.parser_process import MEMORY_LIMIT_BYTES, PAGE_SECONDS, ParserProcess

GREEDY = """
import re, sys
from pathlib import Path
from desktop_app.documents import plain_text
def greedy(reading):
    held = []
    try:
        while True:
            held.append(bytearray(b"x" * (1 << 20)))
    finally:
        peak = re.search(r"VmHWM:\\s+(\\d+) kB", Path("/proc/self/status").read_text())
        reading.path.with_name("peak").write_text(peak[1])
plain_text.open_plain_text = greedy
from desktop_app.documents.parser_child import main
main(sys.argv[1:])
"""


@pytest.mark.skipif(sys.platform != "linux", reason="reads the peak from /proc")
def test_a_page_has_ten_seconds_and_a_reader_has_an_end_of_memory(tmp_path: Path) -> None:
    assert PAGE_SECONDS == 10.0
    (tmp_path / "a.txt").write_text("x\n")
    with pytest.raises(DocumentError, match="memory") as caught:
        ParserProcess(command=(sys.executable, "-c", GREEDY)).preview(tmp_path / "a.txt")
    assert caught.value.reason == "no memory"
    peak = int((tmp_path / "peak").read_text()) << 10
    assert 100 << 20 < peak < MEMORY_LIMIT_BYTES <= 1 << 30
