"""Which encoding the bytes of a text are in.

A ladder: byte order mark, UTF-16 by its zeros, strict UTF-8, then the cheapest reading (see
text_cost.py) among damaged UTF-8, UTF-16 without zeros, GB18030, Big5 and Windows-1252; what is too
dear in all of them is left to charset-normalizer.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from desktop_app.documents.text_cost import chinese_bits, western_bits

SCORED_BYTES = 16_384  # so much is scored; more changes no verdict and costs time
_LAST_RUNG_BITS = 8.6  # a byte above ASCII; a reading that costs more is not believed
_NUL_SHARE = 0.4  # of the bytes on one side, from there on; Chinese has some (一 is 4E00)
_LAST_RUNG_UTF16_BITS = 7.5  # any byte of UTF-16
_UNUSUAL_BITS = 16.0  # how much less likely it is than the others to begin with
_UTF16 = ("utf-16-le", "utf-16-be")
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_GB18030_MARK = b"\x84\x31\x95\x33"
_ABOVE_ASCII = re.compile(rb"[\x80-\xff]")


@dataclass(frozen=True, kw_only=True)
class EncodingGuess:
    """An encoding and how it was found."""

    encoding: str  # a Python codec that does not look for a byte order mark
    mark_bytes: int = 0  # length of the byte order mark in front of the text
    certain: bool = True  # by its mark or its structure; otherwise by what is likely


def mark_of(head: bytes) -> EncodingGuess | None:
    """What a byte order mark says; None without one."""
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            return EncodingGuess(encoding=encoding, mark_bytes=len(mark))
    if head.startswith(_GB18030_MARK):
        return EncodingGuess(encoding="gb18030", mark_bytes=len(_GB18030_MARK))
    return None


def guess_encoding(sample: bytes, *, complete: bool = True) -> EncodingGuess:
    """The encoding of a text, from its first bytes.

    Args:
        sample: the beginning of the text; a few dozen characters above ASCII decide.
        complete: the sample is the whole text; otherwise it may end within a character.
    """
    if (marked := mark_of(sample)) is not None:
        return marked
    if _has_nuls_of_utf16(sample):
        part = _scored_part(sample)
        prices = {encoding: _utf16_bits(part, encoding) for encoding in _UTF16}
        return EncodingGuess(encoding=min(prices, key=prices.__getitem__))
    if _is_utf8(sample, complete=complete):
        return EncodingGuess(encoding="utf-8")
    return _cheapest(_scored_part(sample))


def _is_utf8(sample: bytes, *, complete: bool) -> bool:
    try:
        codecs.getincrementaldecoder("utf-8")("strict").decode(sample, complete)
    except UnicodeDecodeError:
        return False
    return True


def _has_nuls_of_utf16(sample: bytes) -> bool:
    """Whether every other byte is often zero, and the others hardly ever: ASCII in UTF-16."""
    pairs = len(sample) // 2
    first, second = sample[: 2 * pairs : 2].count(0), sample[1 : 2 * pairs : 2].count(0)
    more, less = max(first, second), min(first, second)
    return more > _NUL_SHARE * pairs and less * 8 < more


def _utf16_bits(sample: bytes, encoding: str) -> float:
    text = _decoded(sample, encoding)
    return min(chinese_bits(text), western_bits(text))


def _scored_part(sample: bytes) -> bytes:
    """The first part that has something above ASCII in it."""
    if len(sample) <= SCORED_BYTES:
        return sample
    found = _ABOVE_ASCII.search(sample)
    start = sample.rfind(b"\n", 0, found.start()) + 1 if found else 0
    start -= start % 2  # whole units of UTF-16
    return sample[start : start + SCORED_BYTES]


def _cheapest(sample: bytes) -> EncodingGuess:
    costs = {
        "gb18030": chinese_bits(_decoded(sample, "gb18030")),
        "cp950": chinese_bits(_decoded(sample, "cp950")),
        "big5hkscs": chinese_bits(_decoded(sample, "big5hkscs")) + _UNUSUAL_BITS,
        "cp1252": western_bits(_decoded(sample, "cp1252")),
    }
    damaged = _decoded(sample, "utf-8")
    costs["utf-8"] = min(chinese_bits(damaged), western_bits(damaged))
    if len(sample) % 2 == 0:
        for encoding in _UTF16:
            costs[encoding] = _utf16_bits(sample, encoding) + _UNUSUAL_BITS
            if costs[encoding] > _LAST_RUNG_UTF16_BITS * len(sample):
                del costs[encoding]
    best = min(costs, key=costs.__getitem__)
    above = len(_ABOVE_ASCII.findall(sample))
    ascii_bits = 5.0 * (len(sample) - above)
    if best not in _UTF16 and costs[best] - ascii_bits > _LAST_RUNG_BITS * above:
        best = _last_rung(sample) or best
    return EncodingGuess(encoding=best, certain=False)


def _decoded(sample: bytes, encoding: str) -> str:
    return codecs.getincrementaldecoder(encoding)("replace").decode(sample)


def _last_rung(sample: bytes) -> str | None:
    from charset_normalizer import from_bytes

    best = from_bytes(sample).best()
    return None if best is None else best.encoding
