import pytest

from bert_tf.training import progress
from bert_tf.training.progress import TrainingProgress


def test_speed_leaves_out_the_step_that_compiled() -> None:
    shown = TrainingProgress(100, unit="tokens", quiet=True)
    shown.advance(units=10, seconds=100.0, scalars={})
    assert shown.units_per_second == pytest.approx(0.1)
    shown.advance(units=10, seconds=1.0, scalars={})
    shown.advance(units=30, seconds=1.0, scalars={})
    assert shown.units_per_second == pytest.approx(20.0)


def test_a_plain_line_tells_step_speed_figures_and_time_left(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(progress, "PLAIN_INTERVAL", 0.0)
    with TrainingProgress(64, unit="tokens", done_steps=2) as shown:
        shown.advance(units=50, seconds=2.0, scalars={"loss": 1.5, "masked_loss": 0.25})
    line = "step 3/64  25 tokens/s  loss 1.5  masked loss 0.25  2 min left\n"
    assert capsys.readouterr().err == line
