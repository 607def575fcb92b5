"""The texts of the embedding benchmarks: real ones, short and long, and others to calibrate on.

Axis letters: N texts.
"""

from __future__ import annotations

from collections.abc import Sequence

from bert_tf.data.vader import read_vader
from bert_tf.text.tokenizer import BertTokenizer


def movie_snippets() -> list[str]:
    """Distinct movie review snippets in the archive's order."""
    return list(dict.fromkeys(item.text for item in read_vader() if item.domain == "movies"))


def evenly(texts: Sequence[str], count: int) -> list[str]:
    """An even sample of at most that many, in order."""
    return list(texts[:: max(1, len(texts) // count)][:count])


def calibration_texts(snippets: Sequence[str], measured: Sequence[str], count: int) -> list[str]:
    """Snippets of the same kind, none of which is measured."""
    taken = set(measured)
    return evenly([text for text in snippets if text not in taken], count)


def texts_of_length(
    words: Sequence[str], tokenizer: BertTokenizer, *, length: int, count: int
) -> list[str]:
    """Distinct texts of exactly so many tokens, out of running text.

    A word whose pieces do not fit any more is left out, and the next ones are tried.

    Args:
        words: running text, cut at white space; as many as it takes are read.
        tokenizer: counts the pieces.
        length: tokens of each text, [CLS] and [SEP] counted.
        count: how many texts.

    Returns:
        (N,) texts.

    Raises:
        ValueError: if the words do not suffice.
    """
    sizes = [len(row) for row in tokenizer.token_ids(list(words))]
    texts: list[str] = []
    taken: list[str] = []
    room = length - 2
    for word, size in zip(words, sizes, strict=True):
        if not 0 < size <= room:
            continue
        taken.append(word)
        room -= size
        if room == 0:
            texts.append(" ".join(taken))
            taken, room = [], length - 2
        if len(texts) == count:
            return texts
    raise ValueError(
        f"{len(words)} words make {len(texts)} texts of {length} tokens; {count} were asked for."
    )
