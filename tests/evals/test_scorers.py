"""The scorers: what counts as right and what does not. Every test shows a pair that differs as well."""

import datetime as dt

import pytest

from evals.form import Json
from evals.scorers import judge_command, judge_keys, judge_phrase

TODAY = dt.date(2026, 11, 18)


def failed(expect: Json, *got: Json) -> set[str]:
    return set(judge_phrase(expect, got, TODAY).failed)


def holds(key: str, wanted: object, got: object) -> bool:
    return judge_keys({key: wanted}, {} if got is None else {key: got}, TODAY)[key]


def same_series(wanted: Json, got: Json) -> bool:
    return judge_keys(wanted, got, TODAY)["rrules" if "rrules" in wanted else "rrule"]


def test_a_command_that_is_as_expected_fails_in_nothing() -> None:
    expect = {"intent": "add", "title": "pay rent", "due": "2026-12-01"}
    assert failed(expect, {"intent": "add", "title": "pay rent", "due": "2026-12-01"}) == set()
    assert failed(expect, {"intent": "list", "title": "rent", "due": "2026-12-02"}) == {"intent", "title", "due"}


def test_nothing_understood_fails_in_every_field_that_is_said() -> None:
    assert failed({"intent": "add", "title": "pay rent", "due": "2026-12-01"}) == {"intent", "title", "due"}


@pytest.mark.parametrize(
    "found", [{"due": "2026-11-19"}, {"rrule": "FREQ=DAILY"}, {"priority": "high"}, {"tags": ["work"]}]
)
def test_what_an_add_leaves_out_may_not_be_found(found: dict[str, object]) -> None:
    plain = {"intent": "add", "title": "call Bo"}
    assert failed(plain, plain) == set()
    assert failed(plain, {**plain, **found}) == set(found)


def test_what_is_left_out_is_not_judged_otherwise() -> None:
    assert (
        failed({"intent": "add"}, {"intent": "add", "title": "x", "duration_min": 5, "deadline": "2026-12-01"}) == set()
    )
    assert failed({"intent": "list"}, {"intent": "list", "filter": {"overdue": True}, "tags": ["x"]}) == set()


def test_titles_and_targets_are_compared_without_case_and_outer_spaces() -> None:
    assert holds("title", "Pay Rent", "  pay rent ")
    assert holds("target", "Dentist", "dentist ")
    assert not holds("title", "pay rent", "pay  rent")
    assert not holds("title", "pay rent", "pay rent.")


def test_a_day_is_not_a_wall_time() -> None:
    assert holds("due", "2026-12-01T00:00", "2026-12-01T00:00")
    assert not holds("due", "2026-12-01", "2026-12-01T00:00")
    assert holds("due", None, None)
    assert not holds("due", None, "2026-12-01")


def test_tags_count_in_their_order() -> None:
    assert holds("tags", ["a", "b"], ["a", "b"])
    assert not holds("tags", ["a", "b"], ["b", "a"])


def test_reminders_of_equal_length_are_equal() -> None:
    assert holds("reminders", ["-P1D", "-PT90M"], ["-PT1H30M", "-PT24H"])
    assert holds("reminders", ["2026-12-01T08:00"], ["2026-12-01T08:00"])
    assert not holds("reminders", ["-PT30M"], ["PT30M"])
    assert not holds("reminders", ["-PT30M"], ["-PT30M", "-PT30M"])
    assert not holds("reminders", ["2026-12-01T08:00"], ["-PT30M"])


def test_the_anchor_is_the_schedule_unless_said() -> None:
    assert holds("anchor", "schedule", None)
    assert holds("anchor", "completion", "completion")
    assert not holds("anchor", "completion", None)


@pytest.mark.parametrize("key", ["end", "duration_min", "deadline", "priority", "needs_confirmation"])
def test_plain_values_are_equal_or_not(key: str) -> None:
    values = {
        "end": ("2026-12-01T10:00", "2026-12-01"),
        "duration_min": (45, 60),
        "deadline": ("2026-12-01", "2026-12-02"),
        "priority": ("high", "urgent"),
        "needs_confirmation": (True, None),
    }
    right, wrong = values[key]
    assert holds(key, right, right)
    assert not holds(key, right, wrong)


