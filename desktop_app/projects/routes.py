"""A routing in the numbers of a project, for SQL and for numpy."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from desktop_app.projects.verdict import ANY_LANGUAGE, BLANK_LANGUAGE, Routing

_NOWHERE = -1
_NEW_BUNDLE = 0  # one that has judged nothing here; numbers of bundles start at 1


@dataclass(frozen=True, kw_only=True)
class Routes:
    """Which bundle a language goes to."""

    by_language: dict[int, int]  # number of the language to number of the bundle
    other: int  # of all other languages; -1: to none

    @property
    def bundles(self) -> tuple[int, ...]:
        """The bundles that may have results."""
        numbers = {*self.by_language.values(), self.other}
        return tuple(sorted(number for number in numbers if number > _NEW_BUNDLE))

    def sql(self, language: str) -> str:
        """An expression for the number of the bundle, -1 for none.

        Args:
            language: SQL for the number of the language.
        """
        if not self.by_language:
            return str(self.other)
        cases = " ".join(f"WHEN {key} THEN {value}" for key, value in self.by_language.items())
        return f"CASE {language} {cases} ELSE {self.other} END"

    def table(self, languages: int) -> NDArray[np.int32]:
        """(languages,) the number of the bundle at the number of the language, -1 for none."""
        table = np.full(languages, self.other, np.int32)
        for language, bundle in self.by_language.items():
            table[language] = bundle
        return table


def resolve_routes(connection: sqlite3.Connection, routing: Routing) -> Routes:
    """Look up the numbers of a routing's languages and bundles."""
    languages = dict(connection.execute("SELECT name, id FROM languages"))
    bundles = dict(connection.execute("SELECT sha256, id FROM bundles"))
    known = {
        languages[language]: bundles.get(sha256, _NEW_BUNDLE)
        for language, sha256 in routing.items()
        if language in languages
    }
    if BLANK_LANGUAGE in languages:
        known[languages[BLANK_LANGUAGE]] = _NOWHERE
    other = routing.get(ANY_LANGUAGE)
    return Routes(
        by_language=known,
        other=_NOWHERE if other is None else bundles.get(other, _NEW_BUNDLE),
    )
