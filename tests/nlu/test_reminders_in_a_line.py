"""Reminders that are said together with the task."""

import pytest

from tests.nlu.saying import parts, title_and_due

LINES: tuple[tuple[str, str, str | None, dict[str, object]], ...] = (
    ("dentist tuesday 3pm, remind me an hour before", "dentist", "2026-11-24T15:00", {"reminders": [-60]}),
    ("flight on dec 5 at 7am remind me the day before", "flight", "2026-12-05T07:00", {"reminders": [-1440]}),
    ("call mom, remind me at 8pm", "call mom", "2026-11-18T20:00", {}),
    ("dentist fri 3pm !30 min before", "dentist", "2026-11-20T15:00", {"reminders": [-30]}),
    ("dentist fri 3pm !14:00", "dentist", "2026-11-20T15:00", {"reminders": ["2026-11-20T14:00"]}),
    (
        "dentist fri 3pm remind me 1 day before and 1 hour before",
        "dentist",
        "2026-11-20T15:00",
        {"reminders": [-1440, -60]},
    ),
    ("dentist fri 3pm with a reminder 15 minutes before", "dentist", "2026-11-20T15:00", {"reminders": [-15]}),
    ("dentist fri 3pm reminder 2h before", "dentist", "2026-11-20T15:00", {"reminders": [-120]}),
    ("dentist fri 3pm, remind me at noon", "dentist", "2026-11-20T15:00", {"reminders": ["2026-11-20T12:00"]}),
    ("dentist fri 3pm remind me the night before", "dentist", "2026-11-20T15:00", {"reminders": ["2026-11-19T20:00"]}),
    (
        "dentist fri 3pm and remind me thursday at 6pm",
        "dentist",
        "2026-11-20T15:00",
        {"reminders": ["2026-11-19T18:00"]},
    ),
    ("dentist fri 3pm notify me 10 mins before", "dentist", "2026-11-20T15:00", {"reminders": [-10]}),
    ("remind me 30 minutes before dentist fri 3pm", "dentist", "2026-11-20T15:00", {"reminders": [-30]}),
    ("pay bill dec 5 remind me 2 days before at 9am", "pay bill", "2026-12-05", {"reminders": ["2026-12-03T09:00"]}),
)


@pytest.mark.parametrize(("text", "title", "due", "said"), LINES)
def test_a_reminder_in_the_line_is_an_offset_or_a_wall_time(
    text: str, title: str, due: str | None, said: dict[str, object]
) -> None:
    assert title_and_due(text) == (title, due)
    assert parts(text) == said
