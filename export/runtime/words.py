"""The words of a text as a reader sees them, by their characters."""

from __future__ import annotations

import re
import unicodedata

_SCRIPTS_WITHOUT_BLANKS = (  # first and last character
    ("\u0e01", "\u0eff"),  # Thai, Lao
    ("\u1000", "\u109f"),  # Burmese
    ("\u1780", "\u17ff"),  # Khmer
    ("\u3005", "\u3007"),
    ("\u3041", "\u30ff"),  # kana
    ("\u31f0", "\u31ff"),
    ("\u3400", "\u4dbf"),  # Han
    ("\u4e00", "\u9fff"),
    ("\uf900", "\ufaff"),
    ("\uff66", "\uff9f"),  # kana of half width
    ("\U00020000", "\U0003ffff"),  # rarer Han
)
_KEPT_WHOLE = re.compile(
    r"(?:https?://|www\.)[!#-;=?-~]*[A-Za-z0-9/#=&_-]|(?<![A-Za-z0-9])[@#][A-Za-z0-9_]+"
)
# Over kinds: (l)etter, (d)igit, (a)postrophe or hyphen, (p)oint or comma, other (s)ign, (e)moji,
# (c)haracter of a script without blanks, (m)ark of what stands before it, (b)lank.
_WORD = re.compile(
    rb"cm*|(?:[ld]m*)+(?:(?:a(?=[ld])|(?<=d)p(?=d))(?:[ld]m*)+)*|[aps][apsm]*|e[em]*|m+"
)


class _Kinds(dict[int, str]):
    """Code point to kind, each found once."""

    def __missing__(self, code_point: int) -> str:
        kind = self[code_point] = _kind(chr(code_point))
        return kind


_KINDS = _Kinds()


def find_words(text: str) -> list[tuple[int, int]]:
    """The words, in order, as characters [start, end) of the text; blanks belong to none.

    A word is a run of letters and digits, with the apostrophes, hyphens and decimal points
    inside it (``don't``, ``well-made``, ``3.5``); a run of signs (``!!!``, ``:-)``) or of emoji;
    a link, mention or hashtag of ASCII characters as a whole; and a single character of a script
    that puts no blanks between words (Chinese, Japanese, Thai, Lao, Burmese, Khmer), also
    beside letters. Combining marks and joiners stay with the character before them.

    Args:
        text: anything.
    """
    kinds = bytearray(text.translate(_KINDS), "ascii")  # one a character
    for whole in _KEPT_WHOLE.finditer(text):
        kinds[slice(*whole.span())] = b"l" * len(whole[0])
    return [word.span() for word in _WORD.finditer(kinds)]


def _kind(character: str) -> str:
    if any(first <= character <= last for first, last in _SCRIPTS_WITHOUT_BLANKS):
        # among them are marks, digits and signs, as in every script
        return "m" if unicodedata.category(character)[0] == "M" else "c"
    if character in "'’-":
        return "a"
    if character in ".,":
        return "p"
    category = unicodedata.category(character)
    if character.isspace() or category == "Cc" or category[0] == "Z":
        return "b"
    if "\U0001f3fb" <= character <= "\U0001f3ff":  # colours of the emoji before them
        return "m"
    if category[0] in "PS":
        return "e" if category == "So" else "s"
    if category[0] == "N":
        return "d"
    return "m" if category[0] == "M" or category in ("Cf", "Cs", "Co") else "l"
