"""What follows a completion: early, late, moved, counted from the completion, up to the end of the series."""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taskora.domain.due import Due
from taskora.domain.recurrence import PASSED_OVER_LIMIT, first_occurrence, next_occurrence, occurrences
from taskora.domain.series import Anchor, End, Repeat, Rule
from tests.domain.completions import NEW_YORK, due, following, next_text, repeat, text
from tests.domain.drawn import instants, repeats, rule_texts, times, zones

MONDAYS = repeat("FREQ=WEEKLY;BYDAY=MO", "2026-11-02 09:00")


@pytest.mark.requirement("R-020")
def test_plus_a_day_a_week_a_month() -> None:
    at = "2026-11-02 09:00"
    assert next_text(repeat("FREQ=DAILY", at), at, "2026-11-02 09:05") == "2026-11-03 09:00"
    assert next_text(repeat("FREQ=WEEKLY", at), at, "2026-11-02 09:05") == "2026-11-09 09:00"
    assert next_text(repeat("FREQ=MONTHLY", at), at, "2026-11-02 09:05") == "2026-12-02 09:00"


@pytest.mark.requirement("R-020")
def test_done_early_is_still_the_week_after() -> None:
    assert next_text(MONDAYS, "2026-11-09 09:00", "2026-11-04 12:00") == "2026-11-16 09:00"


@pytest.mark.requirement("R-020")
def test_done_on_any_later_day_is_the_following_monday() -> None:
    assert next_text(MONDAYS, "2026-11-09 09:00", "2026-11-13 12:00") == "2026-11-16 09:00"


@pytest.mark.requirement("R-020")
def test_done_weeks_late_is_one_date_in_the_future() -> None:
    found = following(MONDAYS, due("2026-11-02 09:00"), due("2026-11-25 12:00").instant(NEW_YORK))
    assert found is not None
    assert (text(found.due), found.passed_over) == ("2026-11-30 09:00", 3)


def test_a_task_completed_at_the_very_instant_of_the_next_date_gets_the_one_after() -> None:
    assert next_text(MONDAYS, "2026-11-02 09:00", "2026-11-09 09:00") == "2026-11-16 09:00"
    assert next_text(MONDAYS, "2026-11-02 09:00", "2026-11-09 08:59") == "2026-11-09 09:00"


def test_a_task_moved_beyond_its_next_date_passes_over_that_date() -> None:
    found = following(
        MONDAYS, due("2026-11-02 09:00"), due("2026-11-03 09:00").instant(NEW_YORK), moved_to=due("2026-11-10 09:00")
    )
    assert found is not None
    assert (text(found.due), found.passed_over) == ("2026-11-16 09:00", 1)


def test_a_task_moved_before_its_date_does_not_get_that_date_again() -> None:
    assert next_text(MONDAYS, "2026-11-09 09:00", "2026-11-06 10:00", moved_to="2026-11-06 09:00") == "2026-11-16 09:00"


def test_a_timed_repeat_moved_to_a_whole_day_goes_on_after_that_day() -> None:
    daily = repeat("FREQ=DAILY", "2026-11-02 09:00")
    assert next_text(daily, "2026-11-02 09:00", "2026-11-02 08:00", moved_to="2026-11-05") == "2026-11-06 09:00"


def test_all_day_dates_are_compared_where_the_user_is() -> None:
    daily = repeat("FREQ=DAILY", "2026-11-02")
    evening = dt.datetime(2026, 11, 4, 2, tzinfo=dt.UTC)  # still the 3rd in New York, the 4th in Berlin
    for user_zone, expected in ((NEW_YORK, "2026-11-04"), ("Europe/Berlin", "2026-11-05")):
        day = due("2026-11-02")
        found = next_occurrence(
            daily, user_zone, occurrence=day, due=day, completed_at=evening, user_zone=user_zone, made=1
        )
        assert found is not None
        assert text(found.due) == expected


