"""Zones named in the words: the day is that zone's, the result is the user's."""

import pytest

from tests.nlu.saying import shown, task

LINES = (
    ("call tokyo friday 9am JST", "2026-11-19T19:00"),
    ("call tokyo at 9am tokyo time on friday", "2026-11-19T19:00"),
    ("webinar dec 3 18:00 CET", "2026-12-03T12:00"),
    ("webinar at 3pm utc", "2026-11-19T10:00"),
    ("webinar tomorrow 10am PT", "2026-11-19T13:00"),
    ("webinar tomorrow at 5pm London time", "2026-11-19T12:00"),
    ("webinar tomorrow 14:00 UTC+1", "2026-11-19T08:00"),
    ("webinar tomorrow 14:00 GMT-8", "2026-11-19T17:00"),
    ("webinar tomorrow 3pm Europe/Berlin", "2026-11-19T09:00"),
    ("call me on friday november 20th 2026 at 4pm EST", "2026-11-20T16:00"),
)


@pytest.mark.parametrize(("text", "due"), LINES)
def test_a_time_in_a_named_zone_becomes_the_users_wall_time(text: str, due: str) -> None:
    assert shown(task(text).due) == due
