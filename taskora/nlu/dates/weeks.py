"""Days that hang on the user's week: this weekend, later this week, the week of a date, a weekday in N weeks."""

import datetime as dt
from dataclasses import dataclass

from taskora.nlu.dates.expressions import DateExpression, said
from taskora.nlu.dates.periods import OnWeekday, Period, Span, Stretch
from taskora.nlu.dates.today import Today, shift
from taskora.nlu.quantities import Quantity


@dataclass(frozen=True, slots=True)
class Weekend:
    """The Saturday of the present week (Sunday itself on a Sunday), or of one `offset` weeks on."""

    offset: int = 0

    def resolve(self, today: Today) -> dt.date:
        """Return the day."""
        if self.offset == 0 and today.date.weekday() == 6:
            return today.date
        first = today.week(self.offset)
        saturday = shift(first, Quantity(days=(5 - first.weekday()) % 7))
        return saturday if saturday >= today.date else shift(saturday, Quantity(days=7))

    def notes(self, today: Today) -> tuple[str, ...]:
        """Say which day of the weekend is meant."""
        return (f"took the weekend as {said(self.resolve(today))}",)


@dataclass(frozen=True, slots=True)
class LaterThis:
    """Later this week or month: two days on, but within the period."""

    period: Period
    text: str

    def resolve(self, today: Today) -> dt.date:
        """Return the day."""
        last = Period(self.period.stretch, self.period.offset).span(today).last
        return min(shift(today.date, Quantity(days=2)), last)

    def notes(self, today: Today) -> tuple[str, ...]:
        """Say which day was taken."""
        return (f"took {self.text} as {said(self.resolve(today))}",)


@dataclass(frozen=True, slots=True)
class WeekOf:
    """A weekday in the week of another day, perhaps some weeks on: the week of nov 30, in 2 weeks on friday."""

    base: DateExpression
    weekday: int

    def resolve(self, today: Today) -> dt.date:
        """Return the day."""
        day = self.base.resolve(today)
        first = shift(day, Quantity(days=-((day.weekday() - today.week_start) % 7)))
        return OnWeekday(self.weekday).find(Span(first, shift(first, Quantity(days=6)), Stretch.WEEK))

    def notes(self, today: Today) -> tuple[str, ...]:
        """Return what the other day assumes."""
        return self.base.notes(today)
