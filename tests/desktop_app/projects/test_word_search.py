import pytest

from desktop_app.projects import word_search
from desktop_app.projects.word_search import split_words

TEXTS = [
    "Good phone",
    "质量很好",
    "good, 质量差",
    "100% sure_thing",
    "C:\\path",
    "ÉTÉ chaud",
    "été",
]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("质量", [2, 3]),
        ("GOOD", [1, 3]),
        ("good 质量", [3]),
        ("hon", [1]),
        ("%", [4]),
        ("e_t", [4]),
        ("d_p", []),
        ("\\", [5]),
        ("Été", [6, 7]),
        ('"good phone"', [1]),
        ("“phone good”", []),
        ("phone good", [1]),
        ("half \ud83d", []),
        ("  ", [1, 2, 3, 4, 5, 6, 7]),
    ],
)
def test_all_words_are_found_in_either_case_and_script(project, steps, words, found):
    steps.imported(project, TEXTS)
    assert project.search(words).tolist() == found


def test_a_search_can_be_stopped(project, steps, monkeypatch):
    monkeypatch.setattr(word_search, "_RANGE", 2)
    steps.imported(project, TEXTS)
    asked = []

    def stop() -> bool:
        asked.append(None)
        return len(asked) > 2

    assert project.search("", stop=stop).tolist() == [1, 2, 3, 4]


def test_rows_of_the_texts_found(project, steps):
    steps.imported(project, ["a", "b", "a", "ab"])
    columns = project.columns({})
    assert columns.holding(project.search("a")).tolist() == [True, False, True, True]
    assert not columns.holding(project.search("x")).any()


def test_words_of_a_query():
    assert split_words('a "b c" d a "open') == ["a", "b c", "d", "open"]
    assert len(split_words(" ".join(map(str, range(99))))) == 16
