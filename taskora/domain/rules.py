"""The text of one RFC 5545 §3.3.10 rule: read, checked, and made explicit. `recurrence` expands what comes out of here.

Taskora keeps less in the text than the standard allows: the end (UNTIL, COUNT) belongs to the series, the time of day to the
rule's own `time`, so BYHOUR and BYMINUTE are only limits of hourly rules. And it reads more into it: a day that a month
lacks (BYMONTHDAY=31, 30 or 29, or a start on such a day) means that month's last day, where the standard leaves the month
out. That is the one way to say it; BYSETPOS keeps its literal meaning.
"""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from taskora.domain.errors import InvalidField

FREQUENCIES = ("YEARLY", "MONTHLY", "WEEKLY", "DAILY", "HOURLY", "MINUTELY")
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
MAX_INTERVAL: Mapping[str, int] = {
    "YEARLY": 40,
    "MONTHLY": 480,
    "WEEKLY": 2_000,
    "DAILY": 14_600,
    "HOURLY": 10_000,
    "MINUTELY": 100_000,
}
_NUMBERS: Mapping[str, tuple[int, int]] = {
    "BYMONTH": (1, 12),
    "BYMONTHDAY": (-31, 31),
    "BYYEARDAY": (-366, 366),
    "BYWEEKNO": (-53, 53),
    "BYHOUR": (0, 23),
    "BYMINUTE": (0, 59),
    "BYSETPOS": (-366, 366),
}
_FREQUENCIES_OF: Mapping[str, tuple[str, ...]] = {
    "BYMONTHDAY": ("YEARLY", "MONTHLY", "DAILY", "HOURLY", "MINUTELY"),
    "BYYEARDAY": ("YEARLY", "HOURLY", "MINUTELY"),
    "BYWEEKNO": ("YEARLY",),
    "BYHOUR": ("HOURLY", "MINUTELY"),
    "BYMINUTE": ("HOURLY", "MINUTELY"),
    "BYSETPOS": ("YEARLY", "MONTHLY", "WEEKLY"),
}
_ELSEWHERE: Mapping[str, str] = {
    "UNTIL": "the last date is kept with the series, not in the rule",
    "COUNT": "the number of tasks is kept with the series, not in the rule",
    "BYSECOND": "a task is not due to the second",
    "DTSTART": "the start is kept beside the rule",
}
_WEEKDAY = re.compile(r"([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)")
_PART = re.compile(r"([A-Z]+)=([A-Z0-9,+-]+)")


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of a rule. A weekday is (ordinal or 0, 0 for Monday to 6); empty tuples are parts that were not given."""

    freq: str
    interval: int = 1
    week_start: int = 0
    months: tuple[int, ...] = ()
    month_days: tuple[int, ...] = ()
    year_days: tuple[int, ...] = ()
    weeks: tuple[int, ...] = ()
    weekdays: tuple[tuple[int, int], ...] = ()
    hours: tuple[int, ...] = ()
    minutes: tuple[int, ...] = ()
    positions: tuple[int, ...] = ()

    @property
    def within_a_day(self) -> bool:
        """Tell whether the rule counts hours or minutes, so that it has several times a day."""
        return self.freq in {"HOURLY", "MINUTELY"}

    @property
    def limited(self) -> bool:
        """Tell whether any part narrows or widens the plain step of the frequency."""
        return bool(
            self.months
            or self.month_days
            or self.year_days
            or self.weeks
            or self.weekdays
            or self.hours
            or self.minutes
        )


def validate(rrule: str) -> None:
    """Check the text of a rule. Raises InvalidField that says which part is wrong and what is accepted."""
    parse(rrule)


@lru_cache(maxsize=1024)
def parse(rrule: str) -> Parts:
    """Read the text of a rule, with or without the leading `RRULE:`. Raises InvalidField as `validate` says."""
    values = _split(rrule.strip().upper().removeprefix("RRULE:"))
    freq = values.pop("FREQ", None)
    if freq not in FREQUENCIES:
        raise _wrong(f"FREQ={freq or ''} is none of {', '.join(FREQUENCIES)}.")
    parts = Parts(
        freq=freq,
        interval=_interval(values.pop("INTERVAL", "1"), freq),
        week_start=_week_start(values.pop("WKST", "MO")),
        weekdays=_weekdays(values.pop("BYDAY", ""), freq),
        months=_numbers(values, "BYMONTH", freq),
        month_days=_numbers(values, "BYMONTHDAY", freq),
        year_days=_numbers(values, "BYYEARDAY", freq),
        weeks=_numbers(values, "BYWEEKNO", freq),
        hours=_numbers(values, "BYHOUR", freq),
        minutes=_numbers(values, "BYMINUTE", freq),
        positions=_numbers(values, "BYSETPOS", freq),
    )
    if values:
        name = next(iter(values))
        raise _wrong(f"{name}: {_ELSEWHERE.get(name, 'no such part of a rule')}.")
    _check_together(parts)
    return parts


def explicit(parts: Parts, start: dt.date) -> Parts:
    """Return the parts with what the start implies written out (RFC 5545 §3.3.10: "information … from DTSTART")."""
    if parts.weekdays or parts.month_days or parts.year_days or parts.weeks:
        return parts
    if parts.freq == "WEEKLY":
        return replace(parts, weekdays=((0, start.weekday()),))
    if parts.freq == "MONTHLY":
        return replace(parts, month_days=(start.day,))
    if parts.freq == "YEARLY":
        return replace(parts, months=parts.months or (start.month,), month_days=(start.day,))
    return parts


def with_parts(rrule: str, parts: Mapping[str, str]) -> str:
    """Return the text of a rule with the values of some of its parts replaced."""
    values = {**_split(rrule.strip().upper().removeprefix("RRULE:")), **parts}
    return ";".join(f"{name}={value}" for name, value in values.items())


def _wrong(detail: str) -> InvalidField:
    return InvalidField(f"The repeat rule is wrong: {detail}", field="repeat")


def _split(text: str) -> dict[str, str]:
    values: dict[str, str] = {}
    for piece in text.split(";"):
        match = _PART.fullmatch(piece)
        if match is None:
            raise _wrong(f"'{piece[:40]}' is not of the form NAME=VALUE.")
        if match[1] in values:
            raise _wrong(f"{match[1]} is given twice.")
        values[match[1]] = match[2]
    return values


def _interval(text: str, freq: str) -> int:
    limit = MAX_INTERVAL[freq]
    if not (text.isdecimal() and 1 <= int(text[:9]) <= limit):
        raise _wrong(f"INTERVAL={text[:20]} is not a number from 1 to {limit}.")
    return int(text)


def _week_start(text: str) -> int:
    if text not in WEEKDAYS:
        raise _wrong(f"WKST={text[:20]} is none of {', '.join(WEEKDAYS)}.")
    return WEEKDAYS.index(text)


def _weekdays(text: str, freq: str) -> tuple[tuple[int, int], ...]:
    found = set()
    for piece in text.split(",") if text else ():
        match = _WEEKDAY.fullmatch(piece)
        if match is None:
            raise _wrong(f"BYDAY={piece[:20]} is no weekday such as MO, 2TU or -1FR.")
        ordinal = int(match[1] or 0)
        if match[1] and not (1 <= abs(ordinal) <= (53 if freq == "YEARLY" else 5) and freq in {"YEARLY", "MONTHLY"}):
            raise _wrong(f"BYDAY={piece}: such a number needs FREQ=MONTHLY (1 to 5) or YEARLY (1 to 53).")
        found.add((ordinal, WEEKDAYS.index(match[2])))
    return tuple(sorted(found))


def _numbers(values: dict[str, str], name: str, freq: str) -> tuple[int, ...]:
    text = values.pop(name, "")
    if not text:
        return ()
    if name in _FREQUENCIES_OF and freq not in _FREQUENCIES_OF[name]:
        raise _wrong(f"{name} does not go with FREQ={freq}, only with {', '.join(_FREQUENCIES_OF[name])}.")
    low, high = _NUMBERS[name]
    found = set()
    for piece in text.split(","):
        number = int(piece) if re.fullmatch(r"[+-]?\d{1,3}", piece) else None
        if number is None or not low <= number <= high or (number == 0 and low < 0):
            raise _wrong(
                f"{name}={piece[:20]} is not a number from {low} to {high}{' (without 0)' if low < 0 else ''}."
            )
        found.add(number)
    return tuple(sorted(found))


def _check_together(parts: Parts) -> None:
    if parts.positions and not (parts.months or parts.month_days or parts.year_days or parts.weeks or parts.weekdays):
        raise _wrong("BYSETPOS needs another BY part to choose from.")
    if parts.weekdays and parts.months and parts.month_days and not _day_exists(parts):
        raise _wrong("none of the months in BYMONTH has a day of BYMONTHDAY.")
    if parts.weeks and any(ordinal for ordinal, _ in parts.weekdays):
        raise _wrong("BYDAY with a number does not go with BYWEEKNO.")


def _day_exists(parts: Parts) -> bool:
    longest = max(29 if month == 2 else 30 if month in {4, 6, 9, 11} else 31 for month in parts.months)
    return any(abs(day) <= longest for day in parts.month_days)
