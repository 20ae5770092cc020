"""The decisions of reading: where people could mean two things, which of them is taken, and that it is said."""

import pytest

from taskora.domain.preferences import DateOrder, WeekStart
from taskora.nlu.reading import Confidence
from tests.nlu.saying import context, due_of, shown, task


def test_an_hour_from_one_to_seven_is_afternoon_and_said_so() -> None:
    read = task("call mom at 5")

    assert shown(read.due) == "2026-11-18T17:00"
    assert read.assumptions == ("took 5 as 5 pm",)
    assert read.confidence is Confidence.ASSUMED


def test_an_hour_from_eight_to_twelve_is_as_written() -> None:
    assert shown(task("call mom tomorrow at 8").due) == "2026-11-19T08:00"
    assert shown(task("call mom tomorrow at 12").due) == "2026-11-19T12:00"


def test_a_leading_zero_is_of_the_24_hour_clock() -> None:
    assert shown(task("call mom tomorrow at 05:30").due) == "2026-11-19T05:30"


def test_a_plain_line_is_certain() -> None:
    assert task("call mom tomorrow at 5pm").confidence is Confidence.CERTAIN


def test_a_weekday_typed_on_its_own_day_is_a_week_away_and_said_so() -> None:
    read = task("call mom wednesday")

    assert shown(read.due) == "2026-11-25"
    assert read.assumptions == ("took Wednesday as Wed 25 Nov 2026, not today",)


@pytest.mark.parametrize(
    ("words", "monday_first", "sunday_first"),
    [
        ("next sunday", "2026-11-29", "2026-11-22"),
        ("next friday", "2026-11-27", "2026-11-27"),
        ("next week", "2026-11-23", "2026-11-23"),
        ("next weekend", "2026-11-28", "2026-11-28"),
        ("end of week", "2026-11-22", "2026-11-22"),
    ],
)
def test_next_means_the_following_week_by_the_users_week_start(
    words: str, monday_first: str, sunday_first: str
) -> None:
    assert due_of(words) == monday_first
    assert due_of(words, context(week_start=WeekStart.SUNDAY)) == sunday_first


@pytest.mark.parametrize(("order", "due"), [(DateOrder.MONTH_FIRST, "2027-03-04"), (DateOrder.DAY_FIRST, "2027-04-03")])
def test_the_order_of_a_numeric_date_is_a_preference_and_said(order: DateOrder, due: str) -> None:
    read = task("see the notary on 3/4", context(order=order))

    assert shown(read.due) == due
    assert read.assumptions
    assert read.assumptions[0].startswith("took 3/4 as")


def test_an_impossible_order_is_swapped_and_iso_always_wins() -> None:
    day_first = context(order=DateOrder.DAY_FIRST)

    assert due_of("27/1") == due_of("1/27") == "2027-01-27"
    assert due_of("8/13/2027", day_first) == "2027-08-13"
    assert due_of("2027-03-04", day_first) == "2027-03-04"


def test_a_time_that_has_passed_is_tomorrow_and_a_date_that_has_passed_next_year() -> None:
    assert due_of("9am") == "2026-11-19T09:00"
    assert due_of("10:15") == "2026-11-19T10:15"
    assert due_of("nov 17") == "2027-11-17"
    assert due_of("nov 18") == "2026-11-18"


@pytest.mark.parametrize(
    ("words", "due"),
    [
        ("in the morning", "2026-11-19T09:00"),
        ("this afternoon", "2026-11-18T15:00"),
        ("this evening", "2026-11-18T19:00"),
        ("tonight", "2026-11-18T20:00"),
        ("tomorrow night", "2026-11-19T22:00"),
        ("midnight", "2026-11-19T00:00"),
        ("noon", "2026-11-18T12:00"),
    ],
)
def test_parts_of_the_day_have_their_hours(words: str, due: str) -> None:
    assert due_of(words) == due


def test_the_end_of_a_month_on_its_last_day_is_today_and_a_month_from_the_31st_is_clamped() -> None:
    last_day = context("2027-03-31T09:30:00-04:00")

    assert due_of("end of month", last_day) == "2027-03-31"
    assert due_of("in a month", last_day) == "2027-04-30"


def test_a_wall_time_in_the_spring_gap_moves_forward() -> None:
    assert due_of("tomorrow at 2:30am", context("2027-03-13T20:00:00-05:00")) == "2027-03-14T03:30"


def test_hours_from_now_elapse_across_a_clock_change() -> None:
    assert due_of("in 24 hours", context("2027-03-13T20:00:00-05:00")) == "2027-03-14T21:00"


def test_the_anchor_of_an_offset_comes_first_and_the_result_is_not_rolled() -> None:
    assert due_of("6 weeks before dec 20", context("2026-12-01T10:00:00-05:00")) == "2026-11-08"


def test_the_range_that_ends_before_it_starts_crosses_midnight() -> None:
    read = task("night shift fri 11pm-1am")

    assert (shown(read.due), shown(read.end)) == ("2026-11-20T23:00", "2026-11-21T01:00")


def test_a_duration_without_a_time_stays_in_the_title_and_is_named_as_left() -> None:
    read = task("gym tomorrow for 45min")

    assert (read.title, read.duration, read.left) == ("gym for 45min", None, ("for 45min",))


def test_the_first_date_wins_and_a_later_one_is_named_as_left() -> None:
    read = task("fly home tomorrow not friday")

    assert shown(read.due) == "2026-11-19"
    assert read.left == ("friday",)


def test_a_date_that_belongs_to_a_noun_is_named_as_left() -> None:
    read = task("Prepare Friday demo")

    assert (read.title, read.due, read.left) == ("Prepare Friday demo", None, ("Friday",))


def test_the_last_of_several_priorities_wins() -> None:
    read = task("pay rent p3 p1")

    assert (read.title, read.priority) == ("pay rent", "urgent")


def test_a_title_that_is_quoted_as_a_whole_loses_its_quotes() -> None:
    assert task('add "Read Tomorrow\'s paper" on friday').title == "Read Tomorrow's paper"
