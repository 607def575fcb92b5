import json

import pytest
from fake_models import SELFTEST, SPEED

from desktop_app.models.measurements import Measurements

SHA = "a" * 64


def test_a_report_comes_back_for_the_same_file_and_processor(tmp_path):
    path = tmp_path / "deep" / "measurements.json"
    kept = Measurements(path, "Xeon")
    kept.store(SHA, "speed", SPEED)
    kept.store(SHA, "selftest", SELFTEST)
    fresh = Measurements(path, "Xeon")
    assert (fresh.get(SHA, "speed"), fresh.get(SHA, "selftest")) == (SPEED, SELFTEST)
    assert fresh.get("b" * 64, "speed") is None
    assert Measurements(path, "Ryzen").get(SHA, "speed") is None


@pytest.mark.parametrize(
    "content",
    ["", "[1]", '{"a": 3}', "{" * 50_000, json.dumps({SHA: {"Xeon": {"speed": {"best": {}}}}}),
     json.dumps({SHA: {"Xeon": {"speed": {**SPEED, "latencies": [{"tokens": "x"}]}}}}),
     json.dumps({SHA: {"Xeon": 5}}), " " * 2_000_000],
)  # fmt: skip
def test_what_makes_no_sense_is_left_out(tmp_path, content):
    path = tmp_path / "measurements.json"
    path.write_text(content)
    kept = Measurements(path, "Xeon")
    assert kept.get(SHA, "speed") is None
    kept.store(SHA, "speed", SPEED)
    assert Measurements(path, "Xeon").get(SHA, "speed") == SPEED


def test_the_file_stays_small_and_need_not_be_writable(tmp_path):
    path = tmp_path / "measurements.json"
    known = {f"{number:064}": {"Xeon": {"selftest": SELFTEST}} for number in range(100)}
    path.write_text(json.dumps(known))
    kept = Measurements(path, "Xeon")
    for number in (100, 1, 101):
        kept.store(f"{number:064}", "selftest", SELFTEST)
    assert len(json.loads(path.read_text())) == 100
    assert [kept.get(f"{number:064}", "selftest") is None for number in (0, 1, 2, 101)] == [
        True,
        False,
        True,
        False,
    ]
    (tmp_path / "file").write_text("")
    nowhere = Measurements(tmp_path / "file" / "m.json", "Xeon")
    nowhere.store(SHA, "speed", SPEED)
    assert nowhere.get(SHA, "speed") == SPEED
