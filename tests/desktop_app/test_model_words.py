import pytest
from fake_models import SELFTEST

from desktop_app.language import LanguageSwitch
from desktop_app.model_words import everything, selftest_words
from desktop_app.views.question_row import shortened


@pytest.fixture(autouse=True)
def english(qapp):
    switch = LanguageSwitch(qapp)
    switch.use("en")
    yield
    switch.remove()


def test_a_failed_self_test_is_said_plainly():
    far = {**SELFTEST, "largest_difference": 0.31, "passed": False}
    assert selftest_words(far).startswith(
        "Not passed: on this processor the answers differ by 0.31 from"
    )
    near = {**SELFTEST, "largest_difference": 4.99e-09}
    assert "differ by at most 0.0001 from those" in selftest_words(near)
    other = {**SELFTEST, "token_mismatches": 2, "passed": False}
    assert selftest_words(other) == ("Not passed: of 9 examples 2 are read as other word pieces.")
    assert selftest_words({}) == ""


def test_everything_is_shown_line_by_line_and_nothing_is_invisible():
    about = {"name": "a\nb\u202ec", "recipe": {"name": "int8", "tolerance": {"x": 0.5}}, "n": []}
    assert everything(about).split("\n") == [
        "name: a\\nb\\u202ec",
        "recipe",
        "    name: int8",
        "    tolerance",
        "        x: 0.5",
        "n: []",
    ]


def test_a_question_has_room_for_any_name():
    assert shortened("reviews.csv") == "reviews.csv"
    assert shortened("a" * 500 + ".csv") == "a" * 24 + "…" + "a" * 20 + ".csv"
