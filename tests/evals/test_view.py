"""Commands and stored tasks in the form of the cases."""

import datetime as dt
from typing import Any

from evals.stored import changes_between, show_task
from evals.view import show_command
from taskora.api import wire
from taskora.domain.due import Due
from taskora.domain.series import Anchor, End, Repeat, Rule
from taskora.domain.task import Priority, Status
from taskora.nlu.reading import Changes, Command, Filter, Intent

NEW_YORK = "America/New_York"
DAY = dt.date(2026, 11, 20)
THREE = Due(DAY, dt.time(15), NEW_YORK)


def shown(**fields: Any) -> dict[str, object]:
    command = Command(Intent.ADD, **fields)
    return {key: value for key, value in show_command(command, NEW_YORK).items() if key != "intent"}


def test_a_command_without_values_shows_its_intent_only() -> None:
    assert show_command(Command(Intent.HELP), NEW_YORK) == {"intent": "help"}


def test_a_day_stays_a_day_and_a_time_is_told_at_the_users_place() -> None:
    assert shown(due=Due(DAY)) == {"due": "2026-11-20"}
    assert shown(due=THREE) == {"due": "2026-11-20T15:00"}
    assert shown(due=Due(DAY, dt.time(1), "Europe/Berlin")) == {"due": "2026-11-19T19:00"}
    assert shown(due=Due(dt.date(2027, 3, 14), dt.time(2, 30), NEW_YORK)) == {"due": "2027-03-14T03:30"}


def test_end_and_length_follow_from_each_other() -> None:
    both = {"due": "2026-11-20T15:00", "end": "2026-11-20T16:30", "duration_min": 90}
    assert shown(due=THREE, duration=dt.timedelta(minutes=90)) == both
    assert shown(due=THREE, end=Due(DAY, dt.time(16, 30), NEW_YORK)) == both
    assert shown(due=Due(DAY), end=Due(DAY)) == {"due": "2026-11-20", "end": "2026-11-20"}


def test_a_rule_shows_its_end_and_its_anchor() -> None:
    repeat = Repeat((Rule("FREQ=DAILY", DAY),), anchor=Anchor.COMPLETION, end=End(count=5))
    assert shown(due=Due(DAY), repeat=repeat) == {
        "due": "2026-11-20",
        "rrule": "FREQ=DAILY;COUNT=5",
        "anchor": "completion",
    }
    until = Repeat((Rule("FREQ=DAILY", DAY),), end=End(until=dt.date(2027, 6, 1)))
    assert shown(due=Due(DAY), repeat=until)["rrule"] == "FREQ=DAILY;UNTIL=20270601"


def test_a_time_of_the_rule_shows_only_where_it_is_not_that_of_the_due() -> None:
    at_three = Rule("FREQ=DAILY", DAY, dt.time(15))
    assert shown(due=THREE, repeat=Repeat((at_three,)))["rrule"] == "FREQ=DAILY"
    at_nine = Rule("FREQ=WEEKLY;BYDAY=MO", DAY, dt.time(9))
    assert shown(due=THREE, repeat=Repeat((at_nine,)))["rrule"] == "FREQ=WEEKLY;BYDAY=MO;BYHOUR=9;BYMINUTE=0"
    assert shown(due=THREE, repeat=Repeat((at_three, at_nine)))["rrules"] == [
        "FREQ=DAILY;BYHOUR=15;BYMINUTE=0",
        "FREQ=WEEKLY;BYDAY=MO;BYHOUR=9;BYMINUTE=0",
    ]


def test_dates_that_a_rule_leaves_out_are_named_as_far_as_they_are_compared() -> None:
    fridays = Rule("FREQ=WEEKLY;BYDAY=FR", DAY)
    repeat = Repeat((Rule("FREQ=DAILY", DAY),), (dt.date(2026, 11, 22),), (fridays,))
    assert shown(due=Due(DAY), repeat=repeat)["exdates"] == ["2026-11-20", "2026-11-22", "2026-11-27"]


