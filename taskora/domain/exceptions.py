"""What is changed about a series beside its rules: dates that are left out or come back, and where it ends.

Pure. The rules stay as they are, so the open occurrence keeps its date; what changes holds from the next completion on.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from taskora.domain.due import Due, due_of
from taskora.domain.errors import InvalidField
from taskora.domain.recurrence import first_occurrence
from taskora.domain.series import Anchor, End, Series
from taskora.domain.wording import due_text

_DAY = dt.timedelta(days=1)
_RANGE_LIMIT = 366
"""Most dates that one range leaves out."""
_EXCLUDED_LIMIT = 1000

Excluded = dt.date | dt.datetime


@dataclass(frozen=True, slots=True)
class Days:
    """A day, a time of a day, or the days of an inclusive range, as a person said them."""

    first: Due
    last: dt.date | None = None

    @property
    def text(self) -> str:
        """Return the days as a sentence names them."""
        return due_text(self.first) + ("" if self.last is None else f" to {due_text(Due(self.last))}")


def leave_out_days(series: Series, days: Sequence[Days], *, present: Due | None, user_zone: str) -> Series:
    """Return the series without the dates that it has on these days.

    `present` is the date of the open occurrence, which is skipped and not left out. Raises InvalidField for a day on which
    the series has no date to come.
    """
    excluded = list(series.repeat.excluded_dates)
    for one in days:
        found = [date for date in _dates(series, one, user_zone) if date not in excluded]
        if present is not None and _meant(one, present, series.zone or user_zone):
            raise InvalidField(
                f"{one.text} is the date of the open task itself.", field="exclude", advice="Skip it to move it on."
            )
        if not found and not any(_covers(one, date) for date in excluded):
            raise InvalidField(
                f"The series has no date on {one.text}.", field="exclude", advice="Look at its next dates."
            )
        excluded += found
    if len(excluded) > _EXCLUDED_LIMIT:
        raise InvalidField(f"A series leaves out at most {_EXCLUDED_LIMIT} dates.", field="exclude")
    return _with_excluded(series, excluded)


def take_in_days(series: Series, days: Sequence[Days]) -> Series:
    """Return the series with the dates again that it left out on these days. Raises InvalidField where it left out none."""
    kept = list(series.repeat.excluded_dates)
    for one in days:
        back = [date for date in kept if _covers(one, date)]
        if not back:
            raise InvalidField(f"The series does not leave out {one.text}.", field="include")
        kept = [date for date in kept if date not in back]
    return _with_excluded(series, kept)


def end_series(series: Series, end: End) -> Series:
    """Return the series with another end. A count counts anew: the open occurrence is the first of it."""
    if end == series.repeat.end:
        return series
    made = series.made if end.count is None else 1
    return replace(series, repeat=replace(series.repeat, end=end), made=made, version=series.version + 1)


def _with_excluded(series: Series, excluded: Sequence[Excluded]) -> Series:
    if tuple(excluded) == series.repeat.excluded_dates:
        return series
    return replace(series, repeat=replace(series.repeat, excluded_dates=tuple(excluded)), version=series.version + 1)


def _dates(series: Series, days: Days, user_zone: str) -> Iterator[Excluded]:
    """Yield the dates of the series on these days; counted from completion each day may become one."""
    zone = series.zone or user_zone
    if days.first.time is not None:
        wall = due_of(days.first.instant(zone), zone)
        if first_occurrence(series.repeat, zone, wall.instant(zone)) == wall and wall.time is not None:
            yield dt.datetime.combine(wall.date, wall.time)
        return
    last = days.last or days.first.date
    date = days.first.date
    for _ in range(_RANGE_LIMIT):
        if series.repeat.anchor is Anchor.SCHEDULE:
            found = first_occurrence(series.repeat, zone, Due(date).instant(zone))
            date = last + _DAY if found is None else found.date
        if date > last:
            return
        yield date
        date += _DAY


def _meant(days: Days, present: Due, zone: str) -> bool:
    if days.first.time is None:
        return days.first.date <= present.date <= (days.last or days.first.date)
    return present.time is not None and days.first.instant(zone) == present.instant(zone)


def _covers(days: Days, date: Excluded) -> bool:
    """Tell whether an excluded date is one of these days."""
    if isinstance(date, dt.datetime):
        if days.first.time is not None:
            return (date.date(), date.time()) == (days.first.date, days.first.time)
        date = date.date()
    elif days.first.time is not None:
        return False
    return days.first.date <= date <= (days.last or days.first.date)
