import pytest

from export.runtime.thread_choice import AGAIN, MEMORY, TRIALS, ThreadChoice


def run(choice: ThreadChoice, tokens: int, *, narrow: float, wide: float, runs: int) -> list[bool]:
    """Which way was taken in so many runs on a machine of these speeds."""
    taken = []
    for _ in range(runs):
        way = choice.wide(tokens)
        choice.ran(tokens, wide=way, seconds=wide if way else narrow)
        taken.append(way)
    return taken


@pytest.mark.parametrize(("narrow", "wide"), [(2.0, 3.0), (3.0, 2.0)])
def test_both_ways_are_tried_and_the_faster_one_is_kept(narrow, wide):
    taken = run(ThreadChoice(), 20, narrow=narrow, wide=wide, runs=AGAIN)
    assert taken[: 2 * TRIALS] == [False] * TRIALS + [True] * TRIALS
    assert set(taken[2 * TRIALS :]) == {wide < narrow}


def test_the_way_that_lost_is_tried_now_and_then_and_may_win_again():
    choice = ThreadChoice()
    run(choice, 20, narrow=2.0, wide=9.0, runs=AGAIN)  # another program has the second processor
    taken = run(choice, 20, narrow=2.0, wide=1.0, runs=MEMORY * (AGAIN + 1))
    assert 1 <= sum(taken[: 2 * AGAIN]) <= 3
    assert all(taken[-AGAIN // 2 :])


def test_long_batches_are_judged_by_themselves():
    choice = ThreadChoice()
    run(choice, 20, narrow=2.0, wide=3.0, runs=20)
    assert run(choice, 500, narrow=9.0, wide=5.0, runs=20)[-1] is True
    assert choice.wide(20) is False
