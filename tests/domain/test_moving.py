"""A rule that moves with one of its dates names the new date instead of the old, and nothing else of it changes."""

import datetime as dt
from itertools import islice

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from taskora.domain.due import Due, due_of
from taskora.domain.errors import InvalidField
from taskora.domain.moving import move_series
from taskora.domain.recurrence import first_occurrence, occurrence_after_skipping, occurrences
from taskora.domain.series import Anchor, End, Repeat, Rule, Series
from taskora.domain.transitions import leave_out
from tests.domain.completions import NEW_YORK, due, repeat, text
from tests.domain.drawn import instants, repeats, zones

START = dt.date(2026, 1, 31)


def series(repeating: Repeat, zone: str | None = NEW_YORK) -> Series:
    return Series("s1", "ada", repeating, zone)


def dates(moved: Series, number: int = 3) -> list[str | None]:
    return [text(one) for one in islice(occurrences(moved.repeat, moved.zone or NEW_YORK), number)]


def test_a_time_that_moves_leaves_the_days_alone_also_at_the_ends_of_months() -> None:
    monthly = series(repeat("FREQ=MONTHLY", "2026-01-31 09:00"))
    moved = move_series(monthly, due("2026-02-28 09:00"), due("2026-02-28 10:00"), user_zone=NEW_YORK)
    assert dates(moved) == ["2026-01-31 10:00", "2026-02-28 10:00", "2026-03-31 10:00"]


def test_a_single_rule_takes_the_zone_of_its_new_time_and_several_keep_theirs() -> None:
    single = series(repeat("FREQ=DAILY", "2026-01-31 09:00"))
    paris = due("2026-02-01 09:00", "Europe/Paris")
    assert move_series(single, due("2026-02-01 09:00"), paris, user_zone=NEW_YORK).zone == "Europe/Paris"
    rules = (Rule("FREQ=DAILY", START, dt.time(9)), Rule("FREQ=DAILY", START, dt.time(17)))
    moved = move_series(series(Repeat(rules)), due("2026-02-01 09:00"), paris, user_zone=NEW_YORK)
    assert (moved.zone, [rule.time for rule in moved.repeat.rules]) == (NEW_YORK, [dt.time(3), dt.time(17)])


def test_a_rule_without_times_gets_one_and_one_with_times_loses_it() -> None:
    all_day = series(repeat("FREQ=DAILY", "2026-01-31"), None)
    timed = move_series(all_day, due("2026-02-01"), due("2026-02-01 09:00"), user_zone=NEW_YORK)
    assert (timed.zone, timed.repeat.rules[0].time) == (NEW_YORK, dt.time(9))
    again = move_series(timed, due("2026-02-01 09:00"), due("2026-02-01"), user_zone=NEW_YORK)
    assert (again.zone, again.repeat.rules[0].time) == (None, None)


def test_a_date_that_was_left_out_is_one_again_when_the_rule_moves_there() -> None:
    repeating = Repeat((Rule("FREQ=WEEKLY", START),), excluded_dates=(dt.date(2026, 2, 9),))
    moved = move_series(series(repeating, None), due("2026-02-07"), due("2026-02-09"), user_zone=NEW_YORK)
    assert moved.repeat.excluded_dates == ()
    assert dates(moved) == ["2026-02-09", "2026-02-16", "2026-02-23"]


@pytest.mark.parametrize(
    ("rrule", "to"),
    [
        ("FREQ=MONTHLY;BYDAY=MO;BYSETPOS=1", "2026-02-03"),
        ("FREQ=YEARLY;BYWEEKNO=6;BYDAY=MO", "2026-02-03"),
        ("FREQ=YEARLY;BYDAY=5MO", "2026-02-03"),
        ("FREQ=MONTHLY;BYMONTHDAY=2;BYDAY=MO", "2026-02-03"),
    ],
)
def test_a_rule_that_cannot_say_it_is_refused(rrule: str, to: str) -> None:
    with pytest.raises(InvalidField) as refused:
        move_series(series(repeat(rrule, "2026-01-31"), None), due("2026-02-02"), due(to), user_zone=NEW_YORK)
    assert refused.value.field == "scope"


