"""How often: words of repetition become RFC 5545 rules with the right first date (a Wednesday, 10:15, is now)."""

import pytest

from taskora.domain.errors import InvalidField, NotUnderstood
from taskora.nlu.reader import read_repeat
from tests.nlu.lines import rule_of
from tests.nlu.saying import context, shown, task

WORKDAYS = "BYDAY=MO,TU,WE,TH,FR"
LATE = "2027-01-31T20:00:00-05:00"


def check(text: str, title: str, due: str, rule: str) -> None:
    read = task(text)
    assert (read.title, shown(read.due), rule_of(read.repeat)) == (title, due, rule)


@pytest.mark.parametrize(
    ("text", "title", "due", "rule"),
    [
        ("stretch every day", "stretch", "2026-11-18", "FREQ=DAILY"),
        ("each day stretch", "stretch", "2026-11-18", "FREQ=DAILY"),
        ("stretch every day at 9am", "stretch", "2026-11-19T09:00", "FREQ=DAILY@09:00"),
        ("add daily task standup due 9am tagged work", "standup", "2026-11-19T09:00", "FREQ=DAILY@09:00"),
        ("pay rent monthly", "pay rent", "2026-11-18", "FREQ=MONTHLY;BYMONTHDAY=18"),
        ("water plants weekly on saturdays", "water plants", "2026-11-21", "FREQ=WEEKLY;BYDAY=SA"),
        ("file taxes annually", "file taxes", "2026-11-18", "FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=18"),
        ("drink water every hour", "drink water", "2026-11-18T11:15", "FREQ=HOURLY@11:15"),
        ("mow lawn every fortnight", "mow lawn", "2026-11-18", "FREQ=WEEKLY;INTERVAL=2;BYDAY=WE"),
        ("call mom once a week", "call mom", "2026-11-18", "FREQ=WEEKLY;BYDAY=WE"),
        ("report on a weekly basis", "report", "2026-11-18", "FREQ=WEEKLY;BYDAY=WE"),
        ("remind me daily to take meds", "take meds", "2026-11-18", "FREQ=DAILY"),
    ],
)
def test_plain_words_repeat_from_today_or_from_the_next_time_of_day(text: str, title: str, due: str, rule: str) -> None:
    check(text, title, due, rule)


