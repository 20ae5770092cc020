"""Dates and rules as people read them."""

import datetime as dt

import pytest
from hypothesis import given

from taskora.domain.due import Due
from taskora.domain.series import Anchor, End, Repeat, Rule
from taskora.domain.wording import due_text, rule_text
from tests.domain.completions import due, repeat
from tests.domain.drawn import repeats


@pytest.mark.parametrize(
    ("rrule", "words"),
    [
        ("FREQ=DAILY", "every day at 09:00"),
        ("FREQ=DAILY;INTERVAL=2", "every other day at 09:00"),
        ("FREQ=DAILY;BYMONTH=7", "every day in Jul at 09:00"),
        ("FREQ=WEEKLY", "every Sat at 09:00"),
        ("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "every weekday at 09:00"),
        ("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA,SU", "every day at 09:00"),
        ("FREQ=WEEKLY;BYDAY=MO,TU,TH,FR,SA,SU", "every day except Wed at 09:00"),
        ("FREQ=WEEKLY;BYDAY=MO,TH", "every Mon and Thu at 09:00"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE,FR", "every other week on Mon, Wed and Fri at 09:00"),
        ("FREQ=WEEKLY;BYDAY=MO;BYMONTH=1,2,3,4,5,6,8,9,10,11,12", "every Mon except in Jul at 09:00"),
        ("FREQ=MONTHLY", "every month on the 31st (or last day) at 09:00"),
        ("FREQ=MONTHLY;BYMONTHDAY=2,15,-1", "every month on the 2nd, 15th and last day at 09:00"),
        ("FREQ=MONTHLY;INTERVAL=3;BYDAY=1FR", "every 3 months on the 1st Fri at 09:00"),
        ("FREQ=MONTHLY;BYDAY=-2FR", "every month on the 2nd to last Fri at 09:00"),
        ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "every month on the last workday at 09:00"),
        ("FREQ=MONTHLY;BYDAY=SA,SU;BYSETPOS=1", "every month on the 1st Sat or Sun at 09:00"),
        ("FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13", "every month on Fri the 13th at 09:00"),
        ("FREQ=YEARLY", "every year on 31 Jan at 09:00"),
        ("FREQ=YEARLY;BYMONTH=1,4;BYMONTHDAY=14", "every year on 14 Jan and 14 Apr at 09:00"),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", "every year on 29 Feb (or the 28th) at 09:00"),
        ("FREQ=YEARLY;BYMONTH=5;BYDAY=2SU", "every year on the 2nd Sun of May at 09:00"),
        ("FREQ=YEARLY;BYMONTH=7;BYDAY=MO", "every Mon in Jul at 09:00"),
        ("FREQ=YEARLY;BYYEARDAY=111", "every year on the 111th day of the year at 09:00"),
        ("FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO", "every year in week 20 on Mon at 09:00"),
        ("FREQ=HOURLY;INTERVAL=12", "every 12 hours from 09:00"),
        ("FREQ=HOURLY;BYHOUR=9,10,11,12;BYDAY=SA", "every hour from 09:00 to 12:00 on Sat"),
        ("FREQ=MINUTELY;INTERVAL=30;BYHOUR=9,17", "every 30 minutes at 09:00 and 17:00"),
    ],
)
def test_a_rule_in_words(rrule: str, words: str) -> None:
    assert rule_text(repeat(rrule, "2026-01-31 09:00")) == words


def test_an_all_day_rule_has_no_time_in_its_words() -> None:
    assert rule_text(repeat("FREQ=DAILY", "2026-01-31")) == "every day"


def test_counted_from_completion_only_what_was_said_is_said() -> None:
    monthly = repeat("FREQ=MONTHLY;INTERVAL=2", "2026-01-31 09:00", anchor=Anchor.COMPLETION)
    assert rule_text(monthly) == "every other month at 09:00, counted from completion"


def test_the_end_is_said_with_its_weekday_or_its_number() -> None:
    assert rule_text(repeat("FREQ=DAILY", "2026-01-31", end=End(until=dt.date(2027, 1, 1)))).endswith(
        "every day, until Fri 1 Jan 2027"
    )
    assert rule_text(repeat("FREQ=DAILY", "2026-01-31", end=End(count=5))) == "every day, 5 times"


def test_several_rules_times_and_exceptions_make_one_sentence() -> None:
    start = dt.date(2026, 1, 1)
    assert (
        rule_text(
            Repeat(
                (Rule("FREQ=WEEKLY;BYDAY=MO", start, dt.time(20)), Rule("FREQ=WEEKLY;BYDAY=TU", start, dt.time(21))),
                excluded_dates=(dt.date(2026, 12, 28),),
                excluded_rules=(Rule("FREQ=DAILY;BYMONTH=7", start),),
            )
        )
        == "every Mon at 20:00 and every Tue at 21:00, except in Jul and Mon 28 Dec 2026"
    )
    twice = Repeat((Rule("FREQ=DAILY", start, dt.time(9)), Rule("FREQ=DAILY", start, dt.time(17))))
    assert rule_text(twice) == "every day at 09:00 and 17:00"


def test_of_many_dates_left_out_the_first_are_said_and_how_many_more() -> None:
    days = [dt.date(2026, 12, day) for day in range(9, 1, -1)]
    at_nine = dt.datetime.fromisoformat("2026-12-01T09:00")
    repeating = Repeat((Rule("FREQ=DAILY", dt.date(2026, 1, 1)),), excluded_dates=(*days, at_nine))
    assert rule_text(repeating) == (
        "every day, except Tue 1 Dec 2026 at 09:00, Wed 2 Dec 2026, Thu 3 Dec 2026, Fri 4 Dec 2026, Sat 5 Dec 2026"
        " and 4 more dates"
    )


@given(repeats())
def test_every_plain_rule_has_words(repeating: Repeat) -> None:
    assert rule_text(repeating).startswith("every ")


def test_a_date_always_has_its_weekday_and_year() -> None:
    assert due_text(due("2026-11-25 09:00")) == "Wed 25 Nov 2026, 09:00"
    assert due_text(due("2026-11-25")) == "Wed 25 Nov 2026"


@pytest.mark.parametrize(("date", "near"), [(23, "yesterday, "), (24, "today, "), (25, "tomorrow, "), (26, "")])
def test_near_dates_are_also_called_by_their_name(date: int, near: str) -> None:
    text = due_text(Due(dt.date(2026, 11, date)), dt.date(2026, 11, 24))
    assert text.removesuffix(f"{date} Nov 2026")[:-4] == near


def test_a_zone_is_named_only_where_it_is_not_the_users() -> None:
    in_paris = due("2026-11-25 09:00", "Europe/Paris")
    assert due_text(in_paris, user_zone="Europe/Paris") == "Wed 25 Nov 2026, 09:00"
    assert due_text(in_paris, user_zone="UTC") == "Wed 25 Nov 2026, 09:00 (Europe/Paris)"
