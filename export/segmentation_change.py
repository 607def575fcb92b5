"""What a smaller vocabulary does to the way texts are cut."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bert_tf.text.tokenizer import BertTokenizer
from export.piece_counts import Progress, slices
from export.vocabulary_pruning import PieceIds


@dataclass(frozen=True, kw_only=True)
class SegmentationChange:
    """The same texts, cut with the whole and with the pruned vocabulary."""

    texts: int
    changed: int  # texts that are cut otherwise than before
    pieces_before: int  # in all texts
    pieces_after: int
    unknown_before: int  # of the pieces, how many are [UNK]
    unknown_after: int

    @property
    def changed_share(self) -> float:
        """Share of the texts that are cut otherwise."""
        return self.changed / max(1, self.texts)

    @property
    def unknown_rate_before(self) -> float:
        """Share of [UNK] among the pieces, whole vocabulary."""
        return self.unknown_before / max(1, self.pieces_before)

    @property
    def unknown_rate_after(self) -> float:
        """Share of [UNK] among the pieces, pruned vocabulary."""
        return self.unknown_after / max(1, self.pieces_after)

    def to_dict(self) -> dict[str, Any]:
        """Plain JSON values, the shares among them."""
        return {
            **dataclasses.asdict(self),
            "changed_share": self.changed_share,
            "unknown_rate_before": self.unknown_rate_before,
            "unknown_rate_after": self.unknown_rate_after,
        }


def compare_segmentation(
    whole: BertTokenizer,
    pruned: BertTokenizer,
    kept: PieceIds,
    texts: Sequence[str],
    *,
    progress: Progress | None = None,
) -> SegmentationChange:
    """Cut texts with both tokenizers and compare piece by piece.

    Args:
        whole: before pruning.
        pruned: after it.
        kept: for each id of `pruned`, the id of the same piece in `whole`.
        texts: in full, not cut to a model's length.
        progress: called after some thousand texts.
    """
    old_id = kept.tolist()
    changed = pieces_before = pieces_after = unknown_before = unknown_after = 0
    for start, some in slices(texts):
        rows = zip(whole.token_ids(some), pruned.token_ids(some), strict=True)
        for before, after in rows:
            changed += before != [old_id[index] for index in after]
            pieces_before += len(before)
            pieces_after += len(after)
            unknown_before += before.count(whole.unk_id)
            unknown_after += after.count(pruned.unk_id)
        if progress is not None:
            progress(start + len(some), len(texts))
    return SegmentationChange(
        texts=len(texts),
        changed=changed,
        pieces_before=pieces_before,
        pieces_after=pieces_after,
        unknown_before=unknown_before,
        unknown_after=unknown_after,
    )
