import numpy as np
import pytest

from desktop_app.results.date_text import date_token
from desktop_app.results.group_counter import NOT_JUDGED, GroupCounter
from desktop_app.results.summary import GroupedCounts, distribution, grouped, over_time_of

LABELS = ("bad", "good")
NAN = float("nan")


def by_column(values, codes, labels, *, valences=None, **options) -> GroupedCounts:
    counter = GroupCounter(len(labels))
    counter.add([value.strip() for value in values], codes, valences)
    return grouped(counter, labels, **options)


def over_time(values, codes, labels, *, valences=None, **options) -> GroupedCounts:
    counter = GroupCounter(len(labels))
    counter.add([date_token(value) for value in values], codes, valences)
    return over_time_of(counter, labels, **options)


def codes(*values: int) -> np.ndarray:
    return np.array(values, np.intp)


def test_a_distribution_counts_labels_and_what_was_not_judged():
    figures = distribution(
        codes(0, 1, 1, NOT_JUDGED, 1),
        LABELS,
        uncertain=np.array([True, False, True, True, False]),
        valences=np.array([-1.0, 2.0, 2.0, NAN, 1.0]),
    )
    assert figures.counts == (1, 3)
    assert (figures.judged, figures.not_judged) == (4, 1)
    assert figures.uncertain == 2  # that of a row without a verdict does not count
    assert figures.mean_valence == 1.0


def test_a_distribution_of_nothing_is_empty():
    figures = distribution(codes(), LABELS)
    assert (figures.counts, figures.not_judged, figures.mean_valence) == ((0, 0), 0, None)


def test_groups_are_the_largest_first_and_equal_ones_by_name():
    figures = by_column(
        ["b", "a ", "c", "a", "b", "d", "a", ""],
        codes(0, 1, 1, 1, NOT_JUDGED, 0, 0, 1),
        LABELS,
        column="shop",
        valences=np.array([-2.0, 1.0, 1.0, 2.0, NAN, -1.0, 0.0, 1.0]),
        top=3,
    )
    assert figures.groups == ("a", "b", "")
    assert figures.counts == ((1, 2), (1, 0), (0, 1))
    assert figures.not_judged == (0, 1, 0)
    assert figures.mean_valence == (1.0, -2.0, 1.0)
    assert figures.left_out == 2
    assert figures.bucket is None


def test_counting_in_chunks_gives_what_counting_at_once_gives():
    rng = np.random.default_rng(3)
    values = [f"g{number}" for number in rng.integers(0, 40, 5_000)]
    labels = rng.integers(-1, 2, 5_000).astype(np.intp)
    valences = np.where(rng.random(5_000) < 0.2, NAN, rng.normal(size=5_000))
    whole, parts = GroupCounter(2), GroupCounter(2)
    whole.add(values, labels, valences)
    for start in range(0, 5_000, 333):
        chunk = slice(start, start + 333)
        parts.add(values[chunk], labels[chunk], valences[chunk])
    assert whole.groups == parts.groups
    assert (whole.counts == parts.counts).all()
    assert whole.counts.sum() == 5_000
    np.testing.assert_allclose(whole.valence_sums, parts.valence_sums)
    place = whole.groups.index("g7")
    chosen = np.array([value == "g7" for value in values])
    assert whole.counts[place].tolist() == [
        int((labels[chosen] == code).sum()) for code in (0, 1, -1)
    ]
    assert whole.valence_sums[place] == pytest.approx(np.nansum(valences[chosen]))


def test_too_many_groups_are_counted_together_and_said():
    counter = GroupCounter(2, max_groups=3)
    counter.add([str(number) for number in range(10)], np.zeros(10, np.intp))
    assert len(counter.groups) == 3
    assert counter.overflowed == 7
    figures = by_column(["x"] * 3, codes(0, 0, 1), LABELS, column="c")
    assert figures.left_out == 0


def test_days_without_rows_are_there_too():
    figures = over_time(
        ["2024-02-28 10:00", "2024/3/1", "no date", "", "2024年2月28日"],
        codes(0, 1, 1, 1, 1),
        LABELS,
        column="when",
        valences=np.array([-1.0, 1.0, NAN, NAN, 3.0]),
    )
    assert figures.bucket == "day"
    assert figures.groups == ("2024-02-28", "2024-02-29", "2024-03-01")
    assert figures.counts == ((1, 1), (0, 0), (0, 1))
    assert figures.mean_valence == (1.0, None, 1.0)
    assert figures.left_out == 2


def test_weeks_begin_on_monday_and_months_on_the_first():
    days = ["2024-12-30", "2025-01-05", "2025-01-06"]
    weeks = over_time(days, codes(0, 0, 1), LABELS, column="when", bucket="week")
    assert weeks.groups == ("2024-12-30", "2025-01-06")
    assert weeks.counts == ((2, 0), (0, 1))
    months = over_time(days, codes(0, 0, 1), LABELS, column="when", bucket="month")
    assert months.groups == ("2024-12", "2025-01")
    assert months.counts == ((1, 0), (1, 1))


@pytest.mark.parametrize(
    ("last", "bucket"), [("2024-03-03", "day"), ("2024-03-04", "week"), ("2025-03-01", "month")]
)
def test_the_span_decides_how_fine_time_is(last, bucket):
    figures = over_time(["2024-01-01", last], codes(0, 1), LABELS, column="when")
    assert figures.bucket == bucket


def test_centuries_by_day_show_only_days_with_rows():
    figures = over_time(
        ["1900-01-01", "2024-01-01"], codes(0, 1), LABELS, column="when", bucket="day"
    )
    assert figures.groups == ("1900-01-01", "2024-01-01")


def test_no_dates_at_all_give_an_empty_chart():
    figures = over_time(["x", "y"], codes(0, 1), LABELS, column="when")
    assert (figures.groups, figures.left_out) == ((), 2)


def test_a_mean_of_some_rows_says_so():
    codes = np.array([0, 1, 1, -1])
    some = distribution(codes, ("bad", "good"), valences=np.array([1.0, np.nan, 3.0, np.nan]))
    assert (some.mean_valence, some.rated, some.partly_rated) == (2.0, 2, True)
    every = distribution(codes, ("bad", "good"), valences=np.array([1.0, 2.0, 3.0, np.nan]))
    assert (every.rated, every.partly_rated) == (3, False)
    none = distribution(codes, ("bad", "good"))
    assert (none.mean_valence, none.partly_rated) == (None, False)
