"""Learn a WordPiece vocabulary from texts, the same one every time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from tokenizers import Tokenizer, normalizers, pre_tokenizers
from tokenizers.models import WordPiece
from tokenizers.trainers import WordPieceTrainer

from bert_tf.text.tokenizer import (
    CLS,
    CONTINUATION_PREFIX,
    MASK,
    PAD,
    SEP,
    UNK,
    BertTokenizer,
    valid_texts,
)

SPECIAL_TOKENS = (PAD, UNK, CLS, SEP, MASK)  # [PAD] is 0: other people's clients rely on it
_LINES_AT_ONCE = 4096


@dataclass(frozen=True, kw_only=True)
class VocabularySettings:
    """What vocabulary is wanted."""

    size: int  # tokens at most, special tokens counted; a small corpus gives fewer
    lowercase: bool = True  # an uncased model
    strip_accents: bool | None = None  # drop combining marks; None follows lowercase
    min_character_count: int = 2  # a rarer character becomes [UNK]
    min_pair_count: int = 2  # pieces are joined only if they meet this often

    def __post_init__(self) -> None:
        least = len(SPECIAL_TOKENS) + 1
        if self.size < least:
            raise ValueError(f"size must be at least {least}, received {self.size}.")
        for name in ("min_character_count", "min_pair_count"):
            if getattr(self, name) < 1:
                raise ValueError(f"{name} must be at least 1, received {getattr(self, name)}.")


def train_vocabulary(texts: Iterable[str], settings: VocabularySettings) -> BertTokenizer:
    """Learn a vocabulary (Wu et al. 2016, by pair frequency) and make a tokenizer of it.

    Chinese characters are words of their own, as BERT defines them: each that is frequent enough
    is a token, and nothing longer is learned of them. Every character that can go on with a word
    is a token in both forms, `c` and `##c`. The same texts give the same tokens with the same ids.

    Args:
        texts: read twice, so no generator: a list, or an object that starts again.
        settings: size, casing and limits.

    Raises:
        ValueError: if the texts are an iterator, hold no characters, or have more frequent
            characters than the vocabulary has room for.
    """
    if iter(texts) is texts:
        raise ValueError("texts are read twice and must start again; pass a list, not a generator.")
    rust = Tokenizer(WordPiece(unk_token=UNK, continuing_subword_prefix=CONTINUATION_PREFIX))
    rust.normalizer = normalizers.BertNormalizer(
        clean_text=True,
        handle_chinese_chars=True,
        strip_accents=settings.strip_accents,
        lowercase=settings.lowercase,
    )
    rust.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    alphabet = _alphabet(texts, rust.normalizer, settings)
    pieces = [*alphabet, *(CONTINUATION_PREFIX + c for c in alphabet if not _stands_alone(rust, c))]
    if len(SPECIAL_TOKENS) + len(pieces) > settings.size:
        raise ValueError(
            f"size must be at least {len(SPECIAL_TOKENS) + len(pieces)} for the {len(alphabet)} "
            f"characters that occur {settings.min_character_count} times or more, received "
            f"{settings.size}. Raise the size, or min_character_count."
        )
    trainer = WordPieceTrainer(
        vocab_size=settings.size,
        min_frequency=settings.min_pair_count,
        show_progress=False,
        # The trainer numbers what it meets in the order of a hash table, which differs from run to
        # run and decides ties. What is named here gets its number here.
        special_tokens=[*SPECIAL_TOKENS, *pieces],
        initial_alphabet=alphabet,
        limit_alphabet=len(alphabet),
        continuing_subword_prefix=CONTINUATION_PREFIX,
    )
    rust.train_from_iterator(_lists(texts), trainer)
    ids = rust.get_vocab(with_added_tokens=False)
    return BertTokenizer(
        sorted(ids, key=ids.__getitem__),
        lowercase=settings.lowercase,
        strip_accents=settings.strip_accents,
    )


def _alphabet(
    texts: Iterable[str], normalizer: normalizers.Normalizer, settings: VocabularySettings
) -> list[str]:
    """The characters frequent enough, by code point."""
    counts: Counter[str] = Counter()
    for lines in _lists(texts):  # joined, since one call for each would cost more than its work
        counts.update(normalizer.normalize_str("\n".join(lines)))
    kept = [c for c, n in counts.items() if n >= settings.min_character_count and not c.isspace()]
    if not kept:
        raise ValueError(
            f"The texts hold no character {settings.min_character_count} times or more; a "
            "vocabulary needs text."
        )
    return sorted(kept)


def _lists(texts: Iterable[str]) -> Iterator[list[str]]:
    """The texts, many at a time, such as Rust takes them."""
    iterator = iter(texts)
    while lines := list(islice(iterator, _LINES_AT_ONCE)):
        yield valid_texts(lines)


def _stands_alone(rust: Tokenizer, character: str) -> bool:
    """Whether BERT makes a word of the character wherever it stands: Chinese, punctuation."""
    normalized = rust.normalizer.normalize_str(f"a{character}")
    return len(rust.pre_tokenizer.pre_tokenize_str(normalized)) > 1
