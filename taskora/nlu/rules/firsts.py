"""The first day of a rule: the nearest one that it names, so that "every other friday" starts at the coming Friday.

A plain walk over days, without a library: what is walked is at most what lies between two dates of the rule.
"""

import calendar
import datetime as dt
from collections.abc import Iterable

from taskora.domain.errors import InvalidField
from taskora.nlu.rules.phrase import Exceptions, Part

_HORIZON = 366 * 12
_DAY = dt.timedelta(days=1)


def first_day(part: Part, since: dt.date, left_out: Exceptions, dates: frozenset[dt.date] = frozenset()) -> dt.date:
    """Return the first day on or after `since` that fits an anchored part. Raises InvalidField when there is none."""
    day = since
    try:
        for _ in range(_HORIZON):
            if fits(part, day) and day not in dates and not excluded(left_out, day):
                return day
            day += _DAY
    except OverflowError:
        pass
    raise InvalidField("There is no day on which this repeats.", field="repeat", advice="Say another rule.")


def fits(part: Part, day: dt.date) -> bool:
    """Tell whether a day is one of the part's, its interval left aside. A day that a month lacks is its last one."""
    if part.months and day.month not in part.months:
        return False
    if part.positions:
        return _position_of(part, day) in part.positions or _position_from_end(part, day) in part.positions
    if part.weekdays and not any(_is_weekday(day, nth, weekday) for nth, weekday in part.weekdays):
        return False
    return not part.month_days or any(_is_month_day(day, number) for number in part.month_days)


def excluded(left_out: Exceptions, day: dt.date) -> bool:
    """Tell whether a day is left out by its weekday or month."""
    return (
        day.weekday() in left_out.weekdays
        or day.month in left_out.months
        or any(_is_weekday(day, nth, weekday) for nth, weekday in left_out.nth_weekdays)
    )


def _is_month_day(day: dt.date, number: int) -> bool:
    length = calendar.monthrange(day.year, day.month)[1]
    return day.day == (min(number, length) if number > 0 else length + 1 + number)


def _is_weekday(day: dt.date, nth: int, weekday: int) -> bool:
    if day.weekday() != weekday:
        return False
    if nth == 0:
        return True
    if nth > 0:
        return (day.day - 1) // 7 + 1 == nth
    length = calendar.monthrange(day.year, day.month)[1]
    return -((length - day.day) // 7 + 1) == nth


def _position_of(part: Part, day: dt.date) -> int:
    return _count(part, (day.replace(day=number) for number in range(1, day.day + 1)), day)


def _position_from_end(part: Part, day: dt.date) -> int:
    length = calendar.monthrange(day.year, day.month)[1]
    return -_count(part, (day.replace(day=number) for number in range(day.day, length + 1)), day)


def _count(part: Part, days: Iterable[dt.date], day: dt.date) -> int:
    wanted = {weekday for _, weekday in part.weekdays}
    return sum(one.weekday() in wanted for one in days) if day.weekday() in wanted else 0
