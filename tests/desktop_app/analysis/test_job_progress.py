import pytest

from desktop_app.analysis.job_progress import ProgressMeter


class Clock:
    now = 100.0

    def __call__(self):
        return self.now


def test_rate_and_time_left():
    clock = Clock()
    meter = ProgressMeter("judging", total=1_000, done=200, clock=clock)
    first = meter.at(200)
    assert (first.rate, first.seconds_left) == (0.0, None)
    clock.now += 2
    progress = meter.at(300)
    assert progress.rate == pytest.approx(50)
    assert progress.seconds_left == pytest.approx(14)
    assert (progress.stage, progress.done, progress.total) == ("judging", 300, 1_000)


def test_only_the_last_seconds_count():
    clock = Clock()
    meter = ProgressMeter("judging", total=100_000, clock=clock)
    done = 0
    for rate in [100] * 60 + [10] * 60:
        clock.now += 1
        done += rate
        progress = meter.at(done)
    assert progress.rate == pytest.approx(10)


def test_a_pause_does_not_count():
    clock = Clock()
    meter = ProgressMeter("judging", total=1_000, clock=clock)
    clock.now += 1
    meter.at(100)
    paused = meter.paused()
    assert paused.paused and (paused.done, paused.rate) == (100, 0.0)
    clock.now += 3_600
    meter.go_on()
    clock.now += 1
    assert meter.at(200).rate == pytest.approx(100)


def test_without_a_total_no_time_is_promised():
    clock = Clock()
    meter = ProgressMeter("reading", clock=clock)
    clock.now += 1
    assert meter.at(10).seconds_left is None
