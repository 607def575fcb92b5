import pytest

from bert_tf.commands import text_progress


def test_lines_without_a_terminal(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with text_progress.text_progress("encoding") as update:
        update(1, 4)  # too soon for a line
    assert capsys.readouterr().err == ""
    monkeypatch.setattr(text_progress, "PLAIN_INTERVAL", 0.0)
    with text_progress.text_progress("encoding") as update:
        update(1, 4)
    shown = capsys.readouterr()
    assert shown.err.startswith("encoding: 1/4") and shown.err.endswith("0 min left\n")
    assert shown.out == ""
    with text_progress.text_progress("encoding", quiet=True) as update:
        update(4, 4)
    assert capsys.readouterr().err == ""
