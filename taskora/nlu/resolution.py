"""From what was found to when it is: the due, its end, and what had to be assumed.

A time alone is today, or tomorrow when it has passed. A zone in the words makes the day that zone's; the result is the user's.
"""

import datetime as dt
from dataclasses import dataclass, replace

from taskora.domain.due import Due, local_datetime, settled
from taskora.nlu.clocks import Clock, PartOfDay
from taskora.nlu.dates.expressions import DateExpression, Shifted, said
from taskora.nlu.dates.today import Today, shift
from taskora.nlu.quantities import Quantity
from taskora.nlu.ranges import Endpoint, RangePhrase
from taskora.nlu.reading import Context

_ONE_DAY = Quantity(days=1)


@dataclass(frozen=True, slots=True)
class When:
    """What a line says about its time: at most one of each kind."""

    date: DateExpression | None = None
    clock: Clock | None = None
    part: PartOfDay | None = None
    moment: Shifted | None = None
    range: RangePhrase | None = None

    @property
    def timed(self) -> bool:
        """Tell whether a time of day is known."""
        in_range = self.range is not None and self.range.start.clock is not None
        return self.clock is not None or self.part is not None or self.moment is not None or in_range

    @property
    def nothing(self) -> bool:
        """Tell whether nothing is said."""
        return self == When()


@dataclass(frozen=True, slots=True)
class Settled:
    """The due and the end that words mean, with the assumptions made."""

    due: Due | None = None
    end: Due | None = None
    notes: tuple[str, ...] = ()


def settle(when: When, context: Context) -> Settled:
    """Return the due and end of what was said. Raises InvalidField for a day or time that does not exist."""
    if when.range is not None:
        return _settle_range(when, when.range, context)
    if when.moment is not None:
        return Settled(moment_due(when.moment, context))
    clock, notes = _clock_of(when)
    if clock is None and when.date is None and when.part is None:
        return Settled()
    today = Today.of(context, clock.zone if clock else None)
    if clock is None:
        return Settled(Due(_day(when, today)), notes=when.date.notes(today) if when.date else ())
    date, moved = _date_for(when, clock, today)
    due, converted = _in_user_zone(date, clock, context)
    dated = when.date.notes(today) if when.date else ()
    return Settled(due, notes=(*dated, *notes, *moved, *converted))


def moment_due(moment: Shifted, context: Context) -> Due:
    """Return the due of an offset in hours or minutes: elapsed time, to the minute, as the user's wall time."""
    zone = context.preferences.zone
    local = local_datetime(moment.moment(Today.of(context)), zone)
    return Due(local.date(), local.time().replace(second=0, microsecond=0, fold=0), zone)


def _clock_of(when: When) -> tuple[Clock | None, tuple[str, ...]]:
    """Return the clock time, told by the part of the day, or the hour that the part stands for."""
    clock, part = when.clock, when.part
    if clock is not None:
        clock = clock.during(part.part) if part is not None else clock
        return clock, clock.notes()
    if part is not None:
        return Clock(part.hour, text=part.text), part.notes()
    return None, ()


def _day(when: When, today: Today) -> dt.date:
    return when.date.resolve(today) if when.date is not None else today.date


def _date_for(when: When, clock: Clock, today: Today) -> tuple[dt.date, tuple[str, ...]]:
    """Return the day of a time: the one that was said, today, or tomorrow when the time has passed."""
    time = clock.time
    if when.date is None and not (when.part is not None and when.part.today):
        passed = time <= today.now.time().replace(tzinfo=None)
        return (shift(today.date, _ONE_DAY) if passed else today.date), ()
    date = _day(when, today)
    if not clock.coming:
        return date, ()
    if clock.hour > 0 or date == today.date:
        return shift(date, _ONE_DAY), ()
    return date, (f"took midnight as the start of {said(date)}",)


def _in_user_zone(date: dt.date, clock: Clock, context: Context) -> tuple[Due, tuple[str, ...]]:
    """Return the due as the user's wall time; a time inside a spring gap moves forward."""
    own = context.preferences.zone
    due = settled(Due(date, clock.time, clock.zone or own))
    if clock.zone is None or clock.zone == own:
        return replace(due, zone=own), ()
    local = local_datetime(due.instant(own), own)
    note = f"took {clock.time:%H:%M} in {clock.zone} as {said(local.date())}, {local:%H:%M}"
    return Due(local.date(), local.time().replace(fold=0), own), (note,)


def _settle_range(when: When, span: RangePhrase, context: Context) -> Settled:
    start, end = _paired(span.start, span.end, when.part)
    first = settle(When(date=start.date or when.date, clock=start.clock, part=_day_only(when.part)), context)
    if first.due is None or first.due.date is None:
        return first
    if end.clock is None:
        return replace(first, end=Due(_end_date(end, first.due.date, context)))
    date = _end_date(end, first.due.date, context)
    last, _ = _in_user_zone(date, end.clock, context)
    zone = context.preferences.zone
    if last.instant(zone) <= first.due.instant(zone) and end.date is None:
        last, _ = _in_user_zone(shift(date, _ONE_DAY), end.clock, context)
    return replace(first, end=last)


def _day_only(part: PartOfDay | None) -> PartOfDay | None:
    """Return the part of the day for the day it names; the hours of a range are told by now."""
    return part if part is not None and part.today else None


def _end_date(end: Endpoint, start: dt.date, context: Context) -> dt.date:
    """Return the last day of a range, seen from its first, so that friday to sunday stays together."""
    if end.date is None:
        return start
    today = Today.of(context)
    return end.date.resolve(replace(today, now=today.now.replace(year=start.year, month=start.month, day=start.day)))


def _paired(start: Endpoint, end: Endpoint, part: PartOfDay | None) -> tuple[Endpoint, Endpoint]:
    """Settle am and pm of a range together: 5-6pm, 11-1pm, from 9 to 5."""
    if start.clock is None or end.clock is None:
        return start, end
    first, last = start.clock, end.clock
    if part is not None:
        first = first.during(part.part)
    if first.open and not last.open and not last.coming:
        first = replace(first, hour=_hour_before(first, last), open=False)
    if last.open:
        base = first.hour if not first.open else first.time.hour
        last = replace(last, hour=_hour_after(base * 60 + first.minute, last), open=False)
    return replace(start, clock=first), replace(end, clock=last)


def _hour_before(first: Clock, last: Clock) -> int:
    """Return the hour of an open start: in the same half of the day as the end when that is earlier, else in the other."""
    same_half = first.hour % 12 + (12 if last.hour >= 12 else 0)
    if (same_half, first.minute) < (last.hour, last.minute) or (last.hour >= 13 and first.hour == last.hour):
        return same_half
    return (same_half + 12) % 24


def _hour_after(start: int, last: Clock) -> int:
    """Return the hour of an open end: the first such hour after the start, in minutes of the day."""
    hour = last.hour % 12
    return hour if hour * 60 + last.minute > start or (hour + 12) * 60 + last.minute <= start else hour + 12
