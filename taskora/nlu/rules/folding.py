"""Works exceptions into the rules where a rule can say them itself ("daily except weekends" is Monday to Friday)."""

import datetime as dt
from dataclasses import replace
from typing import TypeVar

from taskora.domain.errors import InvalidField
from taskora.domain.series import Rule
from taskora.nlu.rules.phrase import EVERY_DAY, Exceptions, Freq, Part
from taskora.nlu.rules.text import rrule

_ALL_MONTHS = tuple(range(1, 13))
Item = TypeVar("Item")


def folded(part: Part, left_out: Exceptions) -> Part:
    """Return a part without the weekdays and months that are left out. Raises InvalidField when nothing remains."""
    if left_out.months:
        months = tuple(month for month in part.months or _ALL_MONTHS if month not in left_out.months)
        part = replace(part, months=_not_empty(months))
    if left_out.weekdays and says_weekdays(part):
        given = part.weekdays or tuple((0, day) for day in EVERY_DAY)
        part = replace(part, weekdays=_not_empty(tuple(day for day in given if day[1] not in left_out.weekdays)))
        if part.freq is Freq.DAILY and part.interval == 1:
            part = replace(part, freq=Freq.WEEKLY)
    return part


def says_weekdays(part: Part) -> bool:
    """Tell whether leaving out a weekday is a matter of the part's own weekdays."""
    if part.freq in {Freq.DAILY, Freq.HOURLY, Freq.MINUTELY}:
        return not part.month_days
    return part.freq is Freq.WEEKLY and bool(part.weekdays)


def excluding_rules(parts: tuple[Part, ...], left_out: Exceptions, start: dt.date) -> tuple[Rule, ...]:
    """Return rules for what the parts cannot say themselves; they leave out whole days."""
    rules = []
    if left_out.weekdays and not all(says_weekdays(part) for part in parts):
        days = tuple((0, day) for day in left_out.weekdays)
        rules.append(Rule(rrule(Part(Freq.WEEKLY, weekdays=days)), start))
    if left_out.nth_weekdays:
        rules.append(Rule(rrule(Part(Freq.MONTHLY, weekdays=left_out.nth_weekdays)), start.replace(day=1)))
    return tuple(rules)


def _not_empty(left: tuple[Item, ...]) -> tuple[Item, ...]:
    if not left:
        raise InvalidField("The exceptions leave no day.", field="repeat", advice="Say on which days it repeats.")
    return left
