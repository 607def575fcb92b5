"""Cut a text into sentences, English or Chinese, with offsets into the original."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_CLOSERS = "\"'”’»)\\]}）】」』》〉"
_WIDE_ENDS = "。！？｡"
_END = re.compile(rf"(?P<mark>[.!?…{_WIDE_ENDS}]+)(?P<closers>[{_CLOSERS}]*)")
_HAS_WORD = re.compile(r"\w")
_LAST_WORD = re.compile(r"[^\s(\[“\"']*$")
_EMOTICON = re.compile(
    r"\s*(?:[:;=8][-'^o]?[)(\]\[DPpO/\\|3*]+|<3+|[^\w\s\"'“‘「『（(\[<#@$€£¥%&+*•·—–-]+)(?=\s|$)"
)
_LINE = re.compile(r"[^\n]+")

# Written with a full stop and normally followed by the rest of the sentence.
_ABBREVIATIONS = frozenset(
    re.split(
        r"\s+",
        "mr mrs ms dr prof rev hon gen col sgt capt lt st jr sr vs cf fig eq no nos vol pp p ca "
        "approx dept est inc ltd corp co jan feb mar apr jun jul aug sep sept oct nov dec "
        "e.g i.e a.k.a u.s u.k u.n ph.d a.m p.m",
    )
)
_MAY_END = frozenset(
    ("inc", "ltd", "corp", "co", "jr", "sr", "no", "a.m", "p.m", "u.s", "u.k", "u.n", "ph.d")
)
_WRAPPED_LINE = 40  # characters: a shorter line that stops without a mark stops on purpose


@dataclass(frozen=True, slots=True)
class Sentence:
    """A stretch of the original text, without the blanks around it."""

    start: int  # offset of its first character (code points)
    end: int  # offset behind its last character
    text: str  # text[start:end] of the original


def split_sentences(text: str) -> list[Sentence]:
    """The sentences of a text, in order; blanks belong to none of them.

    A sentence ends at . ! ? or their Chinese forms, with the quotes that close behind it, and at
    a line's end, unless the next line plainly goes on with it. Abbreviations, initials, decimals
    and emoticons do not make sentences of their own.
    """
    spans: list[tuple[int, int]] = []
    for block_start, block_end in _blocks(text):
        first_of_block = len(spans)
        for start, end in _spans(text, block_start, block_end):
            if len(spans) > first_of_block:
                start = _give_back_emoticon(text, spans, start, end)
            while start < end and text[start].isspace():
                start += 1
            while end > start and text[end - 1].isspace():
                end -= 1
            if start == end:
                continue
            if len(spans) > first_of_block and not _HAS_WORD.search(text, start, end):
                start = spans.pop()[0]  # "?!" or a symbol belongs to what it follows
            spans.append((start, end))
    return [Sentence(start, end, text[start:end]) for start, end in spans]


def _give_back_emoticon(text: str, spans: list[tuple[int, int]], start: int, end: int) -> int:
    """Where a sentence begins once the emoticon that closes the one before is left to it."""
    emoticon = _EMOTICON.match(text, start, end)
    if emoticon is None:
        return start
    spans[-1] = (spans[-1][0], emoticon.end())
    return emoticon.end()


def _blocks(text: str) -> Iterator[tuple[int, int]]:
    """Lines, those that one paragraph was wrapped into joined again."""
    start, end = 0, 0
    for line in _LINE.finditer(text):
        adjoining = line.start() == end + 1
        if adjoining and end > start and _goes_on(text, start, end, line.group()):
            end = line.end()
            continue
        yield start, end
        start, end = line.span()
    yield start, end


def _goes_on(text: str, start: int, end: int, line: str) -> bool:
    above = text[max(start, text.rfind("\n", start, end) + 1) : end].rstrip()
    return line[0].islower() and len(above) >= _WRAPPED_LINE and not _END.match(above[-1:])


def _spans(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    begin = start
    for match in _END.finditer(text, start, end):
        if match.end() > begin and _ends_sentence(text, begin, match, end):
            yield begin, match.end()
            begin = match.end()
    yield begin, end


def _ends_sentence(text: str, begin: int, match: re.Match[str], end: int) -> bool:
    if match.end() == end:
        return True
    mark, following = match["mark"], text[match.end()]
    if any(character in _WIDE_ENDS for character in mark):
        return True
    if not following.isspace():
        return mark[-1] in "!?" and _is_cjk(following)
    rest = text[match.end() : match.end() + 40].lstrip()
    continues = bool(rest) and rest[0].islower()
    if continues and (match["closers"] or mark == "…" or mark.startswith("..")):
        return False  # "Wow!" she said; well... maybe
    if mark != ".":
        return True
    before = text[max(begin, match.start() - 24) : match.start()]
    return not _is_abbreviation(before, rest[:1])


def _is_abbreviation(before: str, following: str) -> bool:
    found = _LAST_WORD.search(before)
    word = found.group() if found else ""
    if word.isdecimal() and before.strip() == word:
        return True  # the number of a list item: 3. Buy milk
    if len(word) == 1 and word.isalpha() and word.isupper() and word != "I":
        return True  # an initial: J. Smith
    lowered, continues = word.lower(), following.islower()
    if lowered == "etc":
        return continues
    goes_on = continues or following.isdecimal() or lowered not in _MAY_END
    return lowered in _ABBREVIATIONS and goes_on


def _is_cjk(character: str) -> bool:
    return "\u3400" <= character <= "\u9fff" or "\uf900" <= character <= "\ufaff"
