"""From a corpus to the tokens that stay, and what that does to texts."""

from __future__ import annotations

from collections.abc import Sequence

from bert_tf.data.split import split_of
from bert_tf.text.tokenizer import BertTokenizer
from export.piece_counts import PieceCounts, Progress, count_pieces
from export.pruning_report import PruningReport
from export.segmentation_change import SegmentationChange, compare_segmentation
from export.vocabulary_pruning import (
    PieceIds,
    PruningRule,
    check_corpus,
    choose_pieces,
    prune_tokenizer,
)


def plan_pruning(
    tokenizer: BertTokenizer,
    texts: Sequence[str],
    rule: PruningRule,
    *,
    name: str,
    hidden_dim: int,
    held_out: Sequence[str] | None = None,
    progress: Progress | None = None,
) -> tuple[PieceIds, PruningReport]:
    """Choose tokens by all texts of a corpus, and measure on texts that did not choose.

    Args:
        tokenizer: with the whole vocabulary.
        texts: the corpus, none blank.
        rule: what stays.
        name: of the model.
        hidden_dim: weights a row of the word table.
        held_out: other texts to measure on; None = a tenth of the corpus, by the hash of the
            text, cut by what the other nine tenths alone would choose.
        progress: told how many texts of how many are done; each is cut several times.

    Returns:
        The ids that stay, ascending, and the report.

    Raises:
        ValueError: if there is no text, the corpus is in another language, or the rule has no
            room for what always stays.
    """
    if not texts or (held_out is not None and not held_out):
        raise ValueError(f"The {'held-out file' if texts else 'corpus'} has no text.")

    stages = _Stages(progress, 2 * len(texts) + len(texts if held_out is None else held_out))

    def count(some: Sequence[str]) -> PieceCounts:
        return count_pieces(tokenizer, some, progress=stages.next(len(some)))

    def measure(kept: PieceIds, some: Sequence[str]) -> SegmentationChange:
        pruned = prune_tokenizer(tokenizer, kept)
        return compare_segmentation(tokenizer, pruned, kept, some, progress=stages.next(len(some)))

    counts = count(texts)
    kept = choose_pieces(tokenizer, counts, rule)
    check_corpus(tokenizer, counts, kept)
    change: SegmentationChange | None = None
    if held_out is not None:
        change = measure(kept, held_out)
    else:
        rest = [text for text in texts if split_of(text) != "dev"]
        tenth = [text for text in texts if split_of(text) == "dev"]
        if rest and tenth:
            change = measure(choose_pieces(tokenizer, count(rest), rule), tenth)
    report = PruningReport(
        name=name,
        tokens_before=tokenizer.vocabulary_size,
        tokens_after=len(kept),
        hidden_dim=hidden_dim,
        corpus=measure(kept, texts),
        held_out=change,
        held_out_is_trial=held_out is None,
    )
    return kept, report


class _Stages:
    """One progress over several passes through texts."""

    def __init__(self, progress: Progress | None, total: int) -> None:
        self._progress, self._total, self._begun = progress, total, 0

    def next(self, count: int) -> Progress:
        """What to tell of the next pass, through so many texts."""
        start = self._begun
        self._begun += count

        def told(done: int, _: int) -> None:
            if self._progress is not None:
                self._progress(start + done, self._total)

        return told
