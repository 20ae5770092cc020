"""Ranges, durations and deadlines in a line."""

import pytest

from tests.nlu.saying import parts, title_and_due

RANGES = (
    ("meeting from 2pm to 4pm tomorrow", "meeting", "2026-11-19T14:00", {"end": "2026-11-19T16:00"}),
    ("workshop friday 9-12", "workshop", "2026-11-20T09:00", {"end": "2026-11-20T12:00"}),
    ("conference from dec 7 to dec 9", "conference", "2026-12-07", {"end": "2026-12-09"}),
    ("trip dec 30 - jan 2", "trip", "2026-12-30", {"end": "2027-01-02"}),
    ("block 1-3pm for writing", "block for writing", "2026-11-18T13:00", {"end": "2026-11-18T15:00"}),
    ("night shift 10pm to 6am", "night shift", "2026-11-18T22:00", {"end": "2026-11-19T06:00"}),
    ("meeting tomorrow 10-11am with Lee", "meeting with Lee", "2026-11-19T10:00", {"end": "2026-11-19T11:00"}),
    ("meeting 11-1pm tomorrow", "meeting", "2026-11-19T11:00", {"end": "2026-11-19T13:00"}),
    ("meeting tomorrow between 2 and 3pm", "meeting", "2026-11-19T14:00", {"end": "2026-11-19T15:00"}),
    ("meeting tomorrow 14:00-15:30", "meeting", "2026-11-19T14:00", {"end": "2026-11-19T15:30"}),
    ("meeting tomorrow from noon to 2", "meeting", "2026-11-19T12:00", {"end": "2026-11-19T14:00"}),
    ("meeting tomorrow from 10 until noon", "meeting", "2026-11-19T10:00", {"end": "2026-11-19T12:00"}),
    ("meeting from 9:30 to 11 tomorrow", "meeting", "2026-11-19T09:30", {"end": "2026-11-19T11:00"}),
    ("meeting from 2 to 3", "meeting", "2026-11-18T14:00", {"end": "2026-11-18T15:00"}),
    ("party 11pm-2am on dec 31", "party", "2026-12-31T23:00", {"end": "2027-01-01T02:00"}),
    ("vacation dec 20-27", "vacation", "2026-12-20", {"end": "2026-12-27"}),
    ("vacation 20-27 dec", "vacation", "2026-12-20", {"end": "2026-12-27"}),
    ("vacation dec 20 through jan 3", "vacation", "2026-12-20", {"end": "2027-01-03"}),
    ("festival from friday 5pm to sunday 2pm", "festival", "2026-11-20T17:00", {"end": "2026-11-22T14:00"}),
    ("trip from the 5th to the 8th", "trip", "2026-12-05", {"end": "2026-12-08"}),
    ("trip 5th-8th december", "trip", "2026-12-05", {"end": "2026-12-08"}),
    ("ring Paul between christmas and new year", "ring Paul", "2026-12-25", {"end": "2027-01-01"}),
    ("ring Paul 12/3 - 12/5", "ring Paul", "2026-12-03", {"end": "2026-12-05"}),
    ("ring Paul tomorrow 10.30-11.30", "ring Paul", "2026-11-19T10:30", {"end": "2026-11-19T11:30"}),
    ("ring Paul next mon 10-11", "ring Paul", "2026-11-23T10:00", {"end": "2026-11-23T11:00"}),
)


@pytest.mark.parametrize(("text", "title", "due", "said"), RANGES)
def test_a_range_gives_a_start_and_an_end(text: str, title: str, due: str | None, said: dict[str, object]) -> None:
    assert title_and_due(text) == (title, due)
    assert parts(text) == said


DURATIONS = (
    ("yoga tomorrow at 7pm for an hour", "yoga", "2026-11-19T19:00", {"minutes": 60}),
    ("call at 3pm for 15 minutes", "call", "2026-11-18T15:00", {"minutes": 15}),
    ("deep work tomorrow 9am for 2h 30m", "deep work", "2026-11-19T09:00", {"minutes": 150}),
    ("call at 4pm ~30m", "call", "2026-11-18T16:00", {"minutes": 30}),
    ("call at 4pm [45m]", "call", "2026-11-18T16:00", {"minutes": 45}),
    ("call at 4pm +30m", "call", "2026-11-18T16:00", {"minutes": 30}),
    ("call at 4pm for half an hour", "call", "2026-11-18T16:00", {"minutes": 30}),
    ("call at 4pm for 90 minutes", "call", "2026-11-18T16:00", {"minutes": 90}),
    ("call at 4pm lasting 2 hours", "call", "2026-11-18T16:00", {"minutes": 120}),
    ("call at 4pm for an hour and a half", "call", "2026-11-18T16:00", {"minutes": 90}),
    ("call at 4pm for 1.5 hours", "call", "2026-11-18T16:00", {"minutes": 90}),
    ("read book ~30m", "read book", None, {"minutes": 30}),
    ("read book [1h 30m]", "read book", None, {"minutes": 90}),
)


@pytest.mark.parametrize(("text", "title", "due", "said"), DURATIONS)
def test_a_duration_beside_a_time_is_kept_in_minutes(
    text: str, title: str, due: str | None, said: dict[str, object]
) -> None:
    assert title_and_due(text) == (title, due)
    assert parts(text) == said


DEADLINES = (
    ("write report {dec 10}", "write report", None, {"deadline": "2026-12-10"}),
    ("draft report monday, due friday", "draft report", "2026-11-23", {"deadline": "2026-11-20"}),
)


@pytest.mark.parametrize(("text", "title", "due", "said"), DEADLINES)
def test_a_deadline_is_a_second_hard_date(text: str, title: str, due: str | None, said: dict[str, object]) -> None:
    assert title_and_due(text) == (title, due)
    assert parts(text) == said
