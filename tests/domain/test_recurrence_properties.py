"""What holds for every plain rule, against calendars worked out day by day."""

import datetime as dt
from itertools import islice, pairwise, takewhile

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from taskora.domain.due import Due, local_datetime
from taskora.domain.expansion import walls
from taskora.domain.recurrence import Occurrence, first_occurrence, next_occurrence, occurrences
from taskora.domain.series import Repeat, Rule
from tests.domain import calendars
from tests.domain.completions import following
from tests.domain.drawn import dates, instants, repeats, rule_texts, times, zones

YEARS = dt.timedelta(days=366 * 13)


@given(rule_texts(), dates)
def test_a_rule_names_the_days_of_the_calendar(rrule: str, start: dt.date) -> None:
    expected = list(islice(calendars.days(rrule, start, start + YEARS), 40))
    found = list(islice(occurrences(Repeat((Rule(rrule, start),)), "UTC"), len(expected)))
    assert found == [Due(day) for day in expected]


@given(rule_texts(), dates, st.integers(0, 366 * 12))
def test_the_search_may_begin_anywhere_without_losing_the_phase(rrule: str, start: dt.date, later: int) -> None:
    since = start + dt.timedelta(days=later)
    expected = next((day for day in calendars.days(rrule, start, since + YEARS) if day >= since), None)
    assume(expected is not None)
    moment = dt.datetime.combine(since, dt.time(0), tzinfo=dt.UTC)
    assert first_occurrence(Repeat((Rule(rrule, start),)), "UTC", moment) == Due(expected or since)


@given(repeats(), zones, instants, st.integers(-60, 60))
def test_the_next_date_is_after_the_old_one_the_due_and_the_completion(
    repeating: Repeat, zone: str, completed_at: dt.datetime, moved: int
) -> None:
    occurrence = first_occurrence(repeating, zone, completed_at - dt.timedelta(days=40))
    assume(occurrence is not None)
    assert occurrence is not None
    due = Due(occurrence.date + dt.timedelta(days=moved), occurrence.time, occurrence.zone)
    found = following(repeating, occurrence, completed_at, zone=zone, moved_to=due)
    assert found is not None
    assert found.due.instant(zone) > max(occurrence.instant(zone), due.instant(zone))
    if found.due.all_day:
        assert found.due.date > local_datetime(completed_at, zone).date()
    else:
        assert found.due.instant(zone) > completed_at


@given(repeats(), zones, instants)
def test_a_hundred_completions_walk_the_very_dates_of_the_series(
    repeating: Repeat, zone: str, moment: dt.datetime
) -> None:
    due = first_occurrence(repeating, zone, moment)
    walked = []
    for made in range(1, 101):
        assert due is not None
        walked.append(due)
        at = due.instant(zone)
        found = next_occurrence(repeating, zone, occurrence=due, due=due, completed_at=at, user_zone=zone, made=made)
        assert found is not None
        assert found.passed_over == 0
        due = found.due
    dates_of_series = (date for date in occurrences(repeating, zone) if date.instant(zone) >= walked[0].instant(zone))
    assert walked == list(islice(dates_of_series, 100))


@pytest.mark.requirement("R-020")
@given(repeats(), zones, instants, st.integers(14, 400))
def test_completed_weeks_late_gives_one_date_in_the_future_and_counts_those_gone_by(
    repeating: Repeat, zone: str, moment: dt.datetime, days_late: int
) -> None:
    occurrence = first_occurrence(repeating, zone, moment)
    assert occurrence is not None
    completed_at = occurrence.instant(zone) + dt.timedelta(days=days_late)
    found = following(repeating, occurrence, completed_at, zone=zone)
    assert isinstance(found, Occurrence)
    point, answer = occurrence.instant(zone), found.due.instant(zone)
    up_to_answer = takewhile(lambda date: date.instant(zone) <= answer, occurrences(repeating, zone))
    *gone_by, last = [date for date in up_to_answer if date.instant(zone) > point]
    assert last == found.due
    assert len(gone_by) == found.passed_over
    assert all(date.instant(zone) <= completed_at for date in gone_by)
    assert answer > completed_at


@given(repeats(), zones)
def test_the_dates_of_a_series_rise_and_none_comes_twice(repeating: Repeat, zone: str) -> None:
    for earlier, later in pairwise(islice(occurrences(repeating, zone), 60)):
        assert earlier.instant(zone) < later.instant(zone)


@given(repeats(), zones, instants, instants)
def test_the_same_completion_gives_the_same_answer_whenever_it_is_handled(
    repeating: Repeat, zone: str, moment: dt.datetime, completed_at: dt.datetime
) -> None:
    occurrence = first_occurrence(repeating, zone, moment)
    assert occurrence is not None
    again = Repeat(tuple(Rule(str(rule.rrule), rule.start, rule.time) for rule in repeating.rules))
    assert following(repeating, occurrence, completed_at, zone=zone) == following(
        again, occurrence, completed_at, zone=zone
    )


@given(rule_texts(), dates, st.lists(times, min_size=2, max_size=3, unique=True), zones)
def test_rules_with_their_own_times_are_merged_in_order(
    rrule: str, start: dt.date, at: list[dt.time], zone: str
) -> None:
    merged = occurrences(Repeat(tuple(Rule(rrule, start, time) for time in at)), zone)
    apart = [date for time in at for date in islice(occurrences(Repeat((Rule(rrule, start, time),)), zone), 12)]
    expected = sorted({date.instant(zone): date for date in apart}.items())[:12]
    assert list(islice(merged, 12)) == [date for _, date in expected]


def test_the_dates_of_a_rule_without_an_end_stop_with_the_calendar() -> None:
    fridays = Rule("FREQ=WEEKLY;BYDAY=FR", dt.date(9999, 11, 1))
    assert [wall.date() for wall in walls(fridays, dt.date(9999, 12, 20))] == [dt.date(9999, 12, 24)]