@pytest.mark.parametrize(
    ("text", "title", "due", "rule"),
    [
        ("gym every 3 days", "gym", "2026-11-18", "FREQ=DAILY;INTERVAL=3"),
        ("every other day shave", "shave", "2026-11-18", "FREQ=DAILY;INTERVAL=2"),
        ("every second month descale", "descale", "2026-11-18", "FREQ=MONTHLY;INTERVAL=2;BYMONTHDAY=18"),
        ("every other friday expenses", "expenses", "2026-11-20", "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR"),
        ("every 2 weeks on mon and thu run", "run", "2026-11-19", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH"),
        ("every 12 hours starting at 9pm drops", "drops", "2026-11-18T21:00", "FREQ=HOURLY;INTERVAL=12@21:00"),
        ("every 90 minutes stand up", "stand up", "2026-11-18T11:45", "FREQ=MINUTELY;INTERVAL=90@11:45"),
        ("every half hour stretch", "stretch", "2026-11-18T10:45", "FREQ=MINUTELY;INTERVAL=30@10:45"),
        ("every 2 hours starting at 8am drink", "drink", "2026-11-18T12:00", "FREQ=HOURLY;INTERVAL=2@12:00"),
        (
            "every hour from 9 to 5 stretch",
            "stretch",
            "2026-11-18T11:00",
            "FREQ=HOURLY;BYHOUR=9,10,11,12,13,14,15,16,17@11:00",
        ),
        ("every 2 hours between 8am and 2pm drink", "drink", "2026-11-18T12:00", "FREQ=HOURLY;BYHOUR=8,10,12,14@12:00"),
        ("recycling on alternate mondays", "recycling", "2026-11-23", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO"),
        ("bi-weekly on fridays payroll", "payroll", "2026-11-20", "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR"),
        ("quarterly on the 15th report", "report", "2026-12-15", "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=15"),
    ],
)
def test_an_interval_starts_at_the_nearest_date_that_fits(text: str, title: str, due: str, rule: str) -> None:
    check(text, title, due, rule)


@pytest.mark.parametrize(
    ("text", "due", "rule"),
    [
        ("x every mon and thu", "2026-11-19", "FREQ=WEEKLY;BYDAY=MO,TH"),
        ("x every mon, wed & fri", "2026-11-18", "FREQ=WEEKLY;BYDAY=MO,WE,FR"),
        ("x every mon/wed/fri", "2026-11-18", "FREQ=WEEKLY;BYDAY=MO,WE,FR"),
        ("x every weekday", "2026-11-18", f"FREQ=WEEKLY;{WORKDAYS}"),
        ("x every workday at 8am", "2026-11-19T08:00", f"FREQ=WEEKLY;{WORKDAYS}@08:00"),
        ("x every weekend", "2026-11-21", "FREQ=WEEKLY;BYDAY=SA"),
        ("x on weekends", "2026-11-21", "FREQ=WEEKLY;BYDAY=SA,SU"),
        ("x mon-fri at 9", "2026-11-19T09:00", f"FREQ=WEEKLY;{WORKDAYS}@09:00"),
        ("x tuesdays", "2026-11-24", "FREQ=WEEKLY;BYDAY=TU"),
        ("x every day from monday to friday", "2026-11-18", f"FREQ=WEEKLY;{WORKDAYS}"),
        ("x saturday mornings", "2026-11-21T09:00", "FREQ=WEEKLY;BYDAY=SA@09:00"),
        ("x mwf at 7am", "2026-11-20T07:00", "FREQ=WEEKLY;BYDAY=MO,WE,FR@07:00"),
    ],
)
def test_weekdays_alone_in_lists_and_in_ranges(text: str, due: str, rule: str) -> None:
    check(text.replace("x", "row", 1), "row", due, rule)


@pytest.mark.requirement("R-021")
@pytest.mark.parametrize(
    ("words", "rule"),
    [
        ("every 27th", "FREQ=MONTHLY;BYMONTHDAY=27"),
        ("every 2, 15, 27", "FREQ=MONTHLY;BYMONTHDAY=2,15,27"),
        ("on the 1st and 15th of every month", "FREQ=MONTHLY;BYMONTHDAY=1,15"),
        ("every last day", "FREQ=MONTHLY;BYMONTHDAY=-1"),
        ("every month end", "FREQ=MONTHLY;BYMONTHDAY=-1"),
        ("at the end of every month", "FREQ=MONTHLY;BYMONTHDAY=-1"),
        ("4th of every other month", "FREQ=MONTHLY;INTERVAL=2;BYMONTHDAY=4"),
        ("monthly on the 31st", "FREQ=MONTHLY;BYMONTHDAY=31"),
        ("every month on day 15", "FREQ=MONTHLY;BYMONTHDAY=15"),
        ("first day of every quarter", "FREQ=MONTHLY;BYMONTH=1,4,7,10;BYMONTHDAY=1"),
        ("every 2nd to last day of the month", "FREQ=MONTHLY;BYMONTHDAY=-2"),
    ],
)
def test_days_of_the_month(words: str, rule: str) -> None:
    assert rule_of(read_repeat(words, context())) == rule


@pytest.mark.parametrize(
    ("words", "rule"),
    [
        ("every 3rd friday", "FREQ=MONTHLY;BYDAY=3FR"),
        ("last friday of every month", "FREQ=MONTHLY;BYDAY=-1FR"),
        ("every 2nd and 4th tuesday of the month", "FREQ=MONTHLY;BYDAY=2TU,4TU"),
        ("every 3 months on the first friday", "FREQ=MONTHLY;INTERVAL=3;BYDAY=1FR"),
        ("every last workday", f"FREQ=MONTHLY;{WORKDAYS};BYSETPOS=-1"),
        ("every 15th workday", f"FREQ=MONTHLY;{WORKDAYS};BYSETPOS=15"),
        ("monthly on the last business day", f"FREQ=MONTHLY;{WORKDAYS};BYSETPOS=-1"),
        ("last workday of every quarter", f"FREQ=MONTHLY;BYMONTH=3,6,9,12;{WORKDAYS};BYSETPOS=-1"),
        ("each month on the second to last friday", "FREQ=MONTHLY;BYDAY=-2FR"),
    ],
)
def test_places_in_the_month(words: str, rule: str) -> None:
    assert rule_of(read_repeat(words, context())) == rule


@pytest.mark.parametrize(
    ("words", "rule"),
    [
        ("every jan 27th", "FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=27"),
        ("every 14 jan, 14 apr", "FREQ=YEARLY;BYMONTH=1,4;BYMONTHDAY=14"),
        ("every 4th of july", "FREQ=YEARLY;BYMONTH=7;BYMONTHDAY=4"),
        ("every 1st wed jan, 3rd thu jul", "FREQ=YEARLY;BYMONTH=1;BYDAY=1WE + FREQ=YEARLY;BYMONTH=7;BYDAY=3TH"),
        ("every year on march 3", "FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=3"),
        ("every jan, apr, jul, oct 5", "FREQ=YEARLY;BYMONTH=1,4,7,10;BYMONTHDAY=5"),
        ("every june and december", "FREQ=YEARLY;BYMONTH=6,12;BYMONTHDAY=1"),
        ("every christmas", "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=25"),
        ("every thanksgiving", "FREQ=YEARLY;BYMONTH=11;BYDAY=4TH"),
        ("first workday of every january", f"FREQ=MONTHLY;BYMONTH=1;{WORKDAYS};BYSETPOS=1"),
    ],
)
def test_days_of_the_year(words: str, rule: str) -> None:
    assert rule_of(read_repeat(words, context())) == rule


@pytest.mark.parametrize(
    ("text", "due", "rule"),
    [
        ("every fri at noon row", "2026-11-20T12:00", "FREQ=WEEKLY;BYDAY=FR@12:00"),
        ("every morning row", "2026-11-19T09:00", "FREQ=DAILY@09:00"),
        ("every morning and evening row", "2026-11-18T19:00", "FREQ=DAILY@09:00 + FREQ=DAILY@19:00"),
        ("every morning and every evening row", "2026-11-18T19:00", "FREQ=DAILY@09:00 + FREQ=DAILY@19:00"),
        ("every morning at 7 row", "2026-11-19T07:00", "FREQ=DAILY@07:00"),
        ("every evening at 8 row", "2026-11-18T20:00", "FREQ=DAILY@20:00"),
        ("every weekday morning row", "2026-11-19T09:00", f"FREQ=WEEKLY;{WORKDAYS}@09:00"),
        ("every day at 8am and 6pm row", "2026-11-18T18:00", "FREQ=DAILY@08:00 + FREQ=DAILY@18:00"),
        (
            "every mon at 8pm, tue at 9pm row",
            "2026-11-23T20:00",
            "FREQ=WEEKLY;BYDAY=MO@20:00 + FREQ=WEEKLY;BYDAY=TU@21:00",
        ),
        (
            "every mon and wed at 9am and fri at 10am row",
            "2026-11-20T10:00",
            "FREQ=WEEKLY;BYDAY=MO,WE@09:00 + FREQ=WEEKLY;BYDAY=FR@10:00",
        ),
    ],
)
def test_times_in_a_rule_also_different_ones_on_different_days(text: str, due: str, rule: str) -> None:
    check(text, "row", due, rule)


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("row every! 3 days", "FREQ=DAILY;INTERVAL=3 after completion"),
        ("row every 6 weeks after completion", "FREQ=WEEKLY;INTERVAL=6 after completion"),
        ("row 3 days after I finish", "FREQ=DAILY;INTERVAL=3 after completion"),
        ("row after 10 days", "FREQ=DAILY;INTERVAL=10 after completion"),
        ("row every month once it's done", "FREQ=MONTHLY after completion"),
    ],
)
def test_a_rule_can_count_from_completion(text: str, rule: str) -> None:
    check(text, "row", "2026-11-18", rule)


