"""Shipped bundles that do the same for different languages: `sentiment-en`, `sentiment-zh`."""

from __future__ import annotations

import re
from pathlib import Path

SHIPPED = Path(__file__).with_name("bundles")  # package data
SUFFIX = ".tflite"
_LANGUAGE = re.compile("[a-z]{2,3}")


def bundles_by_language(family: str, folder: Path = SHIPPED) -> dict[str, str]:
    """The members of a family: language to bundle name, English first. No file is read.

    Args:
        family: the part of the names in front of the language, for example "sentiment".
        folder: where the bundles lie.
    """
    members = {}
    for path in folder.glob(f"{family}-*{SUFFIX}"):
        language = path.stem[len(family) + 1 :]
        if _LANGUAGE.fullmatch(language):
            members[language] = path.stem
    return dict(sorted(members.items(), key=lambda member: (member[0] != "en", member[0])))
