"""What recurrence words mean before it is known when the series starts: the values between grammar and resolution."""

import datetime as dt
from dataclasses import dataclass, field, replace
from enum import StrEnum

from taskora.domain.series import Anchor
from taskora.nlu.dates.expressions import DateExpression
from taskora.nlu.quantities import Quantity

WORKDAYS = (0, 1, 2, 3, 4)
WEEKEND = (5, 6)
EVERY_DAY = (*WORKDAYS, *WEEKEND)
LAST = -1


class Freq(StrEnum):
    """The frequencies of RFC 5545 §3.3.10 that people use."""

    MINUTELY = "MINUTELY"
    HOURLY = "HOURLY"
    DAILY = "DAILY"
    WEEKLY = "WEEKLY"
    MONTHLY = "MONTHLY"
    YEARLY = "YEARLY"


class DayPart(StrEnum):
    """A part of the day, which gives a time and tells which half of the day a bare hour means."""

    MORNING = "morning"
    NOON = "noon"
    AFTERNOON = "afternoon"
    EVENING = "evening"
    NIGHT = "night"
    MIDNIGHT = "midnight"


@dataclass(frozen=True, slots=True)
class Part:
    """One rule of a series. A weekday is (ordinal or 0, 0 for Monday to 6); a negative month day counts from the end.

    `positions` choose among the weekdays of a month (RFC 5545 BYSETPOS): the last workday. Without weekdays, month days
    or months a weekly, monthly or yearly part happens on the day on which it starts. `hours` limit a part of hours or minutes.
    """

    freq: Freq
    interval: int = 1
    weekdays: tuple[tuple[int, int], ...] = ()
    month_days: tuple[int, ...] = ()
    months: tuple[int, ...] = ()
    positions: tuple[int, ...] = ()
    times: tuple[dt.time, ...] = ()
    hours: tuple[int, ...] = ()
    day_part: DayPart | None = None

    @property
    def by_clock(self) -> bool:
        """Tell whether it counts hours or minutes."""
        return self.freq in {Freq.HOURLY, Freq.MINUTELY}

    @property
    def anchored(self) -> bool:
        """Tell whether the words say on which days it happens, apart from where the counting starts."""
        if self.freq is Freq.YEARLY:
            return bool(self.months and (self.month_days or self.weekdays))
        return bool(self.weekdays or self.month_days) or self.freq is Freq.DAILY or self.by_clock


@dataclass(frozen=True, slots=True)
class Phrase:
    """A piece of a line that says how often: its parts, and whether the next date counts from completion."""

    parts: tuple[Part, ...]
    anchor: Anchor = Anchor.SCHEDULE
    weak: bool = False
    spread: bool = False
    """Only a number of times was said; the days and times are ours."""

    def with_parts(self, **changes: object) -> "Phrase":
        """Return it with the same change made to each part."""
        return replace(self, parts=tuple(replace(part, **changes) for part in self.parts))  # type: ignore[arg-type]  # fields of Part


@dataclass(frozen=True, slots=True)
class Exceptions:
    """When not: weekdays, months, days, and weekdays of a month such as the last Friday (ordinal, weekday)."""

    weekdays: tuple[int, ...] = ()
    months: tuple[int, ...] = ()
    dates: tuple[DateExpression, ...] = ()
    nth_weekdays: tuple[tuple[int, int], ...] = ()

    def __add__(self, other: "Exceptions") -> "Exceptions":
        return Exceptions(
            self.weekdays + other.weekdays,
            self.months + other.months,
            self.dates + other.dates,
            self.nth_weekdays + other.nth_weekdays,
        )


@dataclass(frozen=True, slots=True)
class Bound:
    """Where a series starts and ends, and what it leaves out. Only what was said is set; days are resolved when it is used.

    `until` is the last day, included. `lasting` counts from the day it starts (today, unless said), its last day excluded.
    """

    start: DateExpression | None = None
    start_time: dt.time | None = None
    until: DateExpression | None = None
    lasting: Quantity | None = None
    count: int | None = None
    except_: Exceptions = field(default_factory=Exceptions)
    months: tuple[int, ...] = ()
    anchor: Anchor | None = None

    def __add__(self, other: "Bound") -> "Bound":
        """Return both together; what is said first wins."""
        return Bound(
            start=self.start or other.start,
            start_time=self.start_time or other.start_time,
            until=self.until or other.until,
            lasting=self.lasting or other.lasting,
            count=self.count or other.count,
            except_=self.except_ + other.except_,
            months=self.months or other.months,
            anchor=self.anchor or other.anchor,
        )
