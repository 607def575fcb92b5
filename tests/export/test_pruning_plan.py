"""A corpus, what it chooses, and what texts say that did not choose."""

from __future__ import annotations

import pytest
from rich.console import Console

from bert_tf.data.split import split_of
from bert_tf.text.tokenizer import BertTokenizer
from export.pruning_plan import plan_pruning
from export.vocabulary_pruning import PruningRule

RULE = PruningRule()


@pytest.fixture(scope="module")
def tokenizer(tiny_vocabulary: list[str]) -> BertTokenizer:
    letters = sorted({letter for word in tiny_vocabulary[5:] for letter in word.strip("#")})
    more = [*letters, *(f"##{letter}" for letter in letters)]
    return BertTokenizer([*tiny_vocabulary, *(w for w in more if w not in tiny_vocabulary)])


def test_other_texts_are_measured_with_what_the_corpus_chose(tokenizer: BertTokenizer) -> None:
    kept, report = plan_pruning(
        tokenizer,
        ["the cat sat", "a dog ran"],
        RULE,
        name="tiny",
        hidden_dim=2**18,
        held_out=["the cat", "the tree", "the Ω"],
    )
    assert len(kept) == report.tokens_after < report.tokens_before == tokenizer.vocabulary_size
    assert report.corpus.changed == 0 and report.corpus.texts == 2
    assert report.held_out is not None and not report.held_out_is_trial
    assert (report.held_out.texts, report.held_out.changed) == (3, 1)
    assert report.held_out.unknown_before == report.held_out.unknown_after == 1
    gone = report.tokens_before - report.tokens_after
    assert report.float32_mib_saved == gone and report.int8_mib_saved == gone / 4
    console = Console(record=True, width=120)
    console.print(report.render())
    shown = console.export_text()
    assert f"{gone}.00 MiB less" in shown and "33.33%" in shown and "[UNK] after" in shown


def test_without_other_texts_a_tenth_is_tried_without_having_chosen(
    tokenizer: BertTokenizer,
) -> None:
    words = [word for word in tokenizer.vocabulary[5:22] if len(word) > 1]
    tenth = next(word for word in words if split_of(word) == "dev")
    rest = [word for word in words if split_of(word) != "dev"]
    told: list[tuple[int, int]] = []
    kept, report = plan_pruning(
        tokenizer,
        [*rest, tenth],
        RULE,
        name="tiny",
        hidden_dim=1,
        progress=lambda done, total: told.append((done, total)),
    )
    n = len(rest) + 1
    assert told == [(n, 3 * n), (2 * n - 1, 3 * n), (2 * n, 3 * n), (3 * n, 3 * n)]
    assert tenth in [tokenizer.vocabulary[index] for index in kept]  # the folder has it
    assert report.corpus.changed == 0
    assert report.held_out is not None and report.held_out_is_trial
    assert (report.held_out.texts, report.held_out.changed) == (1, 1)  # the trial had not
    alone = plan_pruning(tokenizer, [tenth], RULE, name="tiny", hidden_dim=1)[1]
    assert alone.held_out is None and alone.to_dict()["held_out"] is None


@pytest.mark.parametrize(
    ("texts", "held_out", "message"), [([], None, "corpus has"), (["a"], [], "held-out file has")]
)
def test_no_text_is_named(
    tokenizer: BertTokenizer, texts: list[str], held_out: list[str] | None, message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        plan_pruning(tokenizer, texts, RULE, name="t", hidden_dim=1, held_out=held_out)
