"""What a user has chosen about reading words and showing times. Every choice has a default."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum


class WeekStart(StrEnum):
    """The first day of the user's week."""

    MONDAY = "monday"
    SUNDAY = "sunday"
    SATURDAY = "saturday"


class DateOrder(StrEnum):
    """How a numeric date such as 3/4 is read."""

    MONTH_FIRST = "mdy"
    DAY_FIRST = "dmy"
    YEAR_FIRST = "ymd"


@dataclass(frozen=True, slots=True)
class Preferences:
    """A user's preferences. `zone` is an IANA name, `locale` a BCP 47 language tag."""

    zone: str = "UTC"
    locale: str = "en"
    week_start: WeekStart = WeekStart.MONDAY
    date_order: DateOrder = DateOrder.MONTH_FIRST
    all_day_time: dt.time = dt.time(9)
    default_reminder_minutes: int | None = 30
    require_end: bool = False
