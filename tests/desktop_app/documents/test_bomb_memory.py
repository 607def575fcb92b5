"""What unpacking costs in memory: each file is read in a process of its own."""

import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from make_documents import make_docx, make_xlsx, replace_part

ROOT = Path(__file__).parents[3]
MOST_GROWTH = 64 << 20  # bytes above what a small file of the kind takes
READ = """
import json, re, sys
from pathlib import Path
from desktop_app.documents.document_error import DocumentError
from desktop_app.documents.open_document import document_rows
count, reason = 0, ""
try:
    for row in document_rows(Path(sys.argv[1])):
        count += 1
except DocumentError as error:
    reason = error.reason
peak = re.search(r"VmHWM:\\s+(\\d+) kB", Path("/proc/self/status").read_text())
print(json.dumps([int(peak[1]) << 10, count, reason]))
"""
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="reads the peak from /proc")


def read(path: Path) -> tuple[int, int, str]:
    """Peak of resident bytes, rows, and why it was refused."""
    done = subprocess.run(
        [sys.executable, "-c", READ, str(path)], cwd=ROOT, capture_output=True, text=True,
        timeout=60, check=True,
    )  # fmt: skip
    peak, rows, reason = json.loads(done.stdout)
    return peak, rows, reason


def zeros(path: Path, part: str, size: int) -> Path:
    """The zip with one more part, of zeros, a thousandth of its size in the file."""
    with (
        zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive,
        archive.open(part, "w", force_zip64=True) as stream,
    ):
        for _ in range(size >> 20):
            stream.write(bytes(1 << 20))
    return path


def paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("bombs")


@pytest.fixture(scope="module")
def small(folder):
    """Peaks of small files."""
    docx = make_docx(folder / "small.docx", paragraph("x"))
    xlsx = make_xlsx(folder / "small.xlsx", {"one": [["x"], ["y"]]})
    return {path.suffix: read(path)[0] for path in (docx, xlsx)}


@pytest.mark.parametrize("size", [104 << 20, 1 << 20])
def test_a_bomb_costs_no_more_than_64_megabytes(folder, small, size):
    """Beside it stands a part a hundred times as large as any text, or only a large one."""
    docx = zeros(make_docx(folder / f"{size}.docx", paragraph("x")), "word/media/x.bin", size)
    xlsx = zeros(make_xlsx(folder / f"{size}.xlsx", {"one": [["x"], ["y"]]}), "xl/x.bin", size)
    for path in (docx, xlsx):
        peak, rows, reason = read(path)
        assert peak - small[path.suffix] <= MOST_GROWTH
        refused = size > 100 << 20
        assert (rows == 0, reason) == (refused, "too large" if refused else "")


def test_the_largest_text_that_any_ratio_may_have_costs_no_more(folder, small):
    docx = make_docx(folder / "long.docx", paragraph("x" * (15 << 20)))
    peak, rows, reason = read(docx)
    assert (rows, reason) == (1, "") and peak - small[".docx"] <= MOST_GROWTH
    xlsx = make_xlsx(folder / "long.xlsx", {"one": [["x"], ["y"]]})
    cell = b'<row r="%d"><c r="A%d" t="inlineStr"><is><t>%s</t></is></c></row>'
    cells = b"".join(cell % (n, n, b"x" * 30_000) for n in range(1, 500))
    namespace = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    sheet = b'<worksheet xmlns="%s"><sheetData>%s</sheetData></worksheet>' % (namespace, cells)
    peak, rows, reason = read(replace_part(xlsx, "xl/worksheets/sheet1.xml", sheet))
    assert rows >= 498 and reason == "" and peak - small[".xlsx"] <= MOST_GROWTH


def test_a_zip_inside_a_document_is_never_unpacked(folder, small):
    inner = zeros(folder / "inner.zip", "bomb.xml", 100 << 20).read_bytes()
    docx = replace_part(make_docx(folder / "nested.docx", ""), "word/document.xml", inner)
    xlsx = make_xlsx(folder / "nested.xlsx", {"one": [["x"]]})
    replace_part(xlsx, "xl/worksheets/sheet1.xml", inner)
    for path in (docx, xlsx):
        peak, rows, reason = read(path)
        assert (rows, reason != "") == (0, True)
        assert peak - small[path.suffix] <= MOST_GROWTH
