import math

import pytest

from desktop_app.results.uncertainty import UNCERTAIN_MARGIN, is_uncertain


@pytest.mark.parametrize(
    ("scores", "expected"),
    [
        ((0.5, 0.36, 0.14), True),
        ((0.5, 0.34, 0.16), False),
        ((0.2, 0.2, 0.2, 0.2, 0.2), True),
        ((0.51, math.nan, 0.49), True),
        ((0.9, math.nan, 0.1), False),
        ((1.0,), False),
        ((), False),
    ],
)
def test_a_lead_below_the_margin_is_uncertain(scores, expected):
    assert UNCERTAIN_MARGIN == 0.15
    assert is_uncertain(scores) is expected


def test_the_margin_can_be_another():
    assert is_uncertain((0.6, 0.4), 0.3)
    assert not is_uncertain((0.6, 0.4), 0.1)
