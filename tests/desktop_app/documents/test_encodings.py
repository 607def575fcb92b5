"""The right encoding at first try, of 500 files and at the edges."""

import random
from pathlib import Path

import pytest

from desktop_app.documents import encodings
from desktop_app.documents.encodings import EncodingGuess, guess_encoding
from desktop_app.documents.open_document import document_rows

SAMPLES = Path(__file__).parent / "samples"
CHINESE = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "BE with mark")
ENCODINGS = {
    "reviews_simplified": (*CHINESE, "gbk", "gb18030", "gb2312"),
    "reviews_traditional": (*CHINESE, "gbk", "gb18030", "big5", "cp950"),
    "western": (*CHINESE, "cp1252"),
}


def lines_of(name: str) -> list[str]:
    return (SAMPLES / f"{name}.txt").read_text(encoding="utf-8").splitlines()


def sample_text(lines: list[str], least: int, rng: random.Random) -> str:
    """Lines drawn until so many characters above ASCII are there; the shortest are cut to fit."""
    drawn: list[str] = []
    while sum(character > "\x7f" for character in "".join(drawn)) < least:
        drawn.append(rng.choice(lines))
    text = "\n".join(f"{number},{line}" for number, line in enumerate(drawn))
    if least == 20:
        while sum(character > "\x7f" for character in text[:-1]) >= least:
            text = text[:-1]
    return text.strip()


def encoded(text: str, encoding: str) -> bytes:
    return b"\xfe\xff" + text.encode("utf-16-be") if "BE" in encoding else text.encode(encoding)


def test_of_500_files_99_in_100_open_with_the_right_text(tmp_path):
    rng = random.Random(20)
    lines = {name: lines_of(name) for name in ENCODINGS}
    path = tmp_path / "sample.txt"
    wrong = []
    for number in range(500):
        name = rng.choice(list(ENCODINGS))
        encoding = rng.choice(ENCODINGS[name])
        text = sample_text(lines[name], rng.choice((20, 20, 40, 100, 800)), rng)
        path.write_bytes(encoded(text, encoding))
        read = "\n".join(row.cells[0] for row in document_rows(path))
        if read != text:
            wrong.append((number, encoding, text[:40], read[:40]))
    assert len(wrong) <= 5, wrong


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("价格很好，下次还会来买的", "gb18030"),
        ("價格很好，下次還會來買的", "cp950"),
        ("It’s a “good” café – €5", "cp1252"),
        ("一一一一，一停一陣，一夜無法入睡", "utf-16-le"),
        ("id,评论\n1,很好\n2,不行\n", "utf-16-be"),
        ("plain words\nonly\n", "utf-16-le"),
        ("𠮷野家的㐀字很少见，但是读得出来，服务也很好", "gb18030"),
    ],
)
def test_short_texts(text, encoding):
    assert guess_encoding(text.encode(encoding)).encoding == encoding


def test_a_mark_is_believed_and_not_part_of_the_text():
    assert guess_encoding(b"\xef\xbb\xbf\xff") == EncodingGuess(encoding="utf-8", mark_bytes=3)
    assert guess_encoding(b"\xff\xfea\0").encoding == "utf-16-le"
    assert guess_encoding("\ufeff好".encode("gb18030")).mark_bytes == 4


def test_a_sample_may_end_within_a_character():
    data = "很好" * 50
    assert guess_encoding(data.encode()[:-1], complete=False).encoding == "utf-8"
    assert guess_encoding(data.encode("gb18030")[:-1], complete=False).encoding == "gb18030"


def test_some_damaged_bytes_do_not_change_the_encoding():
    data = ("这家店的服务真的很好\n" * 20).encode()
    assert guess_encoding(data + b"\xff\xfe\xfd" + data).encoding == "utf-8"


def test_languages_that_no_rung_knows_are_left_to_the_last():
    text = "Очень хорошая гостиница, нам всё понравилось. Вернёмся ещё раз! " * 4
    guess = guess_encoding(text.encode("cp1251"))
    assert not guess.certain
    assert text.encode("cp1251").decode(guess.encoding) == text


def test_what_is_scored_is_bounded(monkeypatch):
    seen = []
    real = encodings.chinese_bits
    monkeypatch.setattr(
        encodings, "chinese_bits", lambda text: seen.append(len(text)) or real(text)
    )
    data = b"ascii,only\n" * 50_000 + "很好\n".encode("gb18030") * 50_000
    assert guess_encoding(data).encoding == "gb18030"
    assert max(seen) <= encodings.SCORED_BYTES