def test_the_rest_of_a_command_is_shown_by_the_keys_of_the_form() -> None:
    got = shown(
        title="call Bo",
        priority=Priority.HIGH,
        tags=("home",),
        reminders=(dt.timedelta(minutes=-30), THREE),
        deadline=Due(DAY),
        target="dentist",
        needs_confirmation=True,
    )
    assert got == {
        "title": "call Bo",
        "priority": "high",
        "tags": ["home"],
        "reminders": ["-PT30M", "2026-11-20T15:00"],
        "deadline": "2026-11-20",
        "target": "dentist",
        "needs_confirmation": True,
    }


def test_a_filter_leaves_its_defaults_out_and_an_empty_one_is_shown() -> None:
    assert shown(filter=Filter())["filter"] == {}
    assert shown(filter=Filter(status=Status.OPEN, overdue=True))["filter"] == {"overdue": True}
    meant = Filter(
        due_from=Due(DAY), due_to=THREE, tags=("a",), priority=Priority.LOW, status=Status.COMPLETED, text="x"
    )
    assert shown(filter=meant)["filter"] == {
        "due_from": "2026-11-20",
        "due_to": "2026-11-20T15:00",
        "tags": ["a"],
        "priority": "low",
        "status": "completed",
        "text": "x",
    }


def test_changes_show_what_is_new_and_what_is_emptied() -> None:
    changes = Changes(title="x", due=THREE, tags_add=("a",), cleared=frozenset({"repeat", "reminders"}))
    assert shown(changes=changes)["changes"] == {
        "title": "x",
        "due": "2026-11-20T15:00",
        "tags_add": ["a"],
        "rrule": None,
        "reminders": [],
    }


def stored(**fields: object) -> wire.Task:
    plain = {
        "id": "1",
        "number": 1,
        "title": "standup",
        "status": "open",
        "priority": "medium",
        "version": 1,
        "created_at": "2026-11-18T10:00:00Z",
        "updated_at": "2026-11-18T10:00:00Z",
    }
    return wire.Task.model_validate({**plain, **fields})


DUE = {"date": "2026-11-20", "time": "09:00", "zone": NEW_YORK, "at": "2026-11-20T14:00:00Z"}


def test_a_stored_task_is_shown_with_its_state() -> None:
    assert show_task(stored(), NEW_YORK) == {"title": "standup", "status": "open", "priority": "medium"}
    assert show_task(stored(status="completed"), NEW_YORK)["status"] == "completed"
    deleted = stored(status="completed", deleted_at="2026-11-18T10:00:00Z")
    assert show_task(deleted, NEW_YORK)["status"] == "trash"
    assert show_task(stored(due=DUE), "Europe/Berlin")["due"] == "2026-11-20T15:00"


def test_a_stored_task_repeats_until_its_series_is_stopped() -> None:
    repeats = {
        "series_id": "s",
        "rules": [{"rrule": "FREQ=DAILY", "start": "2026-11-20", "time": "09:00"}],
        "text": "every day at 09:00",
        "anchor": "schedule",
        "count": 3,
        "state": "active",
    }
    assert show_task(stored(due=DUE, repeats=repeats), NEW_YORK)["rrule"] == "FREQ=DAILY;COUNT=3"
    assert "rrule" not in show_task(stored(due=DUE, repeats={**repeats, "state": "stopped"}), NEW_YORK)


def test_what_an_update_changed_is_told_by_the_keys_of_a_case() -> None:
    before = {"title": "a", "due": "2026-11-20", "tags": ["x", "y"], "status": "open"}
    after = {"title": "b", "tags": ["y", "z"], "status": "open"}
    assert changes_between(before, after) == {"title": "b", "due": None, "tags_add": ["z"], "tags_remove": ["x"]}
    assert changes_between(before, before) == {}
