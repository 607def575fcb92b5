"""The sha256 that a person pasted, to be compared with that of a file."""

from __future__ import annotations

import re

from desktop_app.models.model_error import ModelError

_DIGITS = 64
_HASH = re.compile(rf"(?:sha-?256\s*[:=]?\s*)?([0-9a-f]{{{_DIGITS}}})(?:\s.*)?", re.DOTALL)


def expected_hash(pasted: str) -> str:
    """The hash in a pasted text, in lower case; "" for an empty one.

    Reads what `sha256sum`, web pages and this window give: upper or lower case, `sha256:` in
    front, a file's name behind.

    Raises:
        ModelError: if there is none.
    """
    text = pasted.strip().lower()
    if not text:
        return ""
    found = _HASH.fullmatch(text)
    if found is None:
        raise ModelError(
            f"A sha256 has {_DIGITS} digits from 0 to 9 and a to f; received {len(text)} "
            "characters that are none. Paste it again, or leave the field empty."
        )
    return found[1]