@settings(deadline=None)
@given(repeating=repeats(), zone=zones, moment=instants, days=st.integers(-40, 40))
def test_a_moved_rule_has_the_new_date_and_as_many_rules_as_before(
    repeating: Repeat, zone: str, moment: dt.datetime, days: int
) -> None:
    old = first_occurrence(repeating, zone, moment)
    assume(old is not None and old.date.year < 9000)
    assert old is not None
    new = Due(old.date + dt.timedelta(days=days), old.time, old.zone)
    before = Series("s1", "ada", repeating, zone)
    try:
        moved = move_series(before, old, new, user_zone=zone)
    except InvalidField:
        return
    assert first_occurrence(moved.repeat, moved.zone or zone, new.instant(zone)) == new
    assert len(moved.repeat.rules) == len(repeating.rules)
    assert (moved.repeat.end, moved.made, moved.version) == (repeating.end, before.made, before.version + 1)


@given(repeating=repeats(), zone=zones, moment=instants, days=st.integers(0, 400))
def test_a_skipped_date_is_followed_by_a_later_one_that_has_not_passed_and_stays_left_out(
    repeating: Repeat, zone: str, moment: dt.datetime, days: int
) -> None:
    old = first_occurrence(repeating, zone, moment)
    assume(old is not None and old.date.year < 9000)
    assert old is not None
    now = moment + dt.timedelta(days=days)
    upcoming = occurrence_after_skipping(repeating, zone, occurrence=old, due=old, now=now, user_zone=zone)
    assume(upcoming is not None)
    assert upcoming is not None
    assert upcoming.instant(zone) > old.instant(zone)
    assert upcoming.all_day or upcoming.instant(zone) >= now
    left_out = leave_out(Series("s1", "ada", repeating, zone), old, upcoming)
    found = first_occurrence(left_out.repeat, zone, old.instant(zone))
    assert repeating.anchor is Anchor.COMPLETION or found != old


def test_what_ends_before_its_next_date_cannot_be_skipped_to_one() -> None:
    last = repeat("FREQ=DAILY", "2026-01-31", end=End(until=dt.date(2026, 2, 1)))
    at = due("2026-02-01 09:00").instant(NEW_YORK)
    one = due("2026-02-01")
    assert occurrence_after_skipping(last, NEW_YORK, occurrence=one, due=one, now=at, user_zone=NEW_YORK) is None


def test_dates_left_out_are_forgotten_once_they_are_long_past() -> None:
    repeating = Repeat((Rule("FREQ=DAILY", START),), excluded_dates=(dt.date(2026, 1, 1), dt.date(2026, 2, 10)))
    kept = leave_out(series(repeating), due("2026-02-20"), due("2026-02-21")).repeat.excluded_dates
    assert kept == (dt.date(2026, 2, 10), dt.date(2026, 2, 20))


@given(instant=instants, zone=zones)
def test_the_due_at_an_instant_is_never_earlier_and_the_second_pass_of_an_hour_ends_first(
    instant: dt.datetime, zone: str
) -> None:
    due_then = due_of(instant, zone).instant(zone)
    assert dt.timedelta(0) <= due_then - instant <= dt.timedelta(hours=2)


@pytest.mark.parametrize(
    ("utc", "named"),
    [
        ("05:30", "2026-11-01 01:30"),
        ("06:00", "2026-11-01 02:00"),
        ("06:30", "2026-11-01 02:00"),
        ("07:00", "2026-11-01 02:00"),
    ],
)
def test_a_wall_time_that_occurs_twice_means_the_first(utc: str, named: str) -> None:
    instant = dt.datetime.fromisoformat(f"2026-11-01T{utc}:00+00:00")
    assert text(due_of(instant, NEW_YORK)) == named
