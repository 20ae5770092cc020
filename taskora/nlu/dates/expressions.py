"""What words for a day mean before it is known which day is today. Each expression resolves to one date."""

import calendar
import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from taskora.domain.due import local_datetime
from taskora.domain.errors import InvalidField
from taskora.domain.preferences import DateOrder
from taskora.nlu.calendar_words import MONTH_NAMES, WEEKDAY_NAMES
from taskora.nlu.dates.named import DayOfYear
from taskora.nlu.dates.periods import Period, Span
from taskora.nlu.dates.today import Today, add_months, day_of, shift
from taskora.nlu.quantities import Quantity

ONE_DAY = Quantity(days=1)


class DateExpression(Protocol):
    """Words for one day."""

    def resolve(self, today: Today) -> dt.date:
        """Return the day, seen from `today`. Raises InvalidField where the calendar has no such day."""

    def notes(self, today: Today) -> tuple[str, ...]:
        """Return what had to be assumed, as short sentences."""


class _Plain:
    """An expression that assumes nothing."""

    __slots__ = ()

    def notes(self, today: Today) -> tuple[str, ...]:  # noqa: ARG002 (the protocol's signature)
        """Return nothing."""
        return ()


class Which(StrEnum):
    """The word before a weekday."""

    BARE = "bare"
    THIS = "this"
    NEXT = "next"
    LAST = "last"


def said(date: dt.date) -> str:
    """Return a day as assumptions show it, whatever the locale of the process: Fri 27 Nov 2026."""
    return f"{WEEKDAY_NAMES[date.weekday()][:3]} {date.day} {MONTH_NAMES[date.month - 1][:3]} {date.year}"


@dataclass(frozen=True, slots=True)
class Day(_Plain):
    """A number of days from today: today, tomorrow, the day after tomorrow, yesterday."""

    offset: int

    def resolve(self, today: Today) -> dt.date:
        """Return the day."""
        return shift(today.date, Quantity(days=self.offset))


@dataclass(frozen=True, slots=True)
class Weekday:
    """A weekday: the next one after today; this: in the present week; next: in the following week; plus whole weeks."""

    day: int
    which: Which = Which.BARE
    weeks: int = 0

    def resolve(self, today: Today) -> dt.date:
        """Return the day; `this` does not go back to a day that has passed."""
        ahead = (self.day - today.date.weekday()) % 7
        if self.which is Which.NEXT:
            return _within_week(today, 1 + self.weeks, self.day)
        if self.which is Which.LAST:
            return shift(today.date, Quantity(days=(ahead or 7) - 7 - (7 if ahead == 0 else 0)))
        if self.which is Which.BARE and ahead == 0:
            ahead = 7
        return shift(today.date, Quantity(days=ahead + 7 * self.weeks))

    def notes(self, today: Today) -> tuple[str, ...]:
        """Say that a weekday typed on its own day means the one in a week."""
        if self.which is not Which.BARE or self.weeks or today.date.weekday() != self.day:
            return ()
        return (f"took {WEEKDAY_NAMES[self.day]} as {said(self.resolve(today))}, not today",)


def _within_week(today: Today, week: int, weekday: int) -> dt.date:
    first = today.week(week)
    return shift(first, Quantity(days=(weekday - first.weekday()) % 7))


@dataclass(frozen=True, slots=True)
class DayOfMonth(_Plain):
    """A day of the month: the next such day, in a month that has it; with a weekday, where both agree."""

    day: int
    weekday: int | None = None

    def resolve(self, today: Today) -> dt.date:
        """Return the day, today included."""
        if not 1 <= self.day <= 31:
            raise InvalidField(f"No month has a day {self.day}.", field="due", advice="Say another day.")
        first = today.date.replace(day=1)
        for _ in range(12 * 28):
            long_enough = calendar.monthrange(first.year, first.month)[1] >= self.day
            found = first.replace(day=self.day) if long_enough else None
            if found and found >= today.date and self.weekday in (None, found.weekday()):
                return found
            first = add_months(first, 1)
        raise InvalidField("There is no such day.", field="due")


@dataclass(frozen=True, slots=True)
class MonthDay:
    """A day and a month, perhaps with its year and weekday. Without a year: not in the past, and in a year that has it."""

    month: int
    day: int
    year: int | None = None
    weekday: int | None = None
    rolls: bool = True

    def resolve(self, today: Today) -> dt.date:
        """Return the day. Raises InvalidField for 30 February."""
        if self.year is not None:
            return day_of(self.year, self.month, self.day)
        day_of(2028, self.month, self.day)
        for year in range(today.date.year, today.date.year + 9):
            leap_missing = (self.month, self.day) == (2, 29) and not calendar.isleap(year)
            if not leap_missing and ((found := day_of(year, self.month, self.day)) >= today.date or not self.rolls):
                return found
        raise InvalidField("There is no such day.", field="due")

    def notes(self, today: Today) -> tuple[str, ...]:
        """Say so when the weekday does not fit the date."""
        found = self.resolve(today)
        if self.weekday is None or found.weekday() == self.weekday:
            return ()
        name = MONTH_NAMES[found.month - 1]
        return (f"{found.day} {name} {found.year} is a {WEEKDAY_NAMES[found.weekday()]}",)


