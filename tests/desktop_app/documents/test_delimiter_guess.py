import pytest

from desktop_app.documents.delimiter_guess import guess_delimiter


def guess(text: str, preferred: str = ",") -> str:
    return guess_delimiter(lambda: ((line, 0) for line in text.split("\n")), preferred=preferred)


@pytest.mark.parametrize(
    ("text", "delimiter"),
    [
        ("a,b\n1,2\n3,4", ","),
        ("a;b;c\n1,5;2,5;x\n3,5;4,5;y", ";"),
        ("a\tb\n1, 2\tx\n3\ty", "\t"),
        ("a|b\n1|x, y\n2|z", "|"),
        ("a^b\n1^x\n2^z, y", "^"),
        ("时间|内容\n12:30|好，不错\n13:45|差", "|"),
        ('id,text\n1,"a; b; c"\n2,"d; e; f"', ","),
        ("id;text\n1;one, two, three\n2;four\n3;five, six", ";"),
        ("id,text\n1,good, but slow\n2,bad\n3,fine, really, fine", ","),
    ],
)
def test_finds_what_divides_all_rows_alike(text, delimiter):
    assert guess(text) == delimiter


def test_sentences_are_one_column():
    text = "review\nGood, but slow\nBad\nWell, it was, all in all, fine; yes\nSo so"
    assert guess(text) == ""
    assert guess('review\n"Good, but slow"\nBad') == ","


def test_the_name_of_the_file_decides_where_nothing_else_does():
    assert guess("a,b\tc\n1,2\t3", preferred="\t") == "\t"
    assert guess("a,b\tc\n1,2\t3", preferred=",") == ","
    assert guess("") == ","
