"""Domain values as JSON: everything that is written is read again as it was."""

import datetime as dt
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taskora.domain.due import Due
from taskora.domain.durations import read_duration, write_duration
from taskora.domain.encoding import (
    changed_fields,
    instant_from_json,
    preferences_from_json,
    preferences_to_json,
    read_field,
    series_from_json,
    series_to_json,
    task_from_json,
    task_to_json,
)
from taskora.domain.preferences import DateOrder, Preferences, WeekStart
from taskora.domain.series import Anchor, End, Repeat, Rule, Series, SeriesState
from taskora.domain.task import NextOutcome, Priority, Status, Task

EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
dates = st.dates(dt.date(1900, 1, 1), dt.date(9998, 12, 31))
times = st.times()
zones = st.sampled_from(["UTC", "America/New_York", "Asia/Kolkata"])
instants = st.integers(0, 10**17).map(lambda microseconds: EPOCH + dt.timedelta(microseconds=microseconds))
durations = st.integers(-(10**7), 10**7).map(lambda seconds: dt.timedelta(seconds=seconds))
dues = st.one_of(st.builds(Due, dates), st.builds(Due, dates, times, zones))
texts = st.text(st.characters(codec="utf-8"), max_size=20)
rules = st.builds(Rule, st.sampled_from(["FREQ=DAILY", "FREQ=WEEKLY;BYDAY=MO"]), dates, st.none() | times)
ends = st.one_of(st.just(End()), st.builds(End, until=dates), st.builds(End, count=st.integers(1, 99)))
repeats = st.builds(
    Repeat,
    rules=st.lists(rules, min_size=1, max_size=3).map(tuple),
    excluded_dates=st.lists(dates, max_size=3).map(tuple),
    excluded_rules=st.lists(rules, max_size=2).map(tuple),
    anchor=st.sampled_from(Anchor),
    end=ends,
)
series = st.builds(
    Series,
    id=texts,
    user_id=texts,
    repeat=repeats,
    zone=st.none() | zones,
    state=st.sampled_from(SeriesState),
    version=st.integers(1, 9),
    made=st.integers(0, 9),
    stopped_by=st.none() | texts,
)
tasks = st.builds(
    Task,
    id=texts,
    user_id=texts,
    number=st.integers(1),
    title=texts,
    created_at=instants,
    updated_at=instants,
    description=texts,
    status=st.sampled_from(Status),
    priority=st.sampled_from(Priority),
    tags=st.lists(texts, max_size=3).map(tuple),
    due=st.none() | dues,
    end=st.none() | dues,
    duration=st.none() | durations,
    deadline=st.none() | dates,
    reminders=st.lists(durations | instants, max_size=3).map(tuple),
    series_id=st.none() | texts,
    occurrence=st.none() | dues,
    predecessor_id=st.none() | texts,
    caused_by=st.none() | texts,
    completed_at=st.none() | instants,
    completed_by=st.none() | texts,
    deleted_at=st.none() | instants,
    next=st.none() | st.builds(NextOutcome, texts, st.none() | texts, st.integers(0)),
    version=st.integers(1),
)


@given(tasks)
def test_a_task_is_read_as_it_was_written(task: Task) -> None:
    assert task_from_json(json.loads(json.dumps(task_to_json(task)))) == task


@given(series)
def test_a_series_is_read_as_it_was_written(one: Series) -> None:
    assert series_from_json(json.loads(json.dumps(series_to_json(one)))) == one


@given(tasks, tasks)
def test_the_changed_fields_make_one_task_out_of_the_other(before: Task, after: Task) -> None:
    old, new = task_to_json(before), task_to_json(after)
    changes = changed_fields(old, new)
    assert {**old, **{name: values[1] for name, values in changes.items()}} | {
        "version": 0,
        "updated_at": "",
    } == new | {"version": 0, "updated_at": ""}
    assert all(read_field(name, values[0]) == getattr(before, name) for name, values in changes.items())


@given(
    st.builds(
        Preferences,
        zone=zones,
        week_start=st.sampled_from(WeekStart),
        date_order=st.sampled_from(DateOrder),
        all_day_time=st.integers(0, 23).map(dt.time),
        default_reminder_minutes=st.none() | st.integers(0, 99),
        require_end=st.booleans(),
    )
)
def test_preferences_are_read_as_they_were_written_whatever_the_defaults(preferences: Preferences) -> None:
    assert preferences_from_json(preferences_to_json(preferences), Preferences()) == preferences


@given(durations)
def test_a_duration_is_read_as_it_was_written(duration: dt.timedelta) -> None:
    assert read_duration(write_duration(duration)) == duration


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("-PT30M", -30),
        ("PT1H30M", 90),
        ("P1D", 1440),
        ("PT24H", 1440),
        ("-P1W", -10080),
        ("P1DT1M", 1441),
        ("PT90M", 90),
    ],
)
def test_durations_are_read_in_every_form_of_fixed_length(text: str, minutes: int) -> None:
    assert read_duration(text) == dt.timedelta(minutes=minutes)


@pytest.mark.parametrize("text", ["", "P", "PT", "P1M", "P1Y", "PT1", "1D", "P1DT", "P-1D", "PT1.5H", "P1D2H", "p1d"])
def test_what_is_no_duration_of_fixed_length_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="no ISO 8601 duration"):
        read_duration(text)


def test_an_instant_needs_an_offset() -> None:
    with pytest.raises(ValueError, match="offset"):
        instant_from_json("2026-11-24T10:00:00")
