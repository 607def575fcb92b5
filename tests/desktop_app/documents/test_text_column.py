import pytest

from desktop_app.documents.table_row import TableRow
from desktop_app.documents.text_column import guess_text_column


@pytest.mark.parametrize(
    ("columns", "rows", "expected"),
    [
        (("id", "t"), [("1", "it was good"), ("2", "it was bad")], "t"),
        (("标题", "评论"), [("好书推荐给大家", "内容很好"), ("不推荐这本书", "内容很差")], "评论"),
        (
            ("url", "opinion"),
            [("http://example.org/a/very/long/address", "nice"), ("http://x.org/b", "bad")],
            "opinion",
        ),
        (("label", "A"), [("positive", "I like it"), ("negative", "I do not")], "A"),
        (("comment", "story"), [("", "a long story of words"), ("", "another long one")], "story"),
        (("a", "b"), [("1", "2024-01-01"), ("2", "2024-01-02")], None),
        (("text",), [], None),
    ],
)
def test_the_longest_natural_text(columns, rows, expected):
    assert guess_text_column(columns, [TableRow(cells) for cells in rows]) == expected
