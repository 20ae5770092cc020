"""Durations as ISO 8601 text (§4.4.3.2): `-PT30M`, `P1D`. Only units of fixed length: weeks, days, hours, minutes, seconds."""

import datetime as dt
import re

_FORM = re.compile(
    r"(?P<sign>[+-])?P(?:(?P<weeks>\d{1,6})W)?(?:(?P<days>\d{1,6})D)?"
    r"(?:T(?=\d)(?:(?P<hours>\d{1,7})H)?(?:(?P<minutes>\d{1,8})M)?(?:(?P<seconds>\d{1,9})S)?)?"
)


def write_duration(duration: dt.timedelta) -> str:
    """Return a duration in whole seconds as text; zero is `PT0S`."""
    seconds = round(duration.total_seconds())
    sign, seconds = ("-", -seconds) if seconds < 0 else ("", seconds)
    days, rest = divmod(seconds, 86_400)
    hours, rest = divmod(rest, 3_600)
    minutes, seconds = divmod(rest, 60)
    date = f"{days}D" if days else ""
    time = "".join(f"{count}{unit}" for count, unit in ((hours, "H"), (minutes, "M"), (seconds, "S")) if count)
    if not date and not time:
        return "PT0S"
    return f"{sign}P{date}" + (f"T{time}" if time else "")


def read_duration(text: str) -> dt.timedelta:
    """Read a duration. Raises ValueError for anything else, also for months and years, whose length depends on the date."""
    found = _FORM.fullmatch(text.strip())
    parts = (
        {}
        if found is None
        else {name: int(value) for name, value in found.groupdict().items() if name != "sign" and value}
    )
    if found is None or not parts:
        raise ValueError(f"no ISO 8601 duration: {text!r}")
    duration = dt.timedelta(**parts)
    return -duration if found["sign"] == "-" else duration
