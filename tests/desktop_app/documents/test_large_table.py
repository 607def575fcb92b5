"""Memory does not grow with the number of rows: it is measured in a process of its own."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
READ = """
import json, re, sys, time
from pathlib import Path
from desktop_app.documents.open_document import document_rows
begun = time.process_time()
rows = document_rows(Path(sys.argv[1]))
next(rows)
first = time.process_time() - begun
count = 1 + sum(1 for _ in rows)
peak = re.search(r"VmHWM:\\s+(\\d+) kB", Path("/proc/self/status").read_text())
print(json.dumps([count, int(peak[1]) << 10, first]))
"""
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="reads the peak from /proc")


def read(path: Path, rows: int) -> tuple[int, float]:
    """Peak of resident bytes, and seconds of work until the first row, of so many rows."""
    block = "".join(f"{n},这家店的服务真的很好，下次还会来,{n % 5}\n" for n in range(1_000))
    with path.open("wb") as stream:
        stream.write("id,评论,score\n".encode("gb18030"))
        for _ in range(rows // 1_000):
            stream.write(block.encode("gb18030"))
    done = subprocess.run(
        [sys.executable, "-c", READ, str(path)], cwd=ROOT, capture_output=True, text=True,
        check=True,
    )  # fmt: skip
    path.unlink()
    count, peak, first = json.loads(done.stdout)
    assert count == rows
    return peak, first


def test_ten_times_the_rows_take_no_more_memory(tmp_path):
    few, _ = read(tmp_path / "few.csv", 20_000)
    many, first = read(tmp_path / "many.csv", 200_000)
    assert many - few < 16 << 20
    assert many < 500_000_000
    assert first < 2.0


@pytest.mark.soak
def test_ten_million_rows_stream_in_500_megabytes(tmp_path):
    peak, first = read(tmp_path / "large.csv", 10_000_000)
    assert peak < 500_000_000
    assert first < 2.0
