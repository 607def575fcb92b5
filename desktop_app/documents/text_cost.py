"""How unlikely a text is as Chinese or as a western language, in bits.

The same bytes read in two encodings give two texts; the reading that costs fewer bits is the more
likely one. The models are coarse on purpose: tiers of characters with the share of a text that each
tier makes up, so that nothing depends on the wording of any sample.
"""

from __future__ import annotations

import re
from functools import lru_cache
from math import log2

from desktop_app.documents.frequent_characters import FIRST_50, FIRST_200, FIRST_600

_ERROR_BITS = 40.0  # bytes that are no character at all
_ODD_BITS = 24.0  # an unassigned or private character, a control character
_ASCII_BITS = 5.0
_SWITCH_BITS = 3.0  # from an ASCII letter to what is none, and back
_WESTERN_RUN_BITS = 4.0  # a second letter above ASCII after a first

_CHINESE_TIERS = (
    # characters, their share of a Chinese text
    ("，。！？、：；“”‘’（）《》…—～　", 0.14),
    (FIRST_50, 0.24),
    (FIRST_200, 0.25),
    (FIRST_600, 0.20),
    ("０１２３４５６７８９·【】「」『』％①②③④⑤￥＋－＝＊＃＆／〈〉＂＇．", 0.012),
)
_LEVEL_1_BITS = log2(3600 / 0.14)  # the rest of the 3,755 characters of GB 2312, level 1
_RARE_BITS = log2(18_000 / 0.008)
_KANA_BITS = 18.0

_WESTERN = {
    **dict.fromkeys("’“”–—…‘", 4.0),
    **dict.fromkeys("éèàüöäçñáíóêâôîûßëïúœæøåãõì", 5.0),
    **dict.fromkeys("€£©®°™•·«»½¼¾§¡¿×²³´¢¥ÉÈÀÜÖÄÇÑÁÍÓÊÂÔÎÛËÏÚŒÆØÅÃÕòùýÿšžŠŽ\xa0", 9.0),
}
_TOKENS = re.compile(r"[\x00-\x7f]+|[^\x00-\x7f]+")
_ODD_ASCII = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")


def chinese_bits(text: str) -> float:
    """Bits of a text as Chinese mixed with ASCII."""
    bits, last = 0.0, ""
    for token in _TOKENS.findall(text):
        if token[0] < "\x80":
            bits += len(token) * _ASCII_BITS + _ODD_BITS * len(_ODD_ASCII.findall(token))
        else:
            bits += sum(map(_chinese_character_bits, token))
            bits += _SWITCH_BITS if last[-1:].isalpha() else 0.0
        last = token if token[0] < "\x80" else ""
    return bits


def western_bits(text: str) -> float:
    """Bits of a text as a western language: letters above ASCII stand alone, among ASCII."""
    bits = 0.0
    for token in _TOKENS.findall(text):
        if token[0] < "\x80":
            bits += len(token) * _ASCII_BITS + _ODD_BITS * len(_ODD_ASCII.findall(token))
        else:
            bits += sum(_western_character_bits(character) for character in token)
            bits += _WESTERN_RUN_BITS * (len(token) - 1) + _SWITCH_BITS
    return bits


@lru_cache(maxsize=1 << 15)
def _chinese_character_bits(character: str) -> float:
    for characters, share in _CHINESE_TIERS:
        if character in characters:
            return log2(len(characters) / share)
    if character == "\ufffd":
        return _ERROR_BITS
    if "\u4e00" <= character <= "\u9fff":
        return _LEVEL_1_BITS if _is_level_1(character) else _RARE_BITS
    if "\u3040" <= character <= "\u30ff" or "\u2000" <= character <= "\u33ff":
        return _KANA_BITS
    if "\uff00" <= character <= "\uffef" or "\u3400" <= character <= "\u4dbf":
        return _KANA_BITS
    if "\u00a0" <= character <= "\u04ff" or "\U0001f000" <= character <= "\U0002ffff":
        return _KANA_BITS
    return _ODD_BITS


def _is_level_1(character: str) -> bool:
    """Whether it is in everyday use, as the two national standards sort it."""
    try:
        return b"\xb0\xa1" <= character.encode("gb2312") <= b"\xd7\xfe"
    except UnicodeEncodeError:
        pass
    try:
        return character.encode("big5") <= b"\xc6\x7e"
    except UnicodeEncodeError:
        return False


def _western_character_bits(character: str) -> float:
    if character == "\ufffd":
        return _ERROR_BITS
    return _WESTERN.get(character, 14.0 if character > "\x9f" else _ODD_BITS)