def test_a_timed_repeat_keeps_its_zone_when_the_user_travels() -> None:
    occurrence = due("2026-11-02 09:00")
    found = next_occurrence(
        MONDAYS,
        NEW_YORK,
        occurrence=occurrence,
        due=occurrence,
        completed_at=occurrence.instant(NEW_YORK),
        user_zone="Asia/Tokyo",
        made=1,
    )
    assert found is not None
    assert found.due == Due(dt.date(2026, 11, 9), dt.time(9), NEW_YORK)


def test_a_task_without_a_due_goes_on_from_its_occurrence() -> None:
    occurrence = due("2026-11-02 09:00")
    found = next_occurrence(
        MONDAYS,
        NEW_YORK,
        occurrence=occurrence,
        due=None,
        completed_at=occurrence.instant(NEW_YORK),
        user_zone=NEW_YORK,
        made=1,
    )
    assert found is not None
    assert text(found.due) == "2026-11-09 09:00"


@pytest.mark.requirement("R-020")
@pytest.mark.parametrize(
    ("rrule", "completed", "expected"),
    [
        ("FREQ=DAILY;INTERVAL=10", "2026-11-20 23:30", "2026-11-30 09:00"),
        ("FREQ=DAILY;INTERVAL=10", "2026-11-20 08:00", "2026-11-30 09:00"),
        ("FREQ=WEEKLY;INTERVAL=6", "2026-11-20 12:00", "2027-01-01 09:00"),
        ("FREQ=MONTHLY", "2027-01-31 12:00", "2027-02-28 09:00"),
        ("FREQ=YEARLY", "2028-02-29 12:00", "2029-02-28 09:00"),
        ("FREQ=MONTHLY;BYMONTHDAY=15", "2026-11-20 12:00", "2026-12-15 09:00"),
        ("FREQ=HOURLY;INTERVAL=3", "2026-11-20 12:34", "2026-11-20 15:34"),
    ],
)
def test_counted_from_completion_the_rule_starts_at_the_day_it_was_done(
    rrule: str, completed: str, expected: str
) -> None:
    rule = repeat(rrule, "2026-11-02 09:00", anchor=Anchor.COMPLETION)
    assert next_text(rule, "2026-11-02 09:00", completed) == expected


@given(rule_texts(), times, zones, instants, st.integers(0, 90))
def test_counted_from_completion_the_next_date_is_on_a_later_day_and_nothing_is_passed_over(
    rrule: str, time: dt.time, zone: str, moment: dt.datetime, late: int
) -> None:
    rule = Repeat((Rule(rrule, moment.date(), time),), anchor=Anchor.COMPLETION)
    occurrence = first_occurrence(rule, zone, moment)
    assert occurrence is not None
    completed_at = occurrence.instant(zone) + dt.timedelta(days=late)
    found = following(rule, occurrence, completed_at, zone=zone)
    assert found is not None
    assert found.due.date > occurrence.date
    assert found.due.instant(zone) > completed_at
    assert found.passed_over == 0


@pytest.mark.requirement("R-006")
@given(repeats(), zones, instants, st.integers(0, 900))
def test_until_is_the_last_date_and_counts_itself(repeating: Repeat, zone: str, moment: dt.datetime, late: int) -> None:
    endless_first = first_occurrence(repeating, zone, moment)
    assert endless_first is not None
    completed_at = endless_first.instant(zone) + dt.timedelta(days=late)
    endless = following(repeating, endless_first, completed_at, zone=zone)
    assert endless is not None
    last = replace(repeating, end=End(until=endless.due.date))
    over = replace(repeating, end=End(until=endless.due.date - dt.timedelta(days=1)))
    assert following(last, endless_first, completed_at, zone=zone) == endless
    assert following(over, endless_first, completed_at, zone=zone) is None


