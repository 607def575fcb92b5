"""On the screen numbers look as the reader's country writes them; clocks may be set meanwhile."""

import ast
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale

from desktop_app.numbers import percent, signed, similarity, whole

ROOT = Path(__file__).parents[2]
DEVICE_SIDE = ("desktop_app", "export/runtime")


@pytest.fixture
def country():
    """Changes the country of this process."""
    before = QLocale()
    yield lambda name: QLocale.setDefault(QLocale(name))
    QLocale.setDefault(before)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("en_US", ("1,234,567", "0.25", "+1.5")),
        ("de_DE", ("1.234.567", "0,25", "+1,5")),
        ("fr_FR", ("1\u202f234\u202f567", "0,25", "+1,5")),
        ("zh_CN", ("1,234,567", "0.25", "+1.5")),
    ],
)
def test_counts_and_decimals_follow_the_country(country, name, shown):
    country(name)
    assert (whole(1_234_567), similarity(0.25), signed(1.5)) == shown
    assert percent(0.5).strip("%\u00a0\u202f") == "50"


def wall_clocks(path: Path) -> list[str]:
    """Calls that change when somebody sets the clock, and what is not of the day itself."""
    return [
        ast.unparse(node)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and ast.unparse(node.func) in ("time.time", "time.time_ns")
    ]


def test_spans_of_time_are_measured_by_a_clock_that_nobody_sets():
    """The wall clock is only compared with the times of files, which come from it."""
    found = {
        path.name
        for folder in DEVICE_SIDE
        for path in (ROOT / folder).rglob("*.py")
        if wall_clocks(path)
    }
    assert found <= {"window_seat.py"}
