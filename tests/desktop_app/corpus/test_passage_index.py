import numpy as np

from desktop_app.corpus import passage_index
from desktop_app.corpus.passage_index import PassageIndex
from desktop_app.corpus.passages import split_passages

EAST, NORTH = np.array([1, 0], np.float32), np.array([0, 1], np.float32)


def read(index: PassageIndex, vector_of) -> list[str]:
    asked = index.next_missing(100)
    vectors = np.stack([vector_of[text] for text in asked]) if asked else np.zeros((0, 2))
    index.add(asked, vectors.astype(np.float32), [False] * len(asked))
    return asked


def test_an_edit_reads_only_what_is_new_and_repeated_lines_are_found_once():
    index = PassageIndex()
    vector_of = {"a": EAST, "b": NORTH, "c": (EAST + NORTH)}
    index.set_passages(split_passages("a\nb\na", "line"))
    assert (index.distinct, index.known) == (2, 0)
    assert read(index, vector_of) == ["a", "b"]
    index.set_passages(split_passages("c\nb", "line"))
    assert read(index, vector_of) == ["c"]
    assert [match.passage.text for match in index.nearest(EAST, 9)] == ["c", "b"]
    index.set_passages(split_passages("b\na\na", "line"))
    assert (index.distinct, index.known) == (2, 2)
    best = index.nearest(EAST, 1)[0]
    assert (best.passage.start, best.occurrences) == (2, 2)


def test_answers_to_a_corpus_that_changed_meanwhile_are_kept():
    index = PassageIndex()
    index.set_passages(split_passages("a\nb", "line"))
    asked = index.next_missing(1)
    index.set_passages(split_passages("c\na\nb", "line"))
    index.add(asked, EAST[None], [True])
    assert index.next_missing(9) == ["c", "b"]
    assert index.nearest(EAST, 1)[0].truncated


def test_deleted_passages_leave_the_table_after_a_while(monkeypatch):
    monkeypatch.setattr(passage_index, "_STALE_ROWS", 2)
    index = PassageIndex()
    index.set_passages(split_passages("a\nb\nc\nd", "line"))
    read(index, dict.fromkeys("abcd", EAST) | {"d": NORTH})
    index.set_passages(split_passages("d", "line"))
    assert index.nearest(NORTH, 9)[0].passage.text == "d"
    assert len(index._table) == 1
    index.forget_vectors()
    assert index.next_missing(9) == ["d"]
