"""What an added bundle's file is called: the name it gives itself, and its hash."""

from __future__ import annotations

import re
from pathlib import Path

from export.runtime.bundle_family import SUFFIX

HASH_DIGITS = 12  # of the sha256 that stand in the name
_SHOWN_DIGITS = 6  # enough to tell two files of one name from each other
_NAME_BYTES = 80
_NOT_IN_NAMES = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*\ud800-\udfff]')
_STORED = re.compile(rf"(.+)-([0-9a-f]{{{HASH_DIGITS}}}){re.escape(SUFFIX)}", re.DOTALL)


def stored_file_name(name: str, sha256: str) -> str:
    """The name of the file for a bundle.

    Args:
        name: that the bundle gives itself; any text.
        sha256: of the whole file, hexadecimal.
    """
    stem = _NOT_IN_NAMES.sub("_", name).strip(". ") or "model"
    stem = stem.encode("utf-8")[:_NAME_BYTES].decode("utf-8", "ignore")
    return f"{stem}-{sha256[:HASH_DIGITS]}{SUFFIX}"


def is_stored_name(name: str) -> bool:
    """Whether a file is called as `stored_file_name` calls them."""
    return _STORED.fullmatch(name) is not None


def shown_name(bundle: str) -> str:
    """What a bundle is called in a list: its name, that of its file, or name and hash of an added.

    Args:
        bundle: a shipped name, or a path.
    """
    name = Path(bundle).name
    stored = _STORED.fullmatch(name)
    return name if stored is None else f"{stored[1]} ({stored[2][:_SHOWN_DIGITS]})"
