"""Expands the rules of a case into the dates they mean, so that two spellings of one rule are equal.

It works on naive wall times and knows nothing of the product's own recurrence: the suite would otherwise agree with every
mistake made there. A day that a month lacks becomes the month's last day, as Taskora promises.
"""

import datetime as dt
import heapq
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from dateutil.rrule import rrulestr

COMPARED = 10
_HORIZON = 5000


@dataclass(frozen=True, slots=True)
class Series:
    """RFC 5545 rules that together make a series from `start` on, without the dates left out."""

    rules: tuple[str, ...]
    start: dt.datetime
    left_out: frozenset[dt.date] = frozenset()


def first_dates(series: Series, amount: int = COMPARED) -> list[dt.datetime]:
    """Return the first wall times of the series at or after its start. Raises ValueError for a rule that is none."""
    merged = _distinct(heapq.merge(*(_rule_dates(rule, series.start) for rule in series.rules)))
    return list(islice((date for date in merged if date.date() not in series.left_out), amount))


def check_rule(rule: str) -> None:
    """Raise ValueError when the text is no RFC 5545 rule."""
    if not rule.upper().removeprefix("RRULE:").startswith("FREQ="):
        raise ValueError(f"{rule!r} is no RFC 5545 rule: it begins with FREQ=")
    try:
        first_dates(Series((rule,), dt.datetime(2026, 1, 1)), 1)  # noqa: DTZ001  wall times are naive here
    except (ValueError, TypeError, KeyError) as error:
        raise ValueError(f"{rule!r} is no RFC 5545 rule: {error}") from error


def _rule_dates(rule: str, start: dt.datetime) -> Iterator[dt.datetime]:
    parts: dict[str, str] = dict(
        part.split("=", 1) for part in rule.upper().removeprefix("RRULE:").rstrip(";").split(";")
    )
    until, count = _last_moment(parts.pop("UNTIL", None)), parts.pop("COUNT", None)
    dates = _distinct(heapq.merge(*(_expand(clamped, start) for clamped in _clamped(parts, start))))
    if until is not None:
        dates = _up_to(dates, until)
    return islice(dates, int(count) if count is not None else _HORIZON)


def _expand(parts: dict[str, str], start: dt.datetime) -> Iterator[dt.datetime]:
    text = ";".join(f"{key}={value}" for key, value in parts.items())
    yield from islice(rrulestr(text, dtstart=start), _HORIZON)


def _clamped(parts: dict[str, str], start: dt.datetime) -> list[dict[str, str]]:
    """Return rules in which a day past the 28th is the last of the month's days up to it, one for each day and month."""
    if parts.get("FREQ") not in ("MONTHLY", "YEARLY") or parts.keys() & {"BYDAY", "BYSETPOS", "BYYEARDAY", "BYWEEKNO"}:
        return [parts]
    days = [int(day) for day in parts.get("BYMONTHDAY", str(start.day)).split(",")]
    if max(days) <= 28:
        return [parts]
    if parts["FREQ"] == "MONTHLY":
        return [_one_day(parts, day) for day in days]
    months = parts.get("BYMONTH", str(start.month)).split(",")
    return [_one_day({**parts, "BYMONTH": month}, day) for month in months for day in days]


def _one_day(parts: dict[str, str], day: int) -> dict[str, str]:
    if day <= 28:
        return {**parts, "BYMONTHDAY": str(day)}
    return {**parts, "BYMONTHDAY": ",".join(str(n) for n in range(28, day + 1)), "BYSETPOS": "-1"}


def _last_moment(until: str | None) -> dt.datetime | None:
    """Read UNTIL (RFC 5545 §3.3.10); a bare date means the whole day."""
    if until is None:
        return None
    if "T" not in until:
        return dt.datetime.combine(dt.datetime.strptime(until, "%Y%m%d").date(), dt.time.max)  # noqa: DTZ007  wall time
    return dt.datetime.strptime(until.rstrip("Z"), "%Y%m%dT%H%M%S")  # noqa: DTZ007  wall times are naive here


def _up_to(dates: Iterable[dt.datetime], last: dt.datetime) -> Iterator[dt.datetime]:
    for date in dates:
        if date > last:
            return
        yield date


def _distinct(dates: Iterable[dt.datetime]) -> Iterator[dt.datetime]:
    previous = None
    for date in dates:
        if date != previous:
            yield date
        previous = date


def midnight(date: dt.date) -> dt.datetime:
    """Return the naive start of a day."""
    return dt.datetime.combine(date, dt.time(0))
