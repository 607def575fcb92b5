from datetime import date

import pytest

from desktop_app.results.date_text import date_token, parse_date, writes_day_first


@pytest.mark.parametrize(
    "cell",
    [
        "2024-03-05",
        " 2024/3/5 ",
        "2024.3.5",
        "2024年3月5日",
        "2024-03-05T10:11:12Z",
        "2024-03-05 10:11",
        "05/03/2024",
        "5.3.2024 08:00",
        "5 Mar 2024",
        "5-March-2024",
        "March 5, 2024",
        "Mar 5 2024",
        "20240305",
    ],
)
def test_dates_as_people_write_them(cell):
    assert parse_date(date_token(cell)) == date(2024, 3, 5)


@pytest.mark.parametrize("cell", ["2024-03", "2024年3月", "2024/3"])
def test_a_month_is_its_first_day(cell):
    assert parse_date(date_token(cell)) == date(2024, 3, 1)


@pytest.mark.parametrize(
    "cell",
    ["", "text", "2024", "2024.5", "1234.56", "12", "5 stars 2024", "99999999", "13800138000"],
)
def test_other_cells_are_no_dates(cell):
    token = date_token(cell)
    assert token == "" or parse_date(token) is None


def test_days_that_do_not_exist_are_no_dates():
    assert parse_date("2023-02-29") is None
    assert parse_date("2024-13-01") is None


def test_a_column_tells_whether_the_day_comes_first():
    assert writes_day_first(["01/02/2024", "31/01/2024"])
    assert not writes_day_first(["01/02/2024", "01/31/2024"])
    assert writes_day_first(["01/02/2024"])
    assert parse_date("01/02/2024", day_first=False) == date(2024, 1, 2)


def test_the_time_of_day_makes_no_new_token():
    assert {date_token(f"2024-03-05 10:{minute:02}") for minute in range(60)} == {"2024-03-05"}