@given(repeats(), zones, instants, st.integers(1, 30))
def test_a_series_of_n_makes_n_tasks(repeating: Repeat, zone: str, moment: dt.datetime, count: int) -> None:
    counted = replace(repeating, end=End(count=count))
    date = first_occurrence(counted, zone, moment)
    made = 0
    while date is not None:
        made += 1
        found = next_occurrence(
            counted, zone, occurrence=date, due=date, completed_at=date.instant(zone), user_zone=zone, made=made
        )
        date = found.due if found else None
    assert made == count
    assert len(list(occurrences(counted, zone))) == count


def test_the_first_date_may_be_the_very_instant_and_never_lies_beyond_the_end() -> None:
    at_nine = due("2026-11-02 09:00").instant(NEW_YORK)
    assert text(first_occurrence(MONDAYS, NEW_YORK, at_nine)) == "2026-11-02 09:00"
    assert text(first_occurrence(MONDAYS, NEW_YORK, at_nine + dt.timedelta(seconds=1))) == "2026-11-09 09:00"
    ended = replace(MONDAYS, end=End(until=dt.date(2026, 11, 8)))
    assert first_occurrence(ended, NEW_YORK, at_nine + dt.timedelta(seconds=1)) is None


def test_excluded_dates_and_rules_are_left_out_and_not_counted_as_passed_over() -> None:
    daily = Repeat(
        (Rule("FREQ=DAILY", dt.date(2026, 11, 2), dt.time(9)),),
        excluded_dates=(dt.date(2026, 11, 9),),
        excluded_rules=(Rule("FREQ=WEEKLY;BYDAY=SA,SU", dt.date(2020, 1, 1)),),
    )
    assert next_text(daily, "2026-11-06 09:00", "2026-11-06 10:00") == "2026-11-10 09:00"
    found = following(daily, due("2026-11-05 09:00"), due("2026-11-10 10:00").instant(NEW_YORK))
    assert found is not None
    assert (text(found.due), found.passed_over) == ("2026-11-11 09:00", 2)


def test_an_excluded_rule_with_a_time_leaves_out_only_that_time() -> None:
    start = dt.date(2026, 11, 2)
    twice = Repeat(
        (Rule("FREQ=DAILY", start, dt.time(9)), Rule("FREQ=DAILY", start, dt.time(17))),
        excluded_rules=(Rule("FREQ=WEEKLY;BYDAY=TU", start, dt.time(17)),),
    )
    assert next_text(twice, "2026-11-02 17:00", "2026-11-02 17:10") == "2026-11-03 09:00"
    assert next_text(twice, "2026-11-03 09:00", "2026-11-03 09:10") == "2026-11-04 09:00"


@pytest.mark.parametrize(
    "repeating",
    [
        repeat("FREQ=YEARLY;BYYEARDAY=366;BYMONTH=1", "2026-01-01"),
        repeat("FREQ=MINUTELY;BYYEARDAY=366;BYMONTH=1", "2026-01-01 09:00"),
        repeat("FREQ=HOURLY;INTERVAL=24;BYHOUR=10", "2026-01-01 09:00"),
        replace(MONDAYS, excluded_rules=(Rule("FREQ=DAILY", dt.date(2020, 1, 1)),)),
    ],
)
def test_a_rule_that_has_no_date_ends_instead_of_searching_for_ever(repeating: Repeat) -> None:
    assert following(repeating, due("2026-01-05 09:00"), due("2026-01-05 10:00").instant(NEW_YORK)) is None
    assert list(occurrences(repeating, NEW_YORK)) == []


def test_a_repeat_by_the_minute_left_alone_for_years_still_answers() -> None:
    every_minute = repeat("FREQ=MINUTELY", "2016-01-01 09:00")
    found = following(every_minute, due("2016-01-01 09:00"), due("2026-01-05 10:00").instant(NEW_YORK))
    assert found is not None
    assert (text(found.due), found.passed_over) == ("2026-01-05 10:01", PASSED_OVER_LIMIT)
