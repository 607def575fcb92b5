import pytest

from desktop_app.documents.column_names import column_names, has_header, width_of


@pytest.mark.parametrize(
    "rows",
    [
        [["id", "review"], ["1", "good"]],
        [["评论"], ["很好"], ["太差"]],
        [["when", "how many"], ["2024-01-01", "5"], ["2024-01-02", "6"]],
        [["q1", "q2"], ["3", "4"]],
        [["Kunde", "Aussage"], ["Müller", "Das war alles sehr gut und ich komme gern wieder."]],
    ],
)
def test_names_are_seen(rows):
    assert has_header(rows)


@pytest.mark.parametrize(
    "rows",
    [
        [],
        [["1", "good"], ["2", "bad"]],
        [["Great phone."], ["Bad phone."]],
        [["很好，不错"], ["太差"]],
        [["positive", "I liked it a lot."], ["negative", "I did not."]],
        [["good", "bad"], ["bad", "good"]],
    ],
)
def test_a_missing_header_is_seen(rows):
    assert not has_header(rows)


def test_empty_and_repeated_names_become_different_ones():
    names = column_names(["text", "", "text", " text ", "C", "text (2)"], 8)
    assert names == ("text", "B", "text (3)", "text (4)", "C", "text (2)", "G", "H")
    assert column_names([], 28)[-2:] == ("AA", "AB")


def test_the_width_is_that_of_the_names_or_of_most_rows():
    assert width_of([["a", "b"], ["1", "2"], ["1", "2", "3"]], 9) == 2
    assert width_of([["a"], ["1", "2"], ["1", "2"]], 9) == 2
    assert width_of([["a"] * 50], 9) == 9
    assert width_of([], 9) == 1
