"""The warnings of the readers themselves are known, so that a changed wording is noticed."""

import pytest

from desktop_app.document_words import document_words
from desktop_app.documents.open_document import preview_document
from desktop_app.language import LanguageSwitch


@pytest.fixture
def chinese(qapp):
    switch = LanguageSwitch(qapp)
    switch.use("zh_CN")
    yield
    switch.remove()


@pytest.mark.parametrize(
    ("content", "count"),
    [
        (
            "a,text\n1,\u8d28\u91cf\u5f88\u597d\uff0c\u6211\u559c\u6b22\n1,2,3\n".encode("gb18030"),
            2,
        ),
        (b"text,text\nSome words here,b\n", 1),
        (b"text,,\nSome words here,b,c\n", 1),
    ],
)
def test_warnings_are_said_in_chinese(chinese, tmp_path, content, count):
    path = tmp_path / "table.csv"
    path.write_bytes(content)
    warnings = preview_document(path).warnings
    assert len(warnings) == count
    for warning in warnings:
        assert any("\u4e00" <= letter <= "\u9fff" for letter in document_words(warning)), warning
    assert "%" not in "".join(map(document_words, warnings))


def test_an_unknown_sentence_is_shown_as_it_is(chinese):
    assert document_words("The moon is full.") == "The moon is full."
