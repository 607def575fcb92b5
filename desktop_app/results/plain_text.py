"""Text of strangers in a form that UTF-8 files can hold."""

from __future__ import annotations

import re

_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")


def encodable(text: str) -> str:
    """The text with U+FFFD for lone surrogates, which no UTF-8 file can hold."""
    return text if text.isascii() else _LONE_SURROGATE.sub("\ufffd", text)


def markup_text(text: str) -> str:
    """The text for HTML and SVG: what XML forbids is U+FFFD, the five signs are escaped."""
    legal = _NOT_IN_XML.sub("\ufffd", encodable(text))
    for sign, escaped in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;")):
        legal = legal.replace(sign, escaped)
    return legal.replace("'", "&#39;")
