"""How long the next date of a series takes to work out: new and old series, plain and rare rules."""

import datetime as dt
import time

from benchmarks.figures import Figure, Section, percentile
from taskora.domain.due import Due
from taskora.domain.recurrence import next_occurrence
from taskora.domain.series import Repeat, Rule

ZONE = "America/New_York"
ROUNDS = 100
RULES = (
    "FREQ=DAILY",
    "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR",
    "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH",
    "FREQ=MONTHLY;BYMONTHDAY=31",
    "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
    "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29",
    "FREQ=HOURLY;INTERVAL=4",
)


def measure() -> Section:
    """Measure each rule with a series that began today and one that began ten years ago."""
    took = []
    completed = dt.datetime(2026, 11, 24, 15, tzinfo=dt.UTC)
    occurrence = Due(dt.date(2026, 11, 24), dt.time(9), ZONE)
    for _ in range(ROUNDS):
        for rrule in RULES:
            for year in (2026, 2016):
                repeat = Repeat((Rule(rrule, dt.date(year, 1, 1), dt.time(9)),))
                begun = time.perf_counter()
                next_occurrence(
                    repeat, ZONE, occurrence=occurrence, due=occurrence, completed_at=completed, user_zone=ZONE, made=9
                )
                took.append((time.perf_counter() - begun) * 1000)
    return Section(
        "The next date of a series",
        f"`next_occurrence` for {len(RULES)} rules, each begun this year and ten years ago, {ROUNDS} rounds, in this process.",
        (Figure("P50", percentile(took, 0.5), "ms", 1), Figure("P99", percentile(took, 0.99), "ms")),
    )