@pytest.mark.parametrize(
    ("text", "due", "rule"),
    [
        ("row daily until june", "2026-11-18", "FREQ=DAILY until 2027-06-01"),
        ("row every day ending dec 24", "2026-11-18", "FREQ=DAILY until 2026-12-24"),
        ("row every day for 3 weeks", "2026-11-18", "FREQ=DAILY until 2026-12-08"),
        ("row every saturday for 5 times", "2026-11-21", "FREQ=WEEKLY;BYDAY=SA x5"),
        ("10x every day row", "2026-11-18", "FREQ=DAILY x10"),
        ("row every 4 days starting saturday", "2026-11-21", "FREQ=DAILY;INTERVAL=4"),
        ("row every tue from 10 May until 20 May", "2027-05-11", "FREQ=WEEKLY;BYDAY=TU until 2027-05-20"),
        ("row every other tuesday until christmas", "2026-11-24", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU until 2026-12-25"),
        ("row on jan 31 every month", "2027-01-31", "FREQ=MONTHLY;BYMONTHDAY=31"),
    ],
)
def test_bounds_say_where_a_series_begins_and_ends(text: str, due: str, rule: str) -> None:
    check(text, "row", due, rule)


@pytest.mark.parametrize(
    ("text", "due", "rule"),
    [
        ("row daily except weekends", "2026-11-18", f"FREQ=WEEKLY;{WORKDAYS}"),
        ("row every weekday except friday", "2026-11-18", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH"),
        ("row every day but wednesday", "2026-11-19", "FREQ=WEEKLY;BYDAY=MO,TU,TH,FR,SA,SU"),
        (
            "row every monday except in july",
            "2026-11-23",
            "FREQ=WEEKLY;BYMONTH=1,2,3,4,5,6,8,9,10,11,12;BYDAY=MO",
        ),
        ("row every thursday except on nov 26", "2026-11-19", "FREQ=WEEKLY;BYDAY=TH -2026-11-26"),
        (
            "row every friday except the last friday of the month",
            "2026-11-20",
            "FREQ=WEEKLY;BYDAY=FR -FREQ=MONTHLY;BYDAY=-1FR",
        ),
        (
            "row every 15th except weekends",
            "2026-12-15",
            "FREQ=MONTHLY;BYMONTHDAY=15 -FREQ=WEEKLY;BYDAY=SA,SU",
        ),
    ],
)
def test_exceptions_become_part_of_the_rule_or_are_left_out_of_it(text: str, due: str, rule: str) -> None:
    check(text, "row", due, rule)


@pytest.mark.parametrize(
    "text",
    [
        "create monthly report",
        "prepare weekly newsletter draft",
        "invite the Daily Mail reporter",
        "read Tuesdays with Morrie",
        "call every 3rd customer",
        "vacation from monday to friday",
        "prep sat and sun brunch menu",
        "call bob monday or tuesday",
        "buy everyday shoes",
        "set up the weekly planner template",
    ],
)
def test_words_that_belong_to_a_noun_repeat_nothing(text: str) -> None:
    assert task(text).repeat is None


@pytest.mark.parametrize("text", ["floss evry day", "floss dialy", "clean car wekly", "shave every oter day"])
def test_a_slip_in_the_words_of_repetition_is_forgiven(text: str) -> None:
    assert task(text).repeat is not None


@pytest.mark.parametrize(
    ("text", "due", "rule"),
    [
        ("take pills twice a day", "2026-11-18T21:00", "FREQ=DAILY@09:00 + FREQ=DAILY@21:00"),
        ("take pills 3 times a week", "2026-11-18", "FREQ=WEEKLY;BYDAY=MO,WE,FR"),
        ("take pills twice a month", "2026-12-01", "FREQ=MONTHLY;BYMONTHDAY=1,15"),
    ],
)
def test_a_number_of_times_is_spread_and_said(text: str, due: str, rule: str) -> None:
    check(text, "take pills", due, rule)
    assert task(text).assumptions


@pytest.mark.parametrize(
    ("text", "title", "rule"),
    [
        ("monthly potluck on the third saturday", "potluck", "FREQ=MONTHLY;BYDAY=3SA"),
        ("bi-weekly sync with Sana on mondays", "sync with Sana", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO"),
        ("last tuesday of the month board pack every month", "board pack", "FREQ=MONTHLY;BYDAY=-1TU"),
        ("add yearly checkup on march 3", "checkup", "FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=3"),
    ],
)
def test_an_adjective_and_its_days_may_stand_apart(text: str, title: str, rule: str) -> None:
    read = task(text)
    assert (read.title, rule_of(read.repeat)) == (title, rule)


def test_a_31st_starts_on_the_last_day_of_a_short_month() -> None:
    read = task("close the books every 31st")
    assert (shown(read.due), rule_of(read.repeat)) == ("2026-11-30", "FREQ=MONTHLY;BYMONTHDAY=31")


def test_what_was_assumed_is_said() -> None:
    assert task("row every weekend").assumptions == ("took the weekend as Saturday",)
    assert task("row every 3rd friday").assumptions == ("took every 3rd friday as once a month",)
    assert task("row biweekly").assumptions == ("took biweekly as every 2 weeks",)
    assert task("row every morning").assumptions == ("took morning as 09:00",)


@pytest.mark.parametrize("words", ["monday", "2 weeks", "weekly", "month", "daily at 9", "mondays at 9"])
def test_a_field_for_repetition_takes_short_forms(words: str) -> None:
    assert read_repeat(words, context()).rules


@pytest.mark.parametrize("words", ["banana", "", "tomorrow", "every now and then", "every blue moon"])
def test_words_that_are_no_rule_are_refused(words: str) -> None:
    with pytest.raises(NotUnderstood):
        read_repeat(words, context())


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("pay every feb 30", "There is no 30 February"),
        ("pay every monday until november 1 2026", "before its first date"),
        ("pay every monday except mondays", "leave no day"),
    ],
)
def test_a_rule_that_cannot_be_is_named(text: str, reason: str) -> None:
    with pytest.raises(InvalidField, match=reason):
        task(text)


def test_a_rule_typed_late_in_the_evening_starts_on_the_local_day() -> None:
    read = task("stretch every day at 9pm", context(LATE))
    assert shown(read.due) == "2027-01-31T21:00"


@pytest.mark.parametrize(
    "words", ["every day until dec 24", "every day until christmas eve", "daily until december 24th"]
)
def test_a_rule_given_alone_ends_on_the_day_that_until_names(words: str) -> None:
    repeat = read_repeat(words, context())
    assert str(repeat.end.until) == "2026-12-24"
    assert str(repeat.rules[0].start) == "2026-11-18"
