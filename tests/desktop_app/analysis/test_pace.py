import pytest

from desktop_app.analysis.pace import FIRST_TEXTS, LEAST_COST, MOST_TEXTS, Pace, text_cost


def test_the_first_request_is_small():
    assert Pace().take([10.0] * 500) == FIRST_TEXTS
    assert Pace().take([10.0] * 3) == 3


def test_requests_take_the_time_that_is_aimed_at():
    pace = Pace(seconds=0.2)
    for _ in range(20):  # a machine that does 40,000 tokens a second
        pace.learn(4_000.0, 0.1)
    assert pace.take([100.0] * 500) == 80
    assert pace.take([20.0] * 500) == 400
    for _ in range(20):  # and becomes two times slower
        pace.learn(4_000.0, 0.2)
    assert pace.take([100.0] * 500) == LEAST_COST // 100


def test_on_a_busy_machine_batches_are_still_filled():
    pace = Pace(seconds=0.2)
    pace.learn(100.0, 1.0)
    assert pace.take([20.0] * 500) == LEAST_COST // 20 < 500


def test_a_request_has_one_text_at_least_and_an_end():
    pace = Pace(seconds=0.2)
    pace.learn(1.0, 100.0)
    assert pace.take([5_000.0, 500.0]) == 1
    fast = Pace(seconds=0.2)
    fast.learn(1e9, 0.001)
    assert fast.take([1.0] * 5_000) == MOST_TEXTS


@pytest.mark.parametrize(
    ("text", "tokens"),
    [("It was a good film and I love it.", 9), ("质量很好，我很喜欢。", 10), ("", 0)],
)
def test_cost_is_about_the_number_of_tokens(text, tokens):
    assert text_cost(text, 128) - 3.0 == pytest.approx(tokens, abs=3)


def test_what_the_network_does_not_read_costs_little():
    long = text_cost("word " * 200_000, 128)
    assert long < 700
    assert long > text_cost("word " * 1_000, 128)
    assert text_cost("\ud800" * 10, 128) > 3  # a lone surrogate is no reason to stop
