"""Figures of many verdicts: how often each label is, by any column, over time.

Codes of labels (`NOT_JUDGED` for none) and valences (nan for none) are arrays beside each other, a
row each. Cells may be too many for memory: `GroupCounter` counts them chunk by chunk, and
`grouped` and `over_time_of` read it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from desktop_app.results.date_text import parse_date, writes_day_first
from desktop_app.results.group_counter import GroupCounter

# Axis letters: N rows, G groups, L labels.
Bucket = Literal["day", "week", "month"]
TOP_GROUPS = 20
_MOST_BUCKETS = 400  # more points than a chart has room for
_DAYS_SHOWN, _WEEKS_SHOWN = 62, 400  # days that are still shown by day, by week


@dataclass(frozen=True, kw_only=True)
class Distribution:
    """How often each label is."""

    labels: tuple[str, ...]
    counts: tuple[int, ...]  # beside the labels
    not_judged: int  # rows
    uncertain: int  # rows, among the judged
    mean_valence: float | None  # of the rows that have one
    rated: int = 0  # those rows

    @property
    def judged(self) -> int:
        """Rows with a verdict."""
        return sum(self.counts)

    @property
    def partly_rated(self) -> bool:
        """True when a bundle without valences judged some of the rows."""
        return 0 < self.rated < self.judged


@dataclass(frozen=True, kw_only=True)
class GroupedCounts:
    """How often each label is in each group: a value of a column, or a stretch of time."""

    column: str
    labels: tuple[str, ...]
    groups: tuple[str, ...]  # the largest first; of time in its order
    counts: tuple[tuple[int, ...], ...]  # groups x labels
    not_judged: tuple[int, ...]  # rows a group
    mean_valence: tuple[float | None, ...]  # a group
    left_out: int  # rows in smaller groups, or whose cell is no date
    bucket: Bucket | None = None  # None: not of time


def distribution(
    codes: NDArray[np.intp],
    labels: Sequence[str],
    *,
    uncertain: NDArray[np.bool_] | None = None,
    valences: NDArray[np.float64] | None = None,
) -> Distribution:
    """Count labels.

    Args:
        codes: (N,) places in `labels`, or `NOT_JUDGED`.
        labels: L names.
        uncertain: (N,) the verdict is too close to call.
        valences: (N,) nan where there is none.
    """
    judged = codes >= 0
    counts = np.bincount(codes[judged], minlength=len(labels))
    known = np.empty(0) if valences is None else valences[np.isfinite(valences)]
    return Distribution(
        labels=tuple(labels),
        counts=tuple(counts.tolist()),
        not_judged=int(len(codes) - judged.sum()),
        uncertain=0 if uncertain is None else int((uncertain & judged).sum()),
        mean_valence=float(known.mean()) if len(known) else None,
        rated=len(known),
    )


def grouped(
    counter: GroupCounter, labels: Sequence[str], *, column: str, top: int = TOP_GROUPS
) -> GroupedCounts:
    """Counts by the cells of a column; the `top` largest groups, equal ones by name."""
    counts, names = counter.counts, counter.groups
    totals = counts.sum(axis=1)
    order = sorted(range(len(names)), key=lambda place: (-int(totals[place]), names[place]))
    shown = order[:top]
    left_out = sum(int(totals[place]) for place in order[top:]) + counter.overflowed
    return GroupedCounts(
        column=column,
        labels=tuple(labels),
        groups=tuple(names[place] for place in shown),
        counts=tuple(tuple(counts[place, :-1].tolist()) for place in shown),
        not_judged=tuple(int(counts[place, -1]) for place in shown),
        mean_valence=_means(counter.valence_sums[shown], counter.valence_counts[shown]),
        left_out=left_out,
    )


def over_time_of(
    counter: GroupCounter,
    labels: Sequence[str],
    *,
    column: str,
    bucket: Bucket | None = None,
) -> GroupedCounts:
    """Counts by day, week (from Monday) or month, empty stretches included.

    Args:
        counter: of what `date_token` made of the cells.
        labels: L names.
        column: the dates stood in.
        bucket: None: as fine as 62 days or 400 days allow.
    """
    tokens, counts = counter.groups, counter.counts
    valence_sums, valence_counts = counter.valence_sums, counter.valence_counts
    day_first = writes_day_first(tokens)
    days = [parse_date(token, day_first=day_first) for token in tokens]
    known = [day for day in days if day is not None]
    bucket = bucket or _fitting(known)
    starts = _starts(known, bucket)
    place = {start: number for number, start in enumerate(starts)}
    width = len(labels) + 1
    sums, rated = np.zeros(len(starts)), np.zeros(len(starts), np.int64)
    table, left_out = np.zeros((len(starts), width), np.int64), counter.overflowed
    for number, day in enumerate(days):
        row = None if day is None else place.get(_start(day, bucket))
        if row is None:
            left_out += int(counts[number].sum())
            continue
        table[row] += counts[number]
        sums[row] += valence_sums[number]
        rated[row] += valence_counts[number]
    return GroupedCounts(
        column=column,
        labels=tuple(labels),
        groups=tuple(_name(start, bucket) for start in starts),
        counts=tuple(tuple(row[:-1]) for row in table.tolist()),
        not_judged=tuple(table[:, -1].tolist()),
        mean_valence=_means(sums, rated),
        left_out=left_out,
        bucket=bucket,
    )


def _means(sums: NDArray[np.float64], known: NDArray[np.int64]) -> tuple[float | None, ...]:
    return tuple(
        total / count if count else None
        for total, count in zip(sums.tolist(), known.tolist(), strict=True)
    )


def _fitting(days: Sequence[date]) -> Bucket:
    span = (max(days) - min(days)).days if days else 0
    if span <= _DAYS_SHOWN:
        return "day"
    return "week" if span <= _WEEKS_SHOWN else "month"


def _start(day: date, bucket: Bucket) -> date:
    if bucket == "month":
        return day.replace(day=1)
    return day - timedelta(days=day.weekday()) if bucket == "week" else day


def _starts(days: Sequence[date], bucket: Bucket) -> list[date]:
    """All stretches from the first to the last; without the empty ones if they are too many."""
    if not days:
        return []
    used = sorted({_start(day, bucket) for day in days})
    starts = [used[0]]
    while starts[-1] < used[-1]:
        if len(starts) > _MOST_BUCKETS:
            return used
        starts.append(_next(starts[-1], bucket))
    return starts


def _next(start: date, bucket: Bucket) -> date:
    if bucket == "month":
        return (start + timedelta(days=31)).replace(day=1)
    return start + timedelta(days=7 if bucket == "week" else 1)


def _name(start: date, bucket: Bucket) -> str:
    return start.isoformat()[:7] if bucket == "month" else start.isoformat()