def test_any_alternative_is_right_as_well() -> None:
    expect = {"intent": "add", "title": "run", "title_alt": ["run 10k"], "due": "2027-01-02T19:30"}
    with_alternative = {**expect, "due_alt": ["2027-01-02T07:30"]}
    got = {"intent": "add", "title": "run 10k", "due": "2027-01-02T07:30"}
    assert failed(with_alternative, got) == set()
    assert failed(expect, got) == {"due"}
    assert failed({"intent": "add", "due_alt": ["2027-01-02"]}, {"intent": "add", "due": "2027-01-02"}) == set()


@pytest.mark.parametrize(
    ("due", "one", "other"),
    [
        ("2026-12-01", "FREQ=MONTHLY;BYMONTHDAY=1", "FREQ=MONTHLY"),
        ("2026-11-19T09:00", "FREQ=DAILY", "FREQ=DAILY;INTERVAL=1"),
        ("2026-11-19", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR"),
        ("2026-11-30", "FREQ=MONTHLY;BYMONTHDAY=-1", "FREQ=MONTHLY;BYMONTHDAY=31"),
        ("2027-01-30", "FREQ=MONTHLY;BYMONTHDAY=30", "FREQ=MONTHLY;BYMONTHDAY=28,29,30;BYSETPOS=-1"),
        ("2028-02-29", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1"),
        ("2026-11-18", "FREQ=DAILY;COUNT=3", "RRULE:FREQ=DAILY;UNTIL=20261120"),
        ("2026-11-18T21:00", "FREQ=DAILY;UNTIL=20261120", "FREQ=DAILY;UNTIL=20261120T210000"),
        ("2026-11-18T21:00", "FREQ=HOURLY;INTERVAL=12", "FREQ=DAILY;BYHOUR=9,21"),
    ],
)
def test_rules_that_name_the_same_dates_are_equal(due: str, one: str, other: str) -> None:
    assert same_series({"due": due, "rrule": one}, {"due": due, "rrule": other})
    assert same_series({"due": due, "rrule": other}, {"due": due, "rrule": one})


@pytest.mark.parametrize(
    ("due", "one", "other"),
    [
        ("2026-11-18", "FREQ=DAILY", "FREQ=DAILY;INTERVAL=2"),
        ("2026-11-20", "FREQ=WEEKLY;BYDAY=FR", "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR"),
        ("2026-11-18", "FREQ=DAILY;COUNT=3", "FREQ=DAILY"),
        ("2026-11-18", "FREQ=DAILY;UNTIL=20261120", "FREQ=DAILY;UNTIL=20261121"),
        ("2026-11-18T21:00", "FREQ=DAILY;UNTIL=20261120", "FREQ=DAILY;UNTIL=20261120T200000"),
        ("2026-11-20", "FREQ=MONTHLY;BYDAY=+3FR", "FREQ=WEEKLY;INTERVAL=4;BYDAY=FR"),
    ],
)
def test_rules_that_name_other_dates_differ(due: str, one: str, other: str) -> None:
    assert not same_series({"due": due, "rrule": one}, {"due": due, "rrule": other})


def test_a_rule_is_neither_found_nor_lost_unnoticed() -> None:
    assert same_series({"due": "2026-11-18", "rrule": None}, {"due": "2026-11-18"})
    assert not same_series({"due": "2026-11-18", "rrule": None}, {"due": "2026-11-18", "rrule": "FREQ=DAILY"})
    assert not same_series({"due": "2026-11-18", "rrule": "FREQ=DAILY"}, {"due": "2026-11-18"})


def test_a_wrong_due_does_not_make_the_rule_wrong_as_well() -> None:
    expect = {"intent": "add", "due": "2026-11-23", "rrule": "FREQ=WEEKLY;BYDAY=MO"}
    assert failed(expect, {"intent": "add", "due": "2026-11-30", "rrule": "FREQ=WEEKLY;BYDAY=MO"}) == {"due"}


def test_dates_left_out_belong_to_the_series() -> None:
    weekdays = {"due": "2026-11-18", "rrule": "FREQ=DAILY", "exdates": ["2026-11-20", "2026-11-22"]}
    assert same_series(weekdays, weekdays)
    assert not same_series(weekdays, {"due": "2026-11-18", "rrule": "FREQ=DAILY"})
    assert same_series(
        {"due": "2026-11-18", "rrule": "FREQ=DAILY;COUNT=3", "exdates": ["2026-11-19"]},
        {"due": "2026-11-18", "rrules": ["FREQ=DAILY;INTERVAL=2;COUNT=2"]},
    )


def test_several_rules_make_one_series_with_times_of_their_own() -> None:
    rules = ["FREQ=WEEKLY;BYDAY=MO;BYHOUR=20;BYMINUTE=0", "FREQ=WEEKLY;BYDAY=TU;BYHOUR=21;BYMINUTE=0"]
    wanted = {"due": "2026-11-23T20:00", "rrules": rules}
    assert same_series(wanted, {"due": "2026-11-23T20:00", "rrules": rules[::-1]})
    assert not same_series(wanted, {"due": "2026-11-23T20:00", "rrule": "FREQ=WEEKLY;BYDAY=MO,TU"})
    assert set(judge_command({"intent": "add", **wanted}, {"intent": "add", **wanted}, TODAY)) >= {"rrules", "due"}
    assert "rrule" not in judge_command({"intent": "add", **wanted}, {}, TODAY)


def test_a_date_that_two_rules_name_counts_once() -> None:
    daily = {"due": "2026-11-18", "rrule": "FREQ=DAILY"}
    assert same_series(daily, {"due": "2026-11-18", "rrules": ["FREQ=DAILY", "FREQ=DAILY;INTERVAL=2"]})


def test_a_filter_is_judged_whole_without_its_defaults() -> None:
    week = {"due_from": "2026-11-16", "due_to": "2026-11-22"}
    assert holds("filter", week, {**week, "status": "open", "overdue": False, "tags": []})
    assert holds("filter", week, {"due_from": "2026-11-16T00:00", "due_to": "2026-11-22T23:59"})
    assert holds("filter", {}, {})
    assert not holds("filter", {}, None)
    assert not holds("filter", week, {**week, "priority": "high"})
    assert not holds("filter", {**week, "status": "completed"}, week)
    assert not holds("filter", week, {**week, "due_to": "2026-11-22T18:00"})


def test_changes_are_judged_whole() -> None:
    assert holds("changes", {"due": "2026-11-20"}, {"due": "2026-11-20"})
    assert not holds("changes", {"due": "2026-11-20"}, {"due": "2026-11-20", "title": "x"})
    assert not holds("changes", {"due": "2026-11-20", "title": "x"}, {"due": "2026-11-20"})
    assert holds("changes", {"due": None}, {"due": None})
    assert not holds("changes", {"due": None}, {})
    assert holds("changes", {"rrule": "FREQ=DAILY"}, {"rrule": "FREQ=DAILY;INTERVAL=1"})
    assert not holds("changes", {"rrule": None}, {"title": "x"})
    assert holds("changes", {"rrule": "FREQ=DAILY"}, {"rrule": "FREQ=DAILY", "due": "2026-11-19"})
    assert not holds("changes", {"title": "x"}, {"title": "x", "due": "2026-11-19"})
    assert holds("changes", {"due": "2026-11-20", "due_alt": ["2026-11-27"]}, {"due": "2026-11-27"})


def test_several_commands_are_judged_one_by_one_and_in_number() -> None:
    expect = {"commands": [{"intent": "delete", "target": "milk"}, {"intent": "add", "title": "eggs"}]}
    milk, eggs = {"intent": "delete", "target": "milk"}, {"intent": "add", "title": "eggs"}
    assert failed(expect, milk, eggs) == set()
    assert failed(expect, milk, {**eggs, "title": "egg"}) == {"commands[1].title"}
    assert failed(expect, milk) == {"commands", "commands[1].intent", "commands[1].title"}
    assert failed(expect, milk, eggs, eggs) == {"commands"}


def test_one_command_expected_and_several_got_is_a_failure() -> None:
    add = {"intent": "add", "title": "buy bread and butter"}
    assert failed(add, add, {"intent": "add", "title": "butter"}) == {"commands"}
