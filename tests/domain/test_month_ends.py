"""A day that a month lacks becomes its last day, and the day that was asked for comes back."""

import calendar
import datetime as dt
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taskora.domain.recurrence import occurrences
from tests.domain.completions import next_text, repeat, text
from tests.domain.drawn import dates


def first(count: int, rrule: str, start: str) -> list[str | None]:
    return [text(due) for due in islice(occurrences(repeat(rrule, start), "UTC"), count)]


@pytest.mark.requirement("R-021")
def test_the_31st_falls_on_the_last_day_of_each_month_without_drift() -> None:
    assert first(5, "FREQ=MONTHLY", "2026-01-31") == [
        "2026-01-31",
        "2026-02-28",
        "2026-03-31",
        "2026-04-30",
        "2026-05-31",
    ]
    assert first(3, "FREQ=MONTHLY;BYMONTHDAY=31", "2027-12-01") == ["2027-12-31", "2028-01-31", "2028-02-29"]


@pytest.mark.requirement("R-021")
def test_completing_step_by_step_comes_back_to_the_31st() -> None:
    monthly = repeat("FREQ=MONTHLY;BYMONTHDAY=31", "2026-01-31 09:00")
    assert next_text(monthly, "2026-01-31 09:00", "2026-01-31 10:00") == "2026-02-28 09:00"
    assert next_text(monthly, "2026-02-28 09:00", "2026-02-28 10:00") == "2026-03-31 09:00"


@pytest.mark.requirement("R-021")
def test_29_february_falls_on_the_28th_in_common_years() -> None:
    leap = ["2024-02-29", "2025-02-28", "2026-02-28", "2027-02-28", "2028-02-29"]
    assert first(5, "FREQ=YEARLY", "2024-02-29") == leap
    assert first(5, "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", "2024-01-01") == leap
    assert first(2, "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", "2100-01-01") == ["2100-02-28", "2101-02-28"]


def test_two_days_that_fall_on_the_same_last_day_are_one_date() -> None:
    assert first(4, "FREQ=MONTHLY;BYMONTHDAY=30,31", "2026-01-30") == [
        "2026-01-30",
        "2026-01-31",
        "2026-02-28",
        "2026-03-30",
    ]


def test_every_month_of_a_yearly_rule_keeps_its_own_last_day() -> None:
    assert first(4, "FREQ=YEARLY;BYMONTH=2,4,5;BYMONTHDAY=31", "2026-01-01") == [
        "2026-02-28",
        "2026-04-30",
        "2026-05-31",
        "2027-02-28",
    ]


@pytest.mark.requirement("R-021")
@given(dates, st.integers(1, 31), st.integers(1, 14))
def test_a_hundred_months_on_the_day_is_the_asked_one_or_the_last(start: dt.date, day: int, interval: int) -> None:
    rule = repeat(f"FREQ=MONTHLY;INTERVAL={interval};BYMONTHDAY={day}", start.isoformat())
    for due in islice(occurrences(rule, "UTC"), 101):
        assert due.date.day == min(day, calendar.monthrange(due.date.year, due.date.month)[1])
        months = (due.date.year - start.year) * 12 + due.date.month - start.month
        assert months % interval == 0


def test_positions_and_weekdays_keep_their_literal_meaning() -> None:
    assert first(3, "FREQ=MONTHLY;BYDAY=5FR", "2026-01-01") == ["2026-01-30", "2026-05-29", "2026-07-31"]
    assert first(2, "FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13", "2026-01-01") == ["2026-02-13", "2026-03-13"]
    assert first(2, "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "2026-01-01") == ["2026-01-30", "2026-02-27"]
    assert first(2, "FREQ=MONTHLY;BYMONTHDAY=-31", "2026-01-01") == ["2026-01-01", "2026-03-01"]
