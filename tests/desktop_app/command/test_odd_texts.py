"""Whatever stands in a cell: a verdict in numbers, or a reason, from the shipped models."""

import math

import pytest

from desktop_app.command.judge import open_judge

ODD = {
    "empty": "",
    "spaces": " \t\n\r\u3000\u00a0",
    "invisible": "\u200b\u200e\ufeff",
    "emoji": "\U0001f600\U0001f600\U0001f389",
    "family": "\U0001f468\u200d\U0001f469\u200d\U0001f467",
    "address": "https://example.com/a?b=c#d",
    "letter": "a",
    "chinese letter": "好",
    "number": "12345",
    "long": "The film was not so bad. " * 4_000,
    "long chinese": "房间很干净，服务也好。" * 9_100,
    "one word": "x" * 100_000,
    "right to left": "الفيلم كان رائعا جدا",
    "hebrew": "הסרט היה טוב מאוד",
    "full width": "Ｔｈｅ　ｆｉｌｍ　ｗａｓ　ｇｒｅａｔ！",
    "traditional": "這家飯店的服務很好，下次還會再來。",
    "mixed": "The room 房间很干净 was good 服务也好",
    "control": "good\0film\x07 \x1b[31m",
    "half": "good \ud800 film \udfff",
    "marks": "e" + "\u0301" * 500,
    "html": "<p>A <b>good</b> film.</p>",
    "special": "[CLS] [SEP] [MASK] [UNK]",
}
STATUSES = {"judged", "truncated", "blank", "unknown language", "unsupported language"}


@pytest.mark.parametrize("long_texts", ["truncate", "windows"])
def test_each_has_an_answer_and_no_number_is_nan(long_texts):
    judge = open_judge("auto", long_texts=long_texts, threads=1)
    try:
        found = dict(zip(ODD, judge.judge(list(ODD.values()), lambda _: None), strict=True))
    finally:
        judge.close()
    for name, judgement in found.items():
        assert judgement.shown_status in STATUSES, name
        if judgement.verdict is None:
            assert judgement.shown_status not in ("judged", "truncated"), name
            continue
        scores = judgement.verdict.scores
        assert judgement.verdict.label in scores, name
        assert all(map(math.isfinite, scores.values())), name
        assert sum(scores.values()) == pytest.approx(1.0, abs=1e-3), name
        assert judgement.verdict.valence is None or math.isfinite(judgement.verdict.valence), name
    for name in ("empty", "spaces"):
        assert found[name].shown_status == "blank"
    assert found["invisible"].verdict is None
    for name in ("right to left", "hebrew"):  # no shipped model reads them
        assert found[name].shown_status == "unsupported language"
    assert found["traditional"].verdict is not None
    cut = "truncated" if long_texts == "truncate" else "judged"
    assert found["long"].shown_status == found["long chinese"].shown_status == cut
