"""The dates of a series worked out a second time: plain python-dateutil from the start of the rule, and zoneinfo.

A due is `{date, time, zone}` as JSON shows it; times of one that is all day are None. A timed wall time in the gap of a spring
change moves forward with its instant; one that occurs twice means the first.
"""

import datetime as dt
import re
from collections.abc import Iterator
from itertools import takewhile
from typing import Any
from zoneinfo import ZoneInfo

from dateutil import rrule as dateutil

Json = dict[str, Any]
_DAY = dt.timedelta(days=1)
_INSTANT = dt.timedelta.resolution


def instant_of(due: Json, user_zone: str) -> dt.datetime:
    """Return the instant of a due; an all-day one begins at midnight where the user is."""
    time = dt.time.fromisoformat(due["time"]) if due["time"] else dt.time()
    local = dt.datetime.combine(dt.date.fromisoformat(due["date"]), time, ZoneInfo(due["zone"] or user_zone))
    return local.astimezone(dt.UTC)


def due_at(instant: dt.datetime, zone: str) -> Json:
    """Return the timed due at an instant."""
    local = instant.astimezone(ZoneInfo(zone))
    return {"date": local.date().isoformat(), "time": local.time().isoformat(), "zone": zone}


def settled(due: Json) -> Json:
    """Return a due at a wall time that exists."""
    return due if due["time"] is None else due_at(instant_of(due, due["zone"]), due["zone"])


def all_day(date: dt.date) -> Json:
    """Return a due without a time."""
    return {"date": date.isoformat(), "time": None, "zone": None}


def local_date(instant: dt.datetime, zone: str) -> dt.date:
    """Return the day of an instant in a zone."""
    return instant.astimezone(ZoneInfo(zone)).date()


def moved(due: Json, days: int) -> Json:
    """Return a due so many days later on the wall."""
    date = dt.date.fromisoformat(due["date"]) + days * _DAY
    return settled({**due, "date": date.isoformat()})


def next_date(series: Json, task: Json, completed_at: dt.datetime, user_zone: str) -> tuple[Json, int] | None:
    """Return the date after a completion and how many dates were passed over, or None when there is none."""
    zone = series["zone"] or user_zone
    held = [_end_of(task[name], user_zone) for name in ("occurrence", "due") if task[name] is not None]
    after = max(*held, _completion(series, completed_at, user_zone))
    if series["anchor"] == "completion":
        found = _counted_from(series, completed_at, user_zone, zone, after)
        return None if found is None else (found, 0)
    dates = _dates(series, zone)
    first = _end_of(task["occurrence"] or task["due"], user_zone)
    between = 0
    for date in dates:
        instant = instant_of(date, user_zone)
        if instant > after:
            return (date, between) if _within(series, date) else None
        between += instant > first
    return None


def date_after_skip(series: Json, task: Json, now: dt.datetime, user_zone: str) -> Json | None:
    """Return the date to which a skipped task moves, or None when its series has no further one."""
    zone = series["zone"] or user_zone
    after = max(_end_of(task[name], user_zone) for name in ("occurrence", "due") if task[name] is not None)
    if series["anchor"] == "completion":
        start = max(after, now)
        return _counted_from(series, start, user_zone, zone, max(after, _completion(series, now, user_zone)))
    passed = now - _INSTANT
    if series["zone"] is None:
        passed = instant_of(all_day(local_date(now, user_zone)), user_zone) - _INSTANT
    found = next((date for date in _dates(series, zone) if instant_of(date, user_zone) > max(after, passed)), None)
    return found if found is not None and _within(series, found) else None


def _completion(series: Json, at: dt.datetime, user_zone: str) -> dt.datetime:
    """Return what a date must be after: the instant, or of all-day dates the end of its day."""
    return at if series["zone"] is not None else _end_of(all_day(local_date(at, user_zone)), user_zone)


def _end_of(due: Json, user_zone: str) -> dt.datetime:
    """Return the instant of a due, of an all-day one the last of its day."""
    if due["time"] is not None:
        return instant_of(due, user_zone)
    return instant_of(all_day(dt.date.fromisoformat(due["date"]) + _DAY), user_zone) - _INSTANT


def _counted_from(series: Json, at: dt.datetime, user_zone: str, zone: str, after: dt.datetime) -> Json | None:
    """Return the first date of the rule begun anew on the day of an instant; that day is none."""
    day = local_date(at, zone if series["zone"] is not None else user_zone)
    anew = {**series, "rules": [{**series["rules"][0], "start": day.isoformat()}]}
    for date in _dates(anew, zone):
        if instant_of(date, user_zone) > after and dt.date.fromisoformat(date["date"]) > day:
            return date if _within(series, date) else None
    return None


def _within(series: Json, date: Json) -> bool:
    return series["until"] is None or date["date"] <= series["until"]


def _dates(series: Json, zone: str) -> Iterator[Json]:
    """Yield the dates of the rule from its start, without the excluded ones."""
    excluded = set(series["excluded_dates"])
    (rule,) = series["rules"]
    time = dt.time.fromisoformat(rule["time"]) if rule["time"] else None
    for wall in _walls(rule["rrule"], dt.date.fromisoformat(rule["start"]), time):
        if wall.date().isoformat() in excluded or wall.isoformat() in excluded:
            continue
        if time is None:
            yield all_day(wall.date())
        else:
            yield settled({"date": wall.date().isoformat(), "time": wall.time().isoformat(), "zone": zone})


def _walls(rule: str, start: dt.date, time: dt.time | None) -> Iterator[dt.datetime]:
    """Expand a rule with dateutil; a day that a month lacks is that month's last."""
    found = re.search(r"BYMONTHDAY=(\d+)", rule)
    day = int(found[1]) if found else start.day
    monthly = "FREQ=MONTHLY" in rule and "BYDAY" not in rule
    begun = dt.datetime.combine(start, time or dt.time())
    if monthly and day > 28:
        rule = re.sub(r";BYMONTHDAY=\d+", "", rule)
        days = ",".join(str(number) for number in range(28, day + 1))
        rule = f"{rule};BYMONTHDAY={days};BYSETPOS=-1"
    if "FREQ=YEARLY" in rule and (start.month, start.day) == (2, 29):
        rule = f"{rule};BYMONTH=2;BYMONTHDAY=28,29;BYSETPOS=-1"
    until = begun + 40 * 366 * _DAY
    return takewhile(lambda wall: wall < until, iter(dateutil.rrulestr(rule, dtstart=begun)))


def first_on(rule: str, day: dt.date) -> dt.date:
    """Return the first date of a rule on or after a day, for a task to begin on."""
    return next(iter(_walls(rule, day, None))).date()
