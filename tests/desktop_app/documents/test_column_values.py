import numpy as np
import pytest

from desktop_app.documents.column_values import column_dates, column_numbers

NAN = float("nan")


@pytest.mark.parametrize(
    ("cells", "numbers"),
    [
        (["007", "-3.50", "+2", "1e3", ".5"], [7, -3.5, 2, 1000, 0.5]),
        (["1,234", "1,234,567", "12"], [1234, 1234567, 12]),
        (["1.234,5", "1,5", "2"], [1234.5, 1.5, 2]),
        (["1 234,5", "7"], [1234.5, 7]),
        (["12 %", "€3.50", "-$2", "5元", "１２．５％"], [12, 3.5, -2, 5, 12.5]),
        (["", "n/a", "12 apples", "1,2,3", "--1", "9" * 100, "1-2"], [NAN] * 7),
        ([], []),
    ],
)
def test_numbers(cells, numbers):
    found = column_numbers(cells)
    assert found.dtype == np.float64
    np.testing.assert_array_equal(found, np.array(numbers, dtype=np.float64))


@pytest.mark.parametrize(
    ("cells", "dates"),
    [
        (
            ["2024-01-31", "2024/1/2 12:30", "2024-02"],
            ["2024-01-31", "2024-01-02T12:30", "2024-02-01"],
        ),
        (["2024年1月31日", "20240131", "２０２４－０１－３１"], ["2024-01-31"] * 3),
        (["2024-01-31T10:11:12.5Z", "2024-01-31 10:11:12+08:00"], ["2024-01-31T10:11:12"] * 2),
        (["31/1/2024", "1/2/2024"], ["2024-01-31", "2024-02-01"]),
        (["1/31/2024", "1/2/2024"], ["2024-01-31", "2024-01-02"]),
        (["1/2/2024", "3.4.24"], ["2024-01-02", "2024-04-03"]),
        (["Jan 31, 2024", "31 January 2024 3:04 pm"], ["2024-01-31", "2024-01-31T15:04"]),
        (["", "x", "2024-13-01", "2023-02-29", "12345678", "May be, 2024"], ["NaT"] * 6),
    ],
)
def test_dates(cells, dates):
    found = column_dates(cells)
    assert found.dtype == np.dtype("M8[s]")
    np.testing.assert_array_equal(found, np.array(dates, dtype="M8[s]"))
