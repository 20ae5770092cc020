"""What Hypothesis draws: dates, times, zones, instants, plain rules and whole repeats."""

import datetime as dt

from hypothesis import strategies as st

from taskora.domain.rules import WEEKDAYS
from taskora.domain.series import Repeat, Rule
from tests.domain.calendars import ZONES

zones = st.sampled_from(ZONES)
dates = st.dates(dt.date(1996, 1, 1), dt.date(2040, 12, 31))
times = st.times().map(lambda time: time.replace(second=0, microsecond=0, tzinfo=None))
instants = st.datetimes(
    dt.datetime(1996, 1, 1),  # noqa: DTZ001  Hypothesis wants naive bounds
    dt.datetime(2040, 12, 31),  # noqa: DTZ001  Hypothesis wants naive bounds
    timezones=st.just(dt.UTC),
)
month_days = st.lists(st.integers(1, 31) | st.integers(-28, -1), min_size=1, max_size=3, unique=True)


@st.composite
def rule_texts(draw: st.DrawFn) -> str:
    """Draw a rule of days, weeks, months or years, without the parts that `calendars.days` does not know."""
    freq = draw(st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]))
    parts = [f"FREQ={freq}"]
    interval = draw(st.integers(1, 4))
    parts += [f"INTERVAL={interval}"] if interval > 1 else []
    if freq in {"WEEKLY", "DAILY"} and draw(st.booleans()):
        weekdays = draw(st.lists(st.sampled_from(WEEKDAYS), min_size=1, max_size=4, unique=True))
        parts.append("BYDAY=" + ",".join(weekdays))
    if freq in {"MONTHLY", "YEARLY"} and draw(st.booleans()):
        parts.append("BYMONTHDAY=" + ",".join(map(str, draw(month_days))))
    if freq in {"YEARLY", "WEEKLY"} and draw(st.booleans()):
        months = draw(st.lists(st.integers(1, 12), min_size=1, max_size=3, unique=True))
        parts.append("BYMONTH=" + ",".join(map(str, months)))
    return ";".join(parts)


@st.composite
def repeats(draw: st.DrawFn, *, timed: bool | None = None) -> Repeat:
    """Draw a repeat of one or two rules by schedule; all of them timed, or all of them all-day."""
    with_time = draw(st.booleans()) if timed is None else timed
    count = draw(st.integers(1, 2))
    rules = tuple(Rule(draw(rule_texts()), draw(dates), draw(times) if with_time else None) for _ in range(count))
    return Repeat(rules)
