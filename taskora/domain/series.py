"""A series: the rules by which a task repeats. Rules are RFC 5545 recurrence rules; `recurrence` expands them."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum


class Anchor(StrEnum):
    """What the next date is counted from: the schedule, or the moment of completion."""

    SCHEDULE = "schedule"
    COMPLETION = "completion"


class SeriesState(StrEnum):
    """A stopped series makes no further task."""

    ACTIVE = "active"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class Rule:
    """One RFC 5545 §3.3.10 rule (`FREQ=…`, without UNTIL and COUNT) with its local start.

    `time` is the wall time of its occurrences in the series' zone, None for all-day ones.
    """

    rrule: str
    start: dt.date
    time: dt.time | None = None


@dataclass(frozen=True, slots=True)
class End:
    """Where a series ends: never, with a last local date (inclusive), or after a number of tasks made."""

    until: dt.date | None = None
    count: int | None = None

    def __post_init__(self) -> None:
        if self.until is not None and self.count is not None:
            raise ValueError("a series ends by a date or by a count, not by both (RFC 5545 §3.3.10)")

    @property
    def never(self) -> bool:
        """Tell whether the series goes on without end."""
        return self.until is None and self.count is None


@dataclass(frozen=True, slots=True)
class Repeat:
    """How a task shall repeat, before it belongs to a stored series.

    An excluded date leaves out all times of its day; one that is a `datetime` (a wall time) only that time.
    """

    rules: tuple[Rule, ...]
    excluded_dates: tuple[dt.date | dt.datetime, ...] = ()
    excluded_rules: tuple[Rule, ...] = ()
    anchor: Anchor = Anchor.SCHEDULE
    end: End = End()


@dataclass(frozen=True, slots=True)
class Series:
    """A stored series of one user. `zone` is None for all-day rules.

    `made` counts the tasks made since its rules were last stated, the one that was open then included, without those that
    were taken back.

    `stopped_by` is the id of the task whose deletion stopped it: bringing that task back revives the series.
    """

    id: str
    user_id: str
    repeat: Repeat
    zone: str | None
    state: SeriesState = SeriesState.ACTIVE
    version: int = 1
    made: int = 1
    stopped_by: str | None = None
