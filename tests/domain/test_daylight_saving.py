"""The wall time of a repeat survives every change of the clocks; no date is lost or doubled."""

import datetime as dt
from itertools import islice, pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taskora.domain.due import Due, settled, wall_instant
from taskora.domain.recurrence import next_occurrence, occurrences
from taskora.domain.series import Anchor, Repeat, Rule
from tests.domain import calendars
from tests.domain.completions import next_text, repeat, text
from tests.domain.drawn import dates, times, zones

CHANGES = [
    ("America/New_York", "2026-03-08", "02:30", "2026-03-08 03:30"),
    ("Europe/Berlin", "2026-03-29", "02:15", "2026-03-29 03:15"),
    ("Australia/Sydney", "2026-10-04", "02:59", "2026-10-04 03:59"),
    ("Australia/Lord_Howe", "2026-10-04", "02:10", "2026-10-04 02:40"),
    ("America/Santiago", "2026-09-06", "00:00", "2026-09-06 01:00"),
]
OVERLAPS = [
    ("America/New_York", "2026-11-01", "01:30", "2026-11-01T05:30+00:00"),
    ("Europe/Berlin", "2026-10-25", "02:30", "2026-10-25T00:30+00:00"),
    ("Australia/Sydney", "2026-04-05", "02:30", "2026-04-04T15:30+00:00"),
    ("Australia/Lord_Howe", "2026-04-05", "01:45", "2026-04-04T14:45+00:00"),
    ("America/Santiago", "2026-04-04", "23:30", "2026-04-05T02:30+00:00"),
]


@pytest.mark.requirement("R-021")
@pytest.mark.parametrize(("zone", "date", "time", "moved"), CHANGES)
def test_a_time_in_the_spring_gap_moves_forward_that_day_only(zone: str, date: str, time: str, moved: str) -> None:
    day_before = dt.date.fromisoformat(date) - dt.timedelta(days=1)
    daily = repeat("FREQ=DAILY", f"{day_before} {time}")
    assert [text(due) for due in islice(occurrences(daily, zone), 3)] == [
        f"{day_before} {time}",
        moved,
        f"{day_before + dt.timedelta(days=2)} {time}",
    ]


@pytest.mark.requirement("R-021")
@pytest.mark.parametrize(("zone", "date", "time", "first"), OVERLAPS)
def test_a_time_that_comes_twice_means_the_first(zone: str, date: str, time: str, first: str) -> None:
    daily = repeat("FREQ=DAILY", f"{date} {time}")
    due = next(iter(occurrences(daily, zone)))
    assert text(due) == f"{date} {time}"
    assert due.instant(zone) == dt.datetime.fromisoformat(first)


@pytest.mark.requirement("R-021")
@given(zones, dates, times)
def test_a_daily_repeat_has_every_date_once_at_its_wall_time(zone: str, start: dt.date, time: dt.time) -> None:
    series = islice(occurrences(Repeat((Rule("FREQ=DAILY", start, time),)), zone), 380)
    for number, due in enumerate(series):
        date = start + dt.timedelta(days=number)
        expected = calendars.instant(date, time, zone)
        assert due.instant(zone) == expected
        shown = expected.astimezone(ZoneInfo(zone))
        assert (due.date, due.time) == (shown.date(), shown.time())
        assert due.date == date


@given(zones, dates, st.sampled_from([15, 20, 30, 45, 60, 90, 180]))
def test_a_repeat_within_the_day_loses_and_doubles_no_instant(zone: str, start: dt.date, minutes: int) -> None:
    rule = Rule(f"FREQ=MINUTELY;INTERVAL={minutes}", start, dt.time(0))
    found = [due.instant(zone) for due in islice(occurrences(Repeat((rule,)), zone), 200)]
    midnight = dt.datetime.combine(start, dt.time(0))
    walls = (midnight + dt.timedelta(minutes=minutes * number) for number in range(230))
    expected = sorted({calendars.instant(wall.date(), wall.time(), zone) for wall in walls})
    assert found == expected[:200]


@given(zones, dates, times, st.sampled_from(["FREQ=DAILY", "FREQ=WEEKLY", "FREQ=MONTHLY", "FREQ=DAILY;INTERVAL=3"]))
def test_completing_each_on_time_keeps_the_hour_over_a_year(
    zone: str, start: dt.date, time: dt.time, rrule: str
) -> None:
    repeating = Repeat((Rule(rrule, start, time),))
    due = next(iter(occurrences(repeating, zone)))
    dues = [due]
    while due.date < start + dt.timedelta(days=366):
        found = next_occurrence(
            repeating, zone, occurrence=due, due=due, completed_at=due.instant(zone), user_zone=zone, made=1
        )
        assert found is not None
        due = found.due
        dues.append(due)
    assert dues == list(islice(occurrences(repeating, zone), len(dues)))
    assert sum(due.time != time for due in dues) <= 3
    assert all(earlier.instant(zone) < later.instant(zone) for earlier, later in pairwise(dues))


@given(zones, dates, times)
def test_the_instant_of_a_wall_time_is_the_first_that_the_clocks_show(zone: str, date: dt.date, time: dt.time) -> None:
    assert wall_instant(date, time, zone) == calendars.instant(date, time, zone)


@given(zones, dates, times)
def test_settling_a_due_keeps_its_instant_and_gives_a_time_that_exists(zone: str, date: dt.date, time: dt.time) -> None:
    due = Due(date, time, zone)
    assert settled(due).instant(zone) == due.instant(zone)
    shown = due.instant(zone).astimezone(ZoneInfo(zone))
    assert (settled(due).date, settled(due).time) == (shown.date(), shown.time())
    assert settled(Due(date)) == Due(date)


def test_hours_after_completion_are_elapsed_hours() -> None:
    every_3_hours = repeat("FREQ=HOURLY;INTERVAL=3", "2026-03-07 20:00", anchor=Anchor.COMPLETION)
    assert next_text(every_3_hours, "2026-03-07 20:00", "2026-03-08 00:30") == "2026-03-08 04:30"


def test_hours_by_schedule_follow_the_clock_on_the_wall() -> None:
    every_12_hours = repeat("FREQ=HOURLY;INTERVAL=12", "2026-03-01 09:00")
    assert next_text(every_12_hours, "2026-03-07 21:00", "2026-03-07 22:00") == "2026-03-08 09:00"


def test_a_day_that_a_zone_left_out_is_neither_lost_nor_doubled() -> None:
    daily = repeat("FREQ=DAILY", "2011-12-28 09:00")
    assert [text(due) for due in islice(occurrences(daily, "Pacific/Apia"), 4)] == [
        "2011-12-28 09:00",
        "2011-12-29 09:00",
        "2011-12-31 09:00",
        "2012-01-01 09:00",
    ]


def test_a_zone_whose_clocks_skip_midnight_still_has_its_all_day_dates() -> None:
    daily = repeat("FREQ=DAILY", "2026-09-05")
    assert next_text(daily, "2026-09-05", "2026-09-05 12:00", zone="America/Santiago") == "2026-09-06"
    assert next_text(daily, "2026-09-06", "2026-09-06 12:00", zone="America/Santiago") == "2026-09-07"
