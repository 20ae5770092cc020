"""Stretches of the calendar: weeks, months, quarters and years, counted from the present one or named."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from taskora.domain.errors import InvalidField
from taskora.nlu.dates.today import LAST_YEAR, Today, add_months, day_of, month_end, shift
from taskora.nlu.quantities import Quantity


class Stretch(StrEnum):
    """The kind of a period."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


_MONTHS = {Stretch.MONTH: 1, Stretch.QUARTER: 3, Stretch.YEAR: 12}


@dataclass(frozen=True, slots=True)
class Span:
    """The first and the last day of a period."""

    first: dt.date
    last: dt.date
    stretch: Stretch


@dataclass(frozen=True, slots=True)
class Period:
    """A period: `offset` stretches from the present one; or the `index`th month or quarter of a year; or a year itself.

    A named one without a year (`december`, `q2`; `offset` is years then), or one that is `coming`, moves on when the day
    meant has passed.
    """

    stretch: Stretch
    offset: int = 0
    index: int | None = None
    year: int | None = None
    coming: bool = False

    @property
    def rolls(self) -> bool:
        """Tell whether a day that has passed means the next such period."""
        return self.coming or (self.index is not None and self.year is None and not self.offset)

    def span(self, today: Today, later: int = 0) -> Span:
        """Return its days, seen from `today`; `later` such periods on."""
        if self.stretch is Stretch.WEEK:
            first = today.week(self.offset + later)
            return Span(first, shift(first, Quantity(days=6)), self.stretch)
        if self.stretch is Stretch.DAY:
            day = shift(today.date, Quantity(days=self.offset + later))
            return Span(day, day, self.stretch)
        months = _MONTHS[self.stretch]
        first = self._first_month(today, months, later)
        last = add_months(first, months - 1)
        return Span(first, month_end(last.year, last.month), self.stretch)

    def _first_month(self, today: Today, months: int, later: int) -> dt.date:
        ahead = self.offset + later if self.index is not None else 0
        year = self.year if self.year is not None else today.date.year + ahead
        if not 1 <= year < LAST_YEAR:
            raise InvalidField(f"The year {year} is out of range.", field="due", advice="Say a year such as 2027.")
        if self.index is not None:
            return dt.date(year, (self.index - 1) * months + 1, 1)
        if self.year is not None:
            return dt.date(year, 1, 1)
        month = (today.date.month - 1) // months * months + 1
        return add_months(dt.date(year, month, 1), (self.offset + later) * months)


@dataclass(frozen=True, slots=True)
class NthDay:
    """The nth day of a period, counted from its end for a negative nth."""

    nth: int

    def find(self, span: Span) -> dt.date:
        """Return the day. Raises InvalidField when the period is too short."""
        if self.nth < 0:
            return shift(span.last, Quantity(days=self.nth + 1))
        if span.stretch is Stretch.MONTH:
            return day_of(span.first.year, span.first.month, self.nth)
        found = shift(span.first, Quantity(days=self.nth - 1))
        if found > span.last:
            raise InvalidField(f"The {span.stretch} has no day {self.nth}.", field="due", advice="Say another day.")
        return found


@dataclass(frozen=True, slots=True)
class NthWeekday:
    """The nth of some weekdays within a period: first monday, last workday. `days` are 0 (Monday) to 6."""

    nth: int
    days: frozenset[int]

    def find(self, span: Span) -> dt.date:
        """Return the day. Raises InvalidField when there are fewer."""
        step = dt.timedelta(days=1 if self.nth > 0 else -1)
        day = span.first if self.nth > 0 else span.last
        left = abs(self.nth)
        while span.first <= day <= span.last:
            left -= day.weekday() in self.days
            if left == 0:
                return day
            day += step
        raise InvalidField(
            f"The {span.stretch} has no {abs(self.nth)}th such day.", field="due", advice="Say another day."
        )


@dataclass(frozen=True, slots=True)
class Middle:
    """The middle: the 15th of a month, Wednesday of a week, the first of a year's July, the middle of a quarter."""

    def find(self, span: Span) -> dt.date:
        """Return the day."""
        if span.stretch is Stretch.MONTH:
            return span.first.replace(day=15)
        if span.stretch is Stretch.YEAR:
            return span.first.replace(month=7)
        if span.stretch is Stretch.QUARTER:
            return add_months(span.first, 1).replace(day=15)
        return shift(span.first, Quantity(days=(2 - span.first.weekday()) % 7))


@dataclass(frozen=True, slots=True)
class OnWeekday:
    """A weekday of a week."""

    day: int

    def find(self, span: Span) -> dt.date:
        """Return the day."""
        return shift(span.first, Quantity(days=(self.day - span.first.weekday()) % 7))


@dataclass(frozen=True, slots=True)
class WeekEnd:
    """The end of a week, which is its Sunday whatever day it begins on."""

    def find(self, span: Span) -> dt.date:
        """Return the Sunday on or after the week's first day, past it for a week that begins on Sunday."""
        ahead = (6 - span.first.weekday()) % 7 or 7
        return shift(span.first, Quantity(days=ahead))
