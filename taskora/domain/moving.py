"""A series whose rules move with one of its dates: "from now on on Tuesdays", "from now on at ten".

The date that a rule names becomes another one, and so do all that follow; what the rule says beside it stays. A rule that
cannot say that is refused: the person then says how the task repeats. Pure; `edits` moves the single task.
"""

import calendar
import datetime as dt
from dataclasses import replace
from itertools import takewhile

from taskora.domain.due import Due, due_of
from taskora.domain.errors import InvalidField
from taskora.domain.expansion import walls
from taskora.domain.recurrence import first_occurrence
from taskora.domain.rules import WEEKDAYS, Parts, explicit, parse, with_parts
from taskora.domain.series import Rule, Series


def move_series(series: Series, old: Due, new: Due, *, user_zone: str) -> Series:
    """Return the series whose rules name `new` where they named `old`; its end and what it made stay.

    Raises InvalidField when a rule can't be moved that way.
    """
    new, zone = _in_zone(series, new)
    present = series.repeat
    moving = [rule for rule in present.rules if _names(rule, old)] or list(present.rules[:1])
    rules = tuple(_moved(rule, old, new) if rule in moving else rule for rule in present.rules)
    excluded = tuple(date for date in present.excluded_dates if date not in {new.date, _wall(new)})
    repeat = replace(present, rules=rules, excluded_dates=excluded)
    if first_occurrence(repeat, zone or user_zone, new.instant(user_zone)) != new:
        raise _refusal("The rule has no date there")
    return replace(series, repeat=repeat, zone=zone, version=series.version + 1)


def _in_zone(series: Series, new: Due) -> tuple[Due, str | None]:
    """Return the due in the zone of the series, and that zone: a single rule takes the zone of the due."""
    if new.zone is None:
        return new, series.zone if len(series.repeat.rules) > 1 else None
    if series.zone is None or len(series.repeat.rules) == 1:
        return new, new.zone
    return due_of(new.instant(new.zone), series.zone), series.zone


def _names(rule: Rule, due: Due) -> bool:
    """Tell whether a date is one of the rule's."""
    if due.all_day != (rule.time is None and not parse(rule.rrule).within_a_day):
        return False
    that_day = takewhile(lambda wall: wall.date() == due.date, walls(rule, due.date))
    return any(due.time in {None, wall.time()} for wall in that_day)


def _moved(rule: Rule, old: Due, new: Due) -> Rule:
    if old.date == new.date:
        return replace(rule, time=new.time)
    parts = explicit(parse(rule.rrule), rule.start)
    changed = {} if parts.within_a_day else _other_days(parts, old.date, new.date)
    given = {name: value for name, value in changed.items() if f"{name}=" in rule.rrule.upper()}
    return Rule(with_parts(rule.rrule, given), new.date, new.time)


def _other_days(parts: Parts, old: dt.date, new: dt.date) -> dict[str, str]:
    """Return the parts of the rule that name the day, with another day in place of the old one."""
    if parts.positions or parts.year_days or parts.weeks or (parts.weekdays and parts.month_days):
        raise _refusal("This rule can't be moved to another day")
    changed = {}
    if parts.weekdays:
        changed["BYDAY"] = ",".join(dict.fromkeys(_other_weekday(*day, old, new, parts) for day in parts.weekdays))
    if parts.month_days:
        changed["BYMONTHDAY"] = ",".join(
            dict.fromkeys(str(_other_month_day(day, old, new)) for day in parts.month_days)
        )
    if parts.months and old.month != new.month:
        changed["BYMONTH"] = ",".join(
            dict.fromkeys(str(new.month if month == old.month else month) for month in parts.months)
        )
    return changed


def _other_weekday(number: int, day: int, old: dt.date, new: dt.date, parts: Parts) -> str:
    if day != old.weekday() or number not in {0, *_numbers(old)}:
        return f"{number or ''}{WEEKDAYS[day]}"
    if number and parts.freq == "YEARLY" and not parts.months:
        raise _refusal("This rule can't be moved to another day")
    if number:
        number = _numbers(new)[0] if number > 0 else _numbers(new)[1]
    return f"{number or ''}{WEEKDAYS[new.weekday()]}"


def _numbers(date: dt.date) -> tuple[int, int]:
    """Return which of its weekday a date is in its month, counted from the start and from the end."""
    return (date.day - 1) // 7 + 1, -((_last_day(date) - date.day) // 7 + 1)


def _other_month_day(day: int, old: dt.date, new: dt.date) -> int:
    last = _last_day(old)
    if day < 0:
        return new.day - _last_day(new) - 1 if day == old.day - last - 1 else day
    return new.day if min(day, last) == old.day else day


def _last_day(date: dt.date) -> int:
    return calendar.monthrange(date.year, date.month)[1]


def _wall(due: Due) -> dt.datetime:
    return dt.datetime.combine(due.date, due.time or dt.time(0))


def _refusal(why: str) -> InvalidField:
    return InvalidField(f"{why}.", field="scope", advice="Say how the task repeats from now on, or move only this one.")
