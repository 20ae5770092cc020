"""One rule in English words, without its end and exceptions. `wording` joins rules, times and ends to a sentence."""

import datetime as dt
from collections.abc import Sequence

from taskora.domain.rules import Parts, explicit, parse
from taskora.domain.series import Rule

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_WORKDAYS = (0, 1, 2, 3, 4)
_UNITS = {
    "YEARLY": "year",
    "MONTHLY": "month",
    "WEEKLY": "week",
    "DAILY": "day",
    "HOURLY": "hour",
    "MINUTELY": "minute",
}


def listed(words: Sequence[str]) -> str:
    """Return "a", "a and b", "a, b and c"."""
    return " and ".join(filter(None, (", ".join(words[:-1]), words[-1])))


def ordinal(number: int) -> str:
    """Return "1st", "22nd", "11th"; counted from the end: "last", "2nd to last"."""
    if number < 0:
        return "last" if number == -1 else f"{ordinal(-number)} to last"
    ending = "th" if number % 100 in {11, 12, 13} else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def frequency(rule: Rule, *, from_completion: bool) -> tuple[str, dt.time | None]:
    """Return the rule in words ("every other week on Mon and Thu") and the time that is to be said with it.

    Counted from completion, days that only the start implies are not said: they change with each completion.
    """
    parts = parse(rule.rrule)
    if parts.within_a_day:
        start = (
            f" from {rule.time:%H:%M}"
            if rule.time and parts.interval > 1 and not (from_completion or parts.hours)
            else ""
        )
        return _every(parts) + start + _hours(parts) + _on_days(parts) + _in_months(parts.months), None
    if not from_completion:
        parts = explicit(parts, rule.start)
    say = {"DAILY": _daily, "WEEKLY": _weekly, "MONTHLY": _monthly, "YEARLY": _yearly}[parts.freq]
    return say(parts), rule.time


def days_left_out(rule: Rule) -> str:
    """Return what an excluded rule leaves out: "Sat and Sun", "in Jul"."""
    parts = parse(rule.rrule)
    if parts.months and not (parts.weekdays or parts.month_days or parts.positions) and parts.interval == 1:
        return _in_months(parts.months).strip()
    words, time = frequency(rule, from_completion=False)
    return words.removeprefix("every ") + (f" at {time:%H:%M}" if time else "")


def _every(parts: Parts) -> str:
    unit = _UNITS[parts.freq]
    if parts.interval == 1:
        return f"every {unit}"
    return (
        f"every other {unit}" if parts.interval == 2 and not parts.within_a_day else f"every {parts.interval} {unit}s"
    )


def _daily(parts: Parts) -> str:
    if parts.weekdays and parts.interval == 1:
        return _weekly(parts)
    return _every(parts) + _on_days(parts) + _in_months(parts.months)


def _weekly(parts: Parts) -> str:
    days = tuple(day for _, day in parts.weekdays)
    chosen = _of_position(parts.positions)
    if not days:
        return _every(parts) + _in_months(parts.months)
    if parts.interval > 1 or chosen:
        return f"{_every(parts)} on {chosen}{_weekday_list(days, ' or ' if chosen else None)}{_in_months(parts.months)}"
    missing = [day for day in range(7) if day not in days]
    if len(missing) < 2:
        every = "day" + "".join(f" except {WEEKDAYS[day]}" for day in missing)
    else:
        every = "weekday" if days == _WORKDAYS else _weekday_list(days)
    return f"every {every}{_in_months(parts.months)}"


def _monthly(parts: Parts) -> str:
    if parts.weekdays and parts.interval == 1 and not (parts.month_days or parts.positions or _numbered(parts)):
        return _weekly(parts)
    return _every(parts) + _on_days(parts) + _in_months(parts.months)


def _yearly(parts: Parts) -> str:
    if parts.weeks:
        days = f" on {_weekday_list([day for _, day in parts.weekdays])}" if parts.weekdays else ""
        return f"{_every(parts)} in week {listed([str(week) for week in parts.weeks])}{days}"
    if parts.year_days:
        return f"{_every(parts)} on the {listed([ordinal(day) for day in parts.year_days])} day of the year"
    if parts.months and parts.month_days and not parts.weekdays and not parts.positions:
        dates = [_date(day, month) for month in parts.months for day in parts.month_days]
        return f"{_every(parts)} on {listed(dates)}"
    if parts.weekdays and parts.interval == 1 and not (parts.month_days or parts.positions or _numbered(parts)):
        return _weekly(parts)
    of_months = f" of {listed([MONTHS[month - 1] for month in parts.months])}" if parts.months else ""
    return _every(parts) + _on_days(parts) + of_months


def _date(day: int, month: int) -> str:
    if day < 0:
        return f"the {ordinal(day)} day of {MONTHS[month - 1]}"
    clamped = " (or the 28th)" if month == 2 and day > 28 else ""
    return f"{day} {MONTHS[month - 1]}{clamped}"


def _numbered(parts: Parts) -> bool:
    return any(number for number, _ in parts.weekdays)


def _on_days(parts: Parts) -> str:
    """Say the days of a month, of a year or of an hourly rule: " on the 1st and 15th", " on the last workday"."""
    if parts.weekdays and parts.month_days:
        days = _weekday_list([day for _, day in parts.weekdays], " or ")
        return f" on {_of_position(parts.positions)}{days} the {listed([ordinal(day) for day in parts.month_days])}"
    if parts.weekdays:
        if _numbered(parts):
            return f" on the {listed([_numbered_day(number, day) for number, day in parts.weekdays])}"
        days = _weekday_list([day for _, day in parts.weekdays], " or " if parts.positions else None)
        return f" on {_of_position(parts.positions)}{days}"
    if not parts.month_days:
        return ""
    return f" on {_of_position(parts.positions)}{_month_days(parts)}"


def _numbered_day(number: int, day: int) -> str:
    return f"{ordinal(number)} {WEEKDAYS[day]}" if number else WEEKDAYS[day]


def _month_days(parts: Parts) -> str:
    days = sorted(parts.month_days, key=lambda day: (day < 0, day))
    words = [f"{ordinal(day)} day" if day < 0 else ordinal(day) for day in days]
    clamped = " (or last day)" if max(days) > 28 and not parts.positions and parts.freq != "DAILY" else ""
    return f"the {listed(words)}{clamped}"


def _of_position(positions: tuple[int, ...]) -> str:
    return f"the {listed([ordinal(position) for position in positions])} " if positions else ""


def _weekday_list(days: Sequence[int], joint: str | None = None) -> str:
    if joint and tuple(days) == _WORKDAYS:
        return "workday"
    names = [WEEKDAYS[day] for day in days]
    return joint.join(names) if joint else listed(names)


def _in_months(months: tuple[int, ...]) -> str:
    if len(months) > 6:
        missing = [MONTHS[month - 1] for month in range(1, 13) if month not in months]
        return f" except in {listed(missing)}" if missing else ""
    return f" in {listed([MONTHS[month - 1] for month in months])}" if months else ""


def _hours(parts: Parts) -> str:
    if not parts.hours and not parts.minutes:
        return ""
    pieces = []
    if parts.hours and parts.hours == tuple(range(parts.hours[0], parts.hours[-1] + 1)) and len(parts.hours) > 2:
        pieces.append(f" from {parts.hours[0]:02}:00 to {parts.hours[-1]:02}:00")
    elif parts.hours:
        pieces.append(f" at {listed([f'{hour:02}:00' for hour in parts.hours])}")
    if parts.minutes:
        pieces.append(f" at minute {listed([str(minute) for minute in parts.minutes])}")
    return "".join(pieces)
