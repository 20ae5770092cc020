"""Dates and rules in the words people read: "Wed 25 Nov 2026, 09:00", "every Mon and Thu at 10:00". English only."""

import datetime as dt
from collections.abc import Iterable

from taskora.domain.due import Due
from taskora.domain.rule_words import MONTHS, WEEKDAYS, days_left_out, frequency, listed
from taskora.domain.series import Anchor, Repeat, Rule

_DATES_SAID = 5
_NEAR = {-1: "yesterday", 0: "today", 1: "tomorrow"}


def due_text(due: Due, today: dt.date | None = None, user_zone: str | None = None) -> str:
    """Return a due with its weekday and year: "Wed 25 Nov 2026, 09:00".

    `today` (the user's) puts "today", "tomorrow" or "yesterday" in front; `user_zone` names the due's zone where it differs.
    """
    near = _NEAR.get((due.date - today).days) if today is not None else None
    pieces = [piece for piece in (near, date_text(due.date), time_text(due.time)) if piece]
    elsewhere = user_zone is not None and due.zone is not None and due.zone != user_zone
    return ", ".join(pieces) + (f" ({due.zone})" if elsewhere else "")


def date_text(date: dt.date) -> str:
    """Return "Wed 25 Nov 2026", whatever the locale of the process."""
    return f"{WEEKDAYS[date.weekday()]} {date.day} {MONTHS[date.month - 1]} {date.year}"


def time_text(time: dt.time | None) -> str:
    """Return "09:00", or nothing for no time."""
    return time.strftime("%H:%M") if time is not None else ""


def rule_text(repeat: Repeat) -> str:
    """Return a repeat in words: "every Mon and Thu at 10:00, except in Jul, until Fri 20 Nov 2026"."""
    from_completion = repeat.anchor is Anchor.COMPLETION
    pieces = [listed(_with_times(repeat.rules, from_completion=from_completion))]
    pieces += ["counted from completion"] if from_completion else []
    left_out = [days_left_out(rule) for rule in repeat.excluded_rules]
    left_out += _dates_left_out(repeat.excluded_dates)
    pieces += [f"except {listed(left_out)}"] if left_out else []
    if repeat.end.until is not None:
        pieces.append(f"until {date_text(repeat.end.until)}")
    if repeat.end.count is not None:
        pieces.append("once" if repeat.end.count == 1 else f"{repeat.end.count} times")
    return ", ".join(pieces)


def _dates_left_out(dates: Iterable[dt.date | dt.datetime]) -> list[str]:
    """Say the first excluded dates in their order, and how many more there are."""
    ordered = sorted(dates, key=dt.date.isoformat)
    words = [
        date_text(date) + (f" at {time_text(date.time())}" if isinstance(date, dt.datetime) else "")
        for date in ordered[:_DATES_SAID]
    ]
    more = len(ordered) - _DATES_SAID
    return words if more <= 0 else [*words, f"{more} more date{'s' if more > 1 else ''}"]


def _with_times(rules: Iterable[Rule], *, from_completion: bool) -> list[str]:
    """Say rules that differ only in their time as one: "every day at 09:00 and 17:00"."""
    times: dict[str, list[str]] = {}
    for rule in rules:
        words, time = frequency(rule, from_completion=from_completion)
        times.setdefault(words, []).extend([time_text(time)] if time is not None else [])
    return [f"{words} at {listed(at)}" if at else words for words, at in times.items()]
