"""What the tests compare recurrence with: calendars worked out day by day and offset by offset, without python-dateutil."""

import calendar
import datetime as dt
from collections.abc import Iterator
from zoneinfo import ZoneInfo

from taskora.domain.rules import WEEKDAYS

ZONES = ("America/New_York", "Europe/Berlin", "Australia/Sydney", "Australia/Lord_Howe", "America/Santiago")
"""North, south, a change by half an hour, and one at midnight."""

DAY = dt.timedelta(days=1)


def days(rrule: str, start: dt.date, until: dt.date) -> Iterator[dt.date]:
    """Yield the days that a plain rule names: FREQ, INTERVAL, BYMONTH, BYMONTHDAY, BYDAY without numbers."""
    parts = dict(part.split("=") for part in rrule.split(";"))
    day = start
    while day <= until:
        if _in_phase(parts, start, day) and _fits(parts, start, day):
            yield day
        day += DAY


def _in_phase(parts: dict[str, str], start: dt.date, day: dt.date) -> bool:
    interval = int(parts.get("INTERVAL", "1"))
    monday = start - start.weekday() * DAY
    steps = {
        "DAILY": (day - start).days,
        "WEEKLY": (day - monday).days // 7,
        "MONTHLY": (day.year - start.year) * 12 + day.month - start.month,
        "YEARLY": day.year - start.year,
    }[parts["FREQ"]]
    return steps % interval == 0


def _fits(parts: dict[str, str], start: dt.date, day: dt.date) -> bool:
    freq = parts["FREQ"]
    days_given, weekdays_given = "BYMONTHDAY" in parts, "BYDAY" in parts
    months = {int(month) for month in parts["BYMONTH"].split(",")} if "BYMONTH" in parts else None
    if months is None and freq == "YEARLY" and not days_given and not weekdays_given:
        months = {start.month}
    if months is not None and day.month not in months:
        return False
    if weekdays_given and WEEKDAYS[day.weekday()] not in parts["BYDAY"].split(","):
        return False
    if freq == "WEEKLY" and not weekdays_given:
        return day.weekday() == start.weekday()
    if days_given or (freq in {"MONTHLY", "YEARLY"} and not weekdays_given):
        wanted = parts.get("BYMONTHDAY", str(start.day)).split(",")
        return day.day in {_day_of_month(int(number), day) for number in wanted}
    return True


def _day_of_month(number: int, day: dt.date) -> int:
    last = calendar.monthrange(day.year, day.month)[1]
    return min(number, last) if number > 0 else last + 1 + number


def instant(date: dt.date, time: dt.time, zone: str) -> dt.datetime:
    """Return the first UTC instant at which the zone's clocks show this; for a time that is skipped, what it moved to."""
    naive = dt.datetime.combine(date, time)
    around = (naive - 2 * DAY, naive + 2 * DAY)
    before, after = (_offset(moment.replace(tzinfo=dt.UTC), zone) for moment in around)
    shown = [
        utc
        for utc in ((naive - offset).replace(tzinfo=dt.UTC) for offset in (before, after))
        if utc.astimezone(ZoneInfo(zone)).replace(tzinfo=None) == naive
    ]
    return min(shown) if shown else (naive - before).replace(tzinfo=dt.UTC)


def _offset(moment: dt.datetime, zone: str) -> dt.timedelta:
    offset = moment.astimezone(ZoneInfo(zone)).utcoffset()
    assert offset is not None
    return offset
