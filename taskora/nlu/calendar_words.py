"""The words of the calendar as tables: weekdays, months and units, with their short forms."""

from enum import StrEnum


class Unit(StrEnum):
    """A length of time that people count in."""

    SECOND = "second"
    MINUTE = "minute"
    HOUR = "hour"
    DAY = "day"
    WORKDAY = "workday"
    WEEK = "week"
    FORTNIGHT = "fortnight"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    DECADE = "decade"


_WEEKDAY_FORMS = (
    "monday mon",
    "tuesday tue tues",
    "wednesday wed weds",
    "thursday thu thur thurs",
    "friday fri",
    "saturday sat",
    "sunday sun",
)
_MONTH_FORMS = (
    "january jan",
    "february feb",
    "march mar",
    "april apr",
    "may",
    "june jun",
    "july jul",
    "august aug",
    "september sep sept",
    "october oct",
    "november nov",
    "december dec",
)
_UNIT_FORMS = {
    Unit.SECOND: "second seconds sec secs",
    Unit.MINUTE: "minute minutes min mins",
    Unit.HOUR: "hour hours hr hrs",
    Unit.DAY: "day days",
    Unit.WORKDAY: "weekday weekdays workday workdays",
    Unit.WEEK: "week weeks wk wks",
    Unit.FORTNIGHT: "fortnight fortnights",
    Unit.MONTH: "month months mo mos mth mths",
    Unit.QUARTER: "quarter quarters qtr qtrs",
    Unit.YEAR: "year years yr yrs",
    Unit.DECADE: "decade decades",
}

WEEKDAYS = {form: day for day, forms in enumerate(_WEEKDAY_FORMS) for form in forms.split()}
"""Word → 0 for Monday up to 6 for Sunday."""

MONTHS = {form: month for month, forms in enumerate(_MONTH_FORMS, start=1) for form in forms.split()}
"""Word → 1 for January up to 12 for December."""

UNITS = {form: unit for unit, forms in _UNIT_FORMS.items() for form in forms.split()}
"""Word → unit."""

UNIT_LETTERS = {
    "s": Unit.SECOND,
    "m": Unit.MINUTE,
    "h": Unit.HOUR,
    "d": Unit.DAY,
    "w": Unit.WEEK,
    "y": Unit.YEAR,
}
"""Single letters, which count only right after digits: 3d, 2w, 1h."""

WEEKDAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTH_NAMES = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
