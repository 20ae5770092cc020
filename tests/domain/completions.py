"""Short ways to write a repeat and to complete its task."""

import datetime as dt

from taskora.domain.due import Due
from taskora.domain.recurrence import Occurrence, next_occurrence
from taskora.domain.series import Anchor, End, Repeat, Rule

NEW_YORK = "America/New_York"


def repeat(rrule: str, start: str, *, anchor: Anchor = Anchor.SCHEDULE, end: End | None = None) -> Repeat:
    """Return a repeat of one rule; `start` is "2026-01-31" or "2026-01-31 09:00"."""
    date, _, time = start.partition(" ")
    rule = Rule(rrule, dt.date.fromisoformat(date), dt.time.fromisoformat(time) if time else None)
    return Repeat((rule,), anchor=anchor, end=end or End())


def due(text: str, zone: str = NEW_YORK) -> Due:
    """Return the due of "2026-01-31" or "2026-01-31 09:00"."""
    date, _, time = text.partition(" ")
    if not time:
        return Due(dt.date.fromisoformat(date))
    return Due(dt.date.fromisoformat(date), dt.time.fromisoformat(time), zone)


def text(value: Due | None) -> str | None:
    """Return a due as these tests write it."""
    if value is None:
        return None
    return f"{value.date} {value.time:%H:%M}" if value.time else f"{value.date}"


def following(
    repeating: Repeat,
    occurrence: Due,
    completed_at: dt.datetime,
    *,
    zone: str = NEW_YORK,
    moved_to: Due | None = None,
    made: int = 1,
) -> Occurrence | None:
    """Complete the occurrence and return what follows; the user is in the series' zone."""
    return next_occurrence(
        repeating,
        zone,
        occurrence=occurrence,
        due=moved_to or occurrence,
        completed_at=completed_at,
        user_zone=zone,
        made=made,
    )


def next_text(
    repeating: Repeat, occurrence: str, completed: str, *, zone: str = NEW_YORK, moved_to: str = ""
) -> str | None:
    """Complete the occurrence at a wall time of the zone and return the next due as text."""
    moment = due(completed, zone).instant(zone)
    moved = due(moved_to, zone) if moved_to else None
    found = following(repeating, due(occurrence, zone), moment, zone=zone, moved_to=moved)
    return text(found.due) if found else None
