"""The real window, its worker and then the window itself killed: nothing is lost."""

from pathlib import Path

import pytest

from benchmarks.window_journey import GAP_GOALS, travel


def test_a_short_journey_loses_nothing(tmp_path: Path) -> None:
    report = travel(tmp_path, table_rows=1200, sheet_rows=40)
    assert report["lost"] == []
    assert report["rows"] == report["second"]["rows_before"] == 1240
    assert report["first"]["killed_workers"] >= 1 and len(report["first"]["labels"]) == 2
    assert 0 < report["second"]["judged_before"] < 1240


@pytest.mark.soak
def test_fifty_thousand_rows(tmp_path: Path) -> None:
    report = travel(tmp_path, table_rows=50_000, sheet_rows=500)
    print(report)
    assert report["lost"] == []
    assert all(report["gaps"][name] <= goal for name, goal in GAP_GOALS.items())
