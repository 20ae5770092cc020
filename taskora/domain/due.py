"""When a task is due: a local date, perhaps a local time with its IANA zone. The UTC instant is derived, never the truth.

The calendar arithmetic of wall times lives here and in `recurrence`, nowhere else.
"""

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class Due:
    """A local date with a time and its zone (a timed task), or with neither (an all-day task, read where the user is)."""

    date: dt.date
    time: dt.time | None = None
    zone: str | None = None

    def __post_init__(self) -> None:
        if (self.time is None) != (self.zone is None):
            raise ValueError("a due has both a time and a zone, or neither")

    @property
    def all_day(self) -> bool:
        """Tell whether only the day is known."""
        return self.time is None

    def instant(self, user_zone: str) -> dt.datetime:
        """Return the UTC instant; an all-day due begins at midnight in `user_zone`."""
        if self.time is None or self.zone is None:
            return wall_instant(self.date, dt.time(0), user_zone)
        return wall_instant(self.date, self.time, self.zone)


def wall_instant(date: dt.date, time: dt.time, zone: str) -> dt.datetime:
    """Return the UTC instant of a wall time in an IANA zone.

    A time inside the gap of a spring change moves forward by the length of the gap; one that occurs twice means the first.
    """
    local = dt.datetime.combine(date, time.replace(tzinfo=None, fold=0), tzinfo=ZoneInfo(zone))
    return local.astimezone(dt.UTC)


def due_of(instant: dt.datetime, zone: str) -> Due:
    """Return the timed due at an instant. Within the second pass of an hour that occurs twice it is the end of that hour.

    A wall time that occurs twice means the first, so the second one has no name: a due never says which of the two it is,
    as no calendar entry does. What is counted in hours therefore falls on the first time after it that has a name, and
    never earlier than it should.
    """
    local = local_datetime(instant, zone)
    while local.fold:
        instant += dt.timedelta(minutes=1) - dt.timedelta(seconds=local.second, microseconds=local.microsecond)
        local = local_datetime(instant, zone)
    return Due(local.date(), local.time(), zone)


def local_datetime(instant: dt.datetime, zone: str) -> dt.datetime:
    """Return the aware wall time of an instant in an IANA zone."""
    return instant.astimezone(ZoneInfo(zone))


def settled(due: Due) -> Due:
    """Return the due at a wall time that exists: one inside the gap of a spring change moves forward with its instant."""
    if due.time is None or due.zone is None:
        return due
    local = local_datetime(due.instant(due.zone), due.zone)
    return due if (local.date(), local.time()) == (due.date, due.time) else Due(local.date(), local.time(), due.zone)