@dataclass(frozen=True, slots=True)
class Numeric:
    """Two numbers, perhaps with a year: day and month in the order of the preferences, swapped where that cannot be."""

    first: int
    second: int
    year: int | None = None
    text: str = ""
    weekday: int | None = None
    short_year: int | None = None
    """The third number where it has two digits: a year, unless the preferences put the year first."""

    def _as_month_day(self, order: DateOrder) -> MonthDay:
        if order is DateOrder.YEAR_FIRST and self.short_year is not None:
            return MonthDay(self.second, self.short_year, 2000 + self.first, self.weekday)
        month, day = (self.second, self.first) if order is DateOrder.DAY_FIRST else (self.first, self.second)
        if month > 12 >= day:
            month, day = day, month
        if month > 12:
            raise InvalidField(f"{self.text} is no date.", field="due", advice="Say it as 27 Jan or 2027-01-27.")
        return MonthDay(month, day, self.year, self.weekday)

    def resolve(self, today: Today) -> dt.date:
        """Return the day. Raises InvalidField when neither order gives one."""
        return self._as_month_day(today.order).resolve(today)

    def notes(self, today: Today) -> tuple[str, ...]:
        """Say how a date was read that the other order would read otherwise."""
        ambiguous = self.first <= 12 and self.second <= 12 and self.first != self.second
        wrong_weekday = self._as_month_day(today.order).notes(today)
        return (*((f"took {self.text} as {said(self.resolve(today))}",) if ambiguous else ()), *wrong_weekday)


@dataclass(frozen=True, slots=True)
class Named(_Plain):
    """A day with a name; the coming one unless a year is said."""

    find: DayOfYear
    year: int | None = None
    rolls: bool = True

    def resolve(self, today: Today) -> dt.date:
        """Return the day, today included."""
        if self.year is not None:
            day_of(self.year, 1, 1)
            return self.find(self.year)
        found = self.find(today.date.year)
        return found if found >= today.date or not self.rolls else self.find(today.date.year + 1)


@dataclass(frozen=True, slots=True)
class Shifted:
    """A length of time before or after a day: in 3 days, 3 days before christmas, a week from tomorrow."""

    base: DateExpression
    by: Quantity

    def resolve(self, today: Today) -> dt.date:
        """Return the day; the anchor comes first and the result is not moved into the future."""
        if self.by.by_clock:
            return local_datetime(self.moment(today), str(today.now.tzinfo)).date()
        return shift(self.base.resolve(today), self.by)

    def moment(self, today: Today) -> dt.datetime:
        """Return the instant of an offset from now, in UTC: hours elapse, also across a clock change."""
        day = shift(self.base.resolve(today), self.by)
        start = today.now.replace(year=day.year, month=day.month, day=day.day).astimezone(dt.UTC)
        try:
            return start + dt.timedelta(seconds=self.by.seconds)
        except OverflowError as error:
            raise InvalidField("That date is too far away.", field="due") from error

    def notes(self, today: Today) -> tuple[str, ...]:
        """Return what the anchor assumes."""
        return self.base.notes(today)


@dataclass(frozen=True, slots=True)
class WeekdayNear:
    """A weekday beside another day: the monday after christmas, the friday before the 5th."""

    day: int
    base: DateExpression
    after: bool
    nth: int = 1

    def resolve(self, today: Today) -> dt.date:
        """Return the day, never the anchor itself."""
        anchor = self.base.resolve(today)
        ahead = (self.day - anchor.weekday()) % 7 or 7
        back = (anchor.weekday() - self.day) % 7 or 7
        weeks = 7 * (self.nth - 1)
        return shift(anchor, Quantity(days=ahead + weeks if self.after else -back - weeks))

    def notes(self, today: Today) -> tuple[str, ...]:
        """Return what the anchor assumes."""
        return self.base.notes(today)


@dataclass(frozen=True, slots=True)
class InPeriod:
    """A day within a period: its first, last, middle, nth day, or a weekday of a week."""

    period: Period
    place: "Place"
    note: str = ""

    def resolve(self, today: Today) -> dt.date:
        """Return the day. A period without a year is this year's, or the next one's when the day has passed."""
        span = self.period.span(today)
        found = self.place.find(span)
        if found < today.date and self.period.rolls:
            found = self.place.find(self.period.span(today, later=1))
        return found

    def notes(self, today: Today) -> tuple[str, ...]:
        """Say which day a vague word was taken for."""
        return (f"took {self.note} as {said(self.resolve(today))}",) if self.note else ()


class Place(Protocol):
    """Which day of a period."""

    def find(self, span: Span) -> dt.date:
        """Return the day within the span. Raises InvalidField where there is none."""
