"""The words of the calendar as tables: weekdays, months and units, with their short forms and usual misspellings."""

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
    "monday mon mondy mnday monady",
    "tuesday tue tues tuesdy tusday teusday tuseday",
    "wednesday wed weds wensday wednsday wendesday wednesdy wedensday wednesay",
    "thursday thu thur thurs thrusday thursdy thirsday thurday thusday thursady",
    "friday fri firday fridy friady frday",
    "saturday sat saterday satuday saturdy satruday saturady",
    "sunday sun sundy snuday sundya",
)
_MONTH_FORMS = (
    "january jan janurary januray janaury",
    "february feb febuary feburary febrary",
    "march mar",
    "april apr apirl",
    "may",
    "june jun",
    "july jul",
    "august aug agust",
    "september sep sept septemer setpember",
    "october oct octber ocotber",
    "november nov novemeber novmber",
    "december dec decmber decemeber",
)
_UNIT_FORMS = {
    Unit.SECOND: "second seconds sec secs",
    Unit.MINUTE: "minute minutes min mins minuets mintues",
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
