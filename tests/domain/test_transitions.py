"""What can happen to a task and its series, without any store."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

import pytest

from taskora.domain import edits
from taskora.domain.due import Due
from taskora.domain.edits import Draft, Edit, Moved
from taskora.domain.encoding import changed_fields, series_to_json, task_to_json
from taskora.domain.errors import Conflict, InvalidField
from taskora.domain.series import End, Repeat, Rule, Series, SeriesState
from taskora.domain.task import NextOutcome, Priority, Status, Task
from taskora.domain.transitions import (
    at_time_of,
    change_rules,
    complete,
    create,
    delete,
    reopen,
    restore,
    revert,
    revert_series,
    revive,
    settle,
    single,
    start_series,
    stop,
    successor,
)

ZONE = "America/New_York"
NOW = dt.datetime(2026, 11, 24, 15, tzinfo=dt.UTC)
LATER = NOW + dt.timedelta(hours=1)
NINE = Due(dt.date(2026, 11, 25), dt.time(9), ZONE)
DAILY = Repeat((Rule("FREQ=DAILY", NINE.date, NINE.time),))


def task(**fields: object) -> Task:
    draft = Draft("standup", due=NINE)
    made = create(draft, task_id="t1", user_id="ada", number=1, series_id="s1", now=NOW)
    return replace(made, **fields)  # type: ignore[arg-type]  # the tests name fields with their values


def series(repeat: Repeat = DAILY) -> Series:
    return start_series(repeat, series_id="s1", user_id="ada", user_zone=ZONE)


def test_a_task_of_a_series_stands_on_its_first_occurrence() -> None:
    made = task()
    assert (made.occurrence, made.status, made.version, made.priority) == (NINE, Status.OPEN, 1, Priority.MEDIUM)


def test_every_change_is_a_new_version_and_leaves_the_old_value_alone() -> None:
    first = task()
    done = complete(first, event_id="e1", now=LATER)
    assert (done.version, done.updated_at, done.completed_at, done.completed_by) == (2, LATER, LATER, "e1")
    assert (first.version, first.status) == (1, Status.OPEN)


def test_reopening_forgets_the_completion_and_its_outcome() -> None:
    done = settle(complete(task(), event_id="e1", now=NOW), NextOutcome("made", "t2"))
    opened = reopen(done, now=LATER)
    assert (opened.status, opened.completed_at, opened.completed_by, opened.next) == (Status.OPEN, None, None, None)


def test_an_outcome_is_bookkeeping_and_no_new_version() -> None:
    done = complete(task(), event_id="e1", now=NOW)
    assert settle(done, NextOutcome("ended")).version == done.version


def test_the_trash_keeps_the_status() -> None:
    done = complete(task(), event_id="e1", now=NOW)
    gone = delete(done, now=LATER)
    assert (gone.status, gone.deleted_at) == (Status.COMPLETED, LATER)
    assert restore(gone, now=LATER).status is Status.COMPLETED


def test_what_the_state_does_not_allow_is_a_conflict() -> None:
    done, gone = complete(task(), event_id="e1", now=NOW), delete(task(), now=NOW)
    with pytest.raises(Conflict):
        complete(done, event_id="e2", now=NOW)
    with pytest.raises(Conflict):
        reopen(task(), now=NOW)
    with pytest.raises(Conflict):
        restore(task(), now=NOW)
    refusals: list[Callable[[], Task]] = [
        lambda: delete(gone, now=NOW),
        lambda: complete(gone, event_id="e1", now=NOW),
        lambda: reopen(gone, now=NOW),
        lambda: edits.update(gone, Edit(title="x"), user_zone=ZONE, now=NOW),
    ]
    for refused in refusals:
        with pytest.raises(Conflict, match="trash"):
            refused()


def test_a_successor_copies_all_but_the_time() -> None:
    done = task(
        description="kitchen",
        priority=Priority.HIGH,
        tags=("work",),
        reminders=(dt.timedelta(minutes=-15), NOW),
        end=Due(NINE.date, dt.time(9, 30), ZONE),
        deadline=dt.date(2026, 12, 1),
    )
    next_day = replace(NINE, date=dt.date(2026, 11, 26))
    made = successor(done, task_id="t2", number=2, due=next_day, caused_by="e1", now=LATER)
    assert (made.title, made.description, made.priority, made.tags) == ("standup", "kitchen", Priority.HIGH, ("work",))
    assert made.reminders == (dt.timedelta(minutes=-15),)
    assert (made.due, made.occurrence, made.end) == (next_day, next_day, Due(next_day.date, dt.time(9, 30), ZONE))
    assert (made.predecessor_id, made.caused_by, made.series_id, made.deadline) == (
        "t1",
        "e1",
        "s1",
        dt.date(2026, 12, 2),
    )
    assert (made.version, made.status, made.completed_at) == (1, Status.OPEN, None)


def test_a_single_task_has_left_its_series() -> None:
    alone = single(task())
    assert (alone.series_id, alone.occurrence, alone.due) == (None, None, NINE)


def test_a_series_is_stopped_once_and_revived_only_by_the_task_that_stopped_it() -> None:
    stopped = stop(series(), stopped_by="t1")
    assert (stopped.state, stopped.version) == (SeriesState.STOPPED, 2)
    assert stop(stopped) is stopped
    assert revive(stopped, task_id="t2") is stopped
    assert revive(stopped, task_id="t1").state is SeriesState.ACTIVE
    by_hand = stop(series())
    assert revive(by_hand, task_id="t1") is by_hand


def test_new_rules_start_a_stopped_series_again_and_a_count_counts_anew() -> None:
    changed = change_rules(replace(stop(series()), made=3), replace(DAILY, end=End(count=5)), user_zone="Asia/Tokyo")
    assert (changed.state, changed.made, changed.zone) == (SeriesState.ACTIVE, 1, "Asia/Tokyo")


def test_a_series_of_days_has_no_zone() -> None:
    days = Repeat((Rule("FREQ=DAILY", NINE.date),))
    assert series(days).zone is None
    assert series(Repeat((Rule("FREQ=HOURLY", NINE.date),))).zone == ZONE


def test_rules_without_a_time_take_that_of_the_due() -> None:
    days = Repeat((Rule("FREQ=DAILY", NINE.date), Rule("FREQ=DAILY", NINE.date, dt.time(17))))
    assert [rule.time for rule in at_time_of(days, NINE).rules] == [dt.time(9), dt.time(17)]
    assert at_time_of(days, Due(NINE.date)) == days


def test_a_revert_gives_the_old_values_back_under_a_new_version() -> None:
    before = task(tags=("work",))
    after = edits.update(
        before,
        Edit(title="x", tags=("a", "b"), due=Due(dt.date(2027, 1, 1)), priority=Priority.LOW),
        user_zone=ZONE,
        now=LATER,
    )
    reverted = revert(after, changed_fields(task_to_json(before), task_to_json(after)), now=LATER)
    assert replace(reverted, version=1, updated_at=NOW) == before
    assert reverted.version == 3


def test_a_reverted_series_keeps_what_it_made() -> None:
    before = replace(series(), made=3)
    after = change_rules(before, replace(DAILY, end=End(count=5)), user_zone=ZONE)
    fields = changed_fields(series_to_json(before), series_to_json(after))
    reverted = revert_series(replace(after, made=2), fields)
    assert replace(reverted, version=1) == replace(before, made=4)
    assert revert_series(before, {}) is before


@pytest.mark.parametrize(
    ("edit", "due"),
    [
        (Edit(due=Due(dt.date(2026, 11, 27)), moved=Moved.DAY), Due(dt.date(2026, 11, 27), dt.time(9), ZONE)),
        (Edit(due=Due(dt.date(2026, 11, 27)), moved=Moved.WHOLE), Due(dt.date(2026, 11, 27))),
        (Edit(due=Due(dt.date(2026, 11, 24), dt.time(15), ZONE), moved=Moved.TIME), replace(NINE, time=dt.time(15))),
        (Edit(cleared=frozenset({"time"})), Due(NINE.date)),
        (Edit(cleared=frozenset({"due"})), None),
        (Edit(shift=dt.timedelta(days=2)), replace(NINE, date=dt.date(2026, 11, 27))),
        (Edit(shift=dt.timedelta(hours=-10)), Due(dt.date(2026, 11, 24), dt.time(23), ZONE)),
        (Edit(shift=dt.timedelta(days=-1, hours=-1)), Due(dt.date(2026, 11, 24), dt.time(8), ZONE)),
        (Edit(title="x"), NINE),
    ],
)
def test_an_edit_moves_what_it_says(edit: Edit, due: Due | None) -> None:
    assert edits.update(task(), edit, user_zone=ZONE, now=NOW).due == due


def test_an_end_before_the_due_is_refused() -> None:
    with pytest.raises(InvalidField, match="before"):
        edits.update(task(), Edit(end=Due(NINE.date, dt.time(8), ZONE)), user_zone=ZONE, now=NOW)


def test_an_edit_that_changes_nothing_gives_the_very_same_task() -> None:
    first = task()
    assert edits.update(first, Edit(title="standup", due=NINE), user_zone=ZONE, now=LATER) is first
