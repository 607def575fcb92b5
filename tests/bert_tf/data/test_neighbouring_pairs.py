from bert_tf.data.corpus import Document
from bert_tf.data.neighbouring_pairs import neighbouring_pairs


def pairs(*sentences: str, cuts: int = 1) -> list[tuple[str, str]]:
    return list(neighbouring_pairs(Document(sentences=list(sentences)), cuts=cuts))


def test_a_document_is_cut_at_the_sentence_end_nearest_its_middle() -> None:
    found = pairs("The room was big.", "The bed was soft.", "We slept well and will come again.")
    assert found == [("The room was big. The bed was soft.", "We slept well and will come again.")]


def test_more_cuts_come_in_the_order_of_their_distance_from_the_middle() -> None:
    sentences = ["aaaaa.", "bbbbb.", "ccccc.", "ddddd."]
    found = pairs(*sentences, cuts=5)
    assert [first for first, _ in found] == [
        "aaaaa. bbbbb.",
        "aaaaa.",
        "aaaaa. bbbbb. ccccc.",
    ]
    assert all(f"{first} {second}" == " ".join(sentences) for first, second in found)
    assert pairs(*sentences, cuts=2) == found[:2]


def test_a_single_sentence_is_cut_between_its_clauses() -> None:
    assert pairs("宝宝不是太喜欢，也许是因为色彩不够鲜艳。") == [
        ("宝宝不是太喜欢，", "也许是因为色彩不够鲜艳。")
    ]


def test_what_says_too_little_is_no_part_of_a_pair() -> None:
    assert pairs("Fine.", "!!! ... ???", "The whole rest of it is here.") == []
    assert pairs("The whole of it stands here without a pause") == []
    assert pairs("很好，", "很好，很好，") == []
