"""Which row of a document is which of the one that takes its place. No SQLite."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable, Iterator

Row = tuple[int, int, tuple[str, ...]]
"""Id; number of its text; its cells in the columns that both documents have, without the text."""


def same_rows(
    before: Callable[[], Iterable[Row]],
    now: Callable[[], Iterable[Row]],
    wanted: Collection[int],
    *,
    same_columns: bool,
) -> dict[int, int]:
    """Ids of rows to those of the same rows in the other document; in linear time.

    The same row has the same text and cells. Failing that, columns whose values are all different
    among the old rows, as those of ids are, tell which of several rows of a text it is; if they
    contradict each other, or know it no more, none is, unless its text is in one row alone of
    either. Where there is no such column it is the row of the same text and first cell, then the
    same text, at the same place among those that are left, if as many are left in both.

    Args:
        before: the old rows in order; asked more than once, since there may be a million.
        now: the new ones.
        wanted: ids of the old rows that matter.
        same_columns: neither document has a column that the other lacks, so rows that are equal
            here are equal in all.
    """
    pairs = _at_the_same_place(_whole(before()), _whole(now()), any_number=same_columns)
    if all(number in pairs for number in wanted):
        return pairs
    taken = set(pairs.values())
    old, known = [], set()
    for row in before():
        if row[0] in pairs:
            known.add(row[1])
        else:
            old.append(row)
    new = [row for row in now() if row[0] not in taken]
    places = _all_different(before())
    found = _by_columns(old, new, places)
    if places and (pairs or found is not None):  # else all ids are new ones, and say nothing
        return pairs | (found or {}) | _alone(old, new, known)
    for key in (lambda row: (row[1], row[2][:1]), lambda row: row[1]):
        sides = [((row[0], key(row)) for row in side) for side in (old, new)]
        found = _at_the_same_place(*sides, any_number=False)
        pairs |= found
        taken = set(found.values())
        old = [row for row in old if row[0] not in found]
        new = [row for row in new if row[0] not in taken]
    return pairs


def _whole(rows: Iterable[Row]) -> Iterator[tuple[int, int]]:
    """Hashes, to save memory: one pair of unlike rows in 2^64 would be taken for the same."""
    for number, text, cells in rows:
        yield number, hash((text, cells))


def _at_the_same_place(
    old: Iterable[tuple[int, Hashable]],
    new: Iterable[tuple[int, Hashable]],
    *,
    any_number: bool,
) -> dict[int, int]:
    """Pairs of ids with the same key; in order, or none if there are more in one of both."""
    groups: dict[Hashable, tuple[list[int], list[int]]] = {}
    for side, rows in enumerate((old, new)):
        for number, key in rows:
            groups.setdefault(key, ([], []))[side].append(number)
    pairs: dict[int, int] = {}
    for ours, theirs in groups.values():
        if any_number or len(ours) == len(theirs):
            pairs.update(zip(ours, theirs, strict=False))
    return pairs


def _all_different(rows: Iterable[Row]) -> list[int]:
    """Places of the columns in which no value comes twice."""
    seen: dict[int, set[str]] | None = None
    for _, _, cells in rows:
        if seen is None:
            seen = {place: set() for place in range(len(cells))}
        repeated = [place for place, values in seen.items() if cells[place] in values]
        for place in repeated:
            del seen[place]
        for place, values in seen.items():
            values.add(cells[place])
    return list(seen or ())


def _by_columns(old: list[Row], new: list[Row], places: list[int]) -> dict[int, int] | None:
    """Pairs on which all columns agree that know the row; None if none knows any."""
    told: dict[int, int] = {}  # 0: they contradict each other
    for place in places:
        values: dict[tuple[int, str], int] = {}  # 0: of several rows
        for number, value in _values(new, place):
            values[value] = 0 if value in values else number
        for number, value in _values(old, place):
            if other := values.get(value, 0):
                told[number] = other if told.get(number, other) == other else 0
    if not told:
        return None
    claims: dict[int, int] = {}
    for number, other in told.items():
        claims[other] = 0 if other in claims else number
    return {number: other for other, number in claims.items() if other and number}


def _values(rows: list[Row], place: int) -> Iterator[tuple[int, tuple[int, str]]]:
    for number, text, cells in rows:
        if cells[place]:
            yield number, (text, cells[place])


def _alone(old: list[Row], new: list[Row], known: set[int]) -> dict[int, int]:
    """Pairs of rows whose text no other row of either document has."""
    sides: list[dict[int, int]] = []
    for rows in (old, new):
        alone: dict[int, int] = {}  # text to row; 0: of several rows
        for number, text, _ in rows:
            alone[text] = 0 if text in alone else number
        sides.append(alone)
    ours, theirs = sides
    return {
        number: theirs[text]
        for text, number in ours.items()
        if number and text not in known and theirs.get(text)
    }
