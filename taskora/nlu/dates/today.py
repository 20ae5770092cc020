"""The day on which words are said, and the calendar arithmetic that reading them needs."""

import calendar
import datetime as dt
from dataclasses import dataclass

from taskora.domain.due import local_datetime
from taskora.domain.errors import InvalidField
from taskora.domain.preferences import DateOrder, Preferences, WeekStart
from taskora.nlu.calendar_words import MONTH_NAMES
from taskora.nlu.quantities import Quantity
from taskora.nlu.reading import Context

_FIRST_DAYS = {WeekStart.MONDAY: 0, WeekStart.SUNDAY: 6, WeekStart.SATURDAY: 5}
_YEAR_FIRST = frozenset(("zh", "ja", "ko", "hu", "lt", "sv", "mn"))
_MONTH_FIRST = frozenset(("en", "en-us", "en-ca", "en-ph", "es-us", "fil"))
LAST_YEAR = 9990


@dataclass(frozen=True, slots=True)
class Today:
    """The local present: aware wall time in one zone, the first day of the user's week (0 is Monday), the date order."""

    now: dt.datetime
    week_start: int = 0
    order: DateOrder = DateOrder.MONTH_FIRST

    @classmethod
    def of(cls, context: Context, zone: str | None = None) -> "Today":
        """Return the present of a context, in the user's zone or in one that the words name."""
        preferences = context.preferences
        return cls(
            local_datetime(context.now, zone or preferences.zone),
            _FIRST_DAYS[preferences.week_start],
            order_of(preferences),
        )

    @property
    def date(self) -> dt.date:
        """Return the local day."""
        return self.now.date()

    def week(self, offset: int = 0) -> dt.date:
        """Return the first day of the user's week, `offset` weeks from the present one."""
        back = (self.date.weekday() - self.week_start) % 7
        return shift(self.date, Quantity(days=7 * offset - back))


def order_of(preferences: Preferences) -> DateOrder:
    """Return how numeric dates are read: as preferred; where that is the default, as the locale writes them."""
    locale = preferences.locale.lower().replace("_", "-")
    if preferences.date_order is not DateOrder.MONTH_FIRST or locale in _MONTH_FIRST:
        return preferences.date_order
    return DateOrder.YEAR_FIRST if locale.partition("-")[0] in _YEAR_FIRST else DateOrder.DAY_FIRST


def shift(date: dt.date, by: Quantity) -> dt.date:
    """Move a day by months (a missing day becomes the month's last), days and workdays; seconds are left out."""
    try:
        if by.months:
            date = add_months(date, by.months)
        date += dt.timedelta(days=by.days)
        step = 1 if by.workdays > 0 else -1
        weeks, rest = divmod(abs(by.workdays), 5)
        date += dt.timedelta(days=7 * weeks * step)
        while rest or (by.workdays and date.weekday() > 4):
            date += dt.timedelta(days=step)
            rest -= 1 if date.weekday() < 5 and rest else 0
    except (OverflowError, ValueError) as error:
        raise InvalidField("That date is too far away.", field="due") from error
    return date


def add_months(date: dt.date, months: int) -> dt.date:
    """Return the same day of another month, or that month's last day."""
    year, month = divmod(date.year * 12 + date.month - 1 + months, 12)
    if not 1 <= year <= LAST_YEAR:
        raise InvalidField("That date is too far away.", field="due")
    return dt.date(year, month + 1, min(date.day, calendar.monthrange(year, month + 1)[1]))


def month_end(year: int, month: int) -> dt.date:
    """Return the last day of a month."""
    return dt.date(year, month, calendar.monthrange(year, month)[1])


def day_of(year: int, month: int, day: int) -> dt.date:
    """Return a day, or say in a sentence why there is none."""
    if not 1 <= year <= LAST_YEAR:
        raise InvalidField(f"The year {year} is out of range.", field="due", advice="Say a year such as 2027.")
    if not 1 <= month <= 12:
        raise InvalidField(f"There is no month {month}.", field="due", advice="Say the month by name.")
    if not 1 <= day <= calendar.monthrange(year, month)[1]:
        name = MONTH_NAMES[month - 1]
        when = f" in {year}" if month == 2 and day == 29 else ""
        raise InvalidField(f"There is no {day} {name}{when}.", field="due", advice="Say another day.")
    return dt.date(year, month, day)
