"""Which language a text is in: by its script where that decides, else by its words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

_MODEL = Path(__file__).with_name("language_model") / "lid.176.ftz"
_READ = 2_000  # characters looked at; more do not change the answer
_SURE = 0.5  # more probable than all other languages together
_NOT_WORDS = re.compile(  # of ASCII alone: Chinese puts no blank between them and its words
    r"(?:https?://|www\.)[!-~]+|[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+|[@#][A-Za-z0-9_]+"
)
_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_KANA = re.compile("[\u3041-\u3096\u30a1-\u30fa\uff66-\uff9d]")
_HANGUL = re.compile("[\u1100-\u11ff\u3130-\u318f\uac00-\ud7af]")
_WORD = re.compile(r"[^\W\d_]+")
_LATIN_WORD = re.compile("[A-Za-z\u00c0-\u024f\u1e00-\u1eff]+")
_OTHER_SCRIPT_SHARE = 0.1  # of kana or hangul: a single の is fashion in Chinese brand names
_WRITTEN_OTHERWISE = {"zh", "wuu", "yue", "ja", "ko"}  # a guess that Latin letters contradict

Basis = Literal["characters", "words", "default", "no words"]
NotJudged = Literal["blank", "unknown language", "unsupported language"]


@dataclass(frozen=True, kw_only=True)
class TextLanguage:
    """The language of one text and what it was told by."""

    code: str | None  # BCP 47, for example "en"; None where it cannot be told
    basis: Basis  # "default": Latin letters, too few or too odd to be told, taken as English


def detect_language(text: str) -> TextLanguage:
    """Tell the language of a text; the same text gives the same answer.

    Han characters without kana and hangul are Chinese; a Han character weighs as much as a
    Latin word, so that a product's name does not outweigh a sentence around it. Latin letters
    are English unless another language is more probable than all others together, by the
    model of `language_model/NOTICE.md`. Links, addresses, mentions and hashtags do not count.

    Args:
        text: anything; only its first 2,000 characters are read.
    """
    words = _NOT_WORDS.sub(" ", text[:_READ])
    if words.isascii():  # most English: no script to look for
        if _WORD.search(words) is None:
            return TextLanguage(code=None, basis="no words")
        return _by_words(words, latin=True)
    han, kana, hangul = (len(script.findall(words)) for script in (_HAN, _KANA, _HANGUL))
    asian = han + kana + hangul
    rest = _HANGUL.sub(" ", _KANA.sub(" ", _HAN.sub(" ", words)))
    other_words = _WORD.findall(rest)
    if asian and asian >= len(other_words):
        if kana > _OTHER_SCRIPT_SHARE * asian and kana >= hangul:
            return TextLanguage(code="ja", basis="characters")
        if hangul > _OTHER_SCRIPT_SHARE * asian:
            return TextLanguage(code="ko", basis="characters")
        return TextLanguage(code="zh", basis="characters")
    if not other_words:
        return TextLanguage(code=None, basis="no words")
    latin = sum(_LATIN_WORD.fullmatch(word) is not None for word in other_words)
    return _by_words(rest, latin=2 * latin > len(other_words))


def status_without_bundle(text: str, code: str | None) -> NotJudged:
    """Why a text is not judged when no bundle reads its language.

    Args:
        text: anything.
        code: its language; None where it cannot be told.
    """
    if not text.strip():
        return "blank"
    return "unknown language" if code is None else "unsupported language"


def _by_words(words: str, *, latin: bool) -> TextLanguage:
    code, probability = _most_probable(words)
    if latin and (probability <= _SURE or code == "en"):
        return TextLanguage(code="en", basis="words" if probability > _SURE else "default")
    known = probability > _SURE and code not in _WRITTEN_OTHERWISE | (set() if latin else {"en"})
    return TextLanguage(code=code if known else None, basis="words")


def _most_probable(words: str) -> tuple[str, float]:
    line = " ".join(words.split()).encode("utf-8", "replace").decode("utf-8")
    if line.isupper():
        line = line.lower()  # capitals alone look like no language the model has read
    model = _model()
    if model is None:
        return "en", 0.0
    labels, probabilities = model.predict(line, k=1)
    return labels[0].removeprefix("__label__"), float(probabilities[0])


@cache
def _model() -> Any:
    """The model; None where it cannot be read, and alphabets alone must do.

    The library opens files by their name in the system's code page, so on Windows a folder named
    in another script can be out of its reach.
    """
    import fasttext  # 30 ms with the model, so only when a text needs it

    try:
        return fasttext.load_model(str(_MODEL))
    except (ValueError, OSError):
        return None
