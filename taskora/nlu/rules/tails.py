"""What may follow a unit or its adverb: the days ("every week on mon"), months, part of the day, several times."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

from taskora.nlu.calendar_words import MONTHS, Unit
from taskora.nlu.candidates import Match
from taskora.nlu.numbers import CARDINALS, number_at, ordinal_at
from taskora.nlu.quantities import unit_at
from taskora.nlu.rules.clock import clock_at, clocks_at
from taskora.nlu.rules.days import days_at, timed_days_at
from taskora.nlu.rules.phrase import DayPart, Freq, Part
from taskora.nlu.rules.places import edge_at, place_at
from taskora.nlu.rules.vocabulary import AND, DAY_PARTS, EVERY, ON, OTHER, THE, UNITS
from taskora.nlu.rules.yearly import days_of_year_at, months_at
from taskora.nlu.tokens import Tokens

Parts = tuple[Part, ...]
Tail = Callable[[Tokens, int, Parts], Match[Parts] | None]


def with_tails(tokens: Tokens, i: int, parts: Parts) -> Match[Parts]:
    """Read every refinement that follows at `i` and return the parts with it."""
    notes: tuple[str, ...] = ()
    end = i
    for tail in _TAILS:
        found = tail(tokens, end, parts)
        if found is not None and tokens.closes(found.end):
            end, parts, notes = found.end, found.value, notes + found.assumptions
    return Match(end, parts, assumptions=notes)


def day_part_at(tokens: Tokens, i: int, *, bare: bool = False) -> Match[DayPart] | None:
    """Read a part of the day: in the evening, at night, mornings; with `bare`, also evening alone."""
    j = i
    if tokens.word(j) in {"in", "during", "at"}:
        j += 1
        j = j + 1 if tokens.word(j) == "the" else j
    part = DAY_PARTS.get(tokens.word(j))
    return Match(j + 1, part) if part is not None and (bare or j > i) else None


def of_period_at(tokens: Tokens, i: int) -> Match[Part] | None:
    """Read the period that a place belongs to: of the month, of every other month, of each quarter, of june, in january."""
    if tokens.word(i) == "monthly":
        return Match(i + 1, Part(Freq.MONTHLY))
    if tokens.word(i) not in {"of", "in", "per", "a"} and tokens.word(i) not in EVERY:
        return None
    j = i + 1 if tokens.word(i) in {"of", "in", "per"} else i
    every = tokens.word(j) in EVERY
    j = j + 1 if every or tokens.word(j) in THE else j
    interval = 1
    if every and tokens.word(j) in OTHER:
        interval, j = 2, j + 1
    elif every and (count := ordinal_at(tokens, j) or number_at(tokens, j)) is not None:
        interval, j = count.value, count.end
    months = months_at(tokens, j)
    if months is not None:
        return Match(months.end, Part(Freq.YEARLY, months=months.value))
    unit = unit_at(tokens, j)
    if unit is None or unit.value not in {Unit.WEEK, Unit.MONTH, Unit.QUARTER, Unit.YEAR}:
        return None
    freq, factor = UNITS[unit.value]
    return Match(unit.end, Part(freq, interval * factor))


def _days_tail(tokens: Tokens, i: int, parts: Parts) -> Match[Parts] | None:
    """Read the weekdays of a weekly part, and of a daily one as a range: every day from monday to friday."""
    part = parts[0]
    if part.weekdays or part.freq not in {Freq.WEEKLY, Freq.DAILY} or (part.freq is Freq.DAILY and part.interval > 1):
        return None
    j = _after_lead(tokens, i, ON | {"from", ",", "for"})
    timed = timed_days_at(tokens, j) if part.freq is Freq.WEEKLY else None
    if timed is not None:
        return Match(timed.end, tuple(replace(one, interval=part.interval) for one in timed.value))
    days = days_at(tokens, j)
    if days is None or (part.freq is Freq.DAILY and len(days.value) < 2):
        return None
    weekly = replace(part, freq=Freq.WEEKLY, weekdays=tuple((0, day) for day in days.value))
    return Match(days.end, (weekly, *parts[1:]))


def _place_tail(tokens: Tokens, i: int, parts: Parts) -> Match[Parts] | None:
    """Read the days of a monthly part: every month on the 1st and 15th, monthly on the last friday."""
    part = parts[0]
    if part.freq is not Freq.MONTHLY or part.month_days or part.weekdays:
        return None
    j = _after_lead(tokens, i, ON | {"by", ","})
    edge = edge_at(tokens, j) if j > i else None
    if edge is not None:
        period = of_period_at(tokens, edge.end - 1)
        end = period.end if period else edge.end - (tokens.word(edge.end - 1) == "of")
        return Match(end, (replace(part, month_days=(edge.value,)),))
    place = place_at(tokens, j, bare=j > i and tokens.word(i) != "at")
    if place is None or tokens.word(place.end) in MONTHS:
        return None
    found = place.value
    chosen = replace(part, month_days=found.month_days, weekdays=found.weekdays, positions=found.positions)
    of_it = of_period_at(tokens, place.end)
    return Match(of_it.end if of_it and tokens.word(place.end) == "of" else place.end, (chosen,))


def _year_tail(tokens: Tokens, i: int, parts: Parts) -> Match[Parts] | None:
    """Read the days of a yearly part: every year on march 3, annually in june."""
    part = parts[0]
    if part.freq is not Freq.YEARLY or part.months:
        return None
    j = _after_lead(tokens, i, ON | {"by", ","})
    days = days_of_year_at(tokens, j)
    if days is not None:
        return Match(days.end, tuple(replace(one, interval=part.interval) for one in days.value))
    months = months_at(tokens, j) if j > i else None
    if months is None:
        return None
    first = replace(part, months=months.value, month_days=(1,))
    return Match(months.end, (first,), assumptions=("took the month as its 1st",))


def _months_tail(tokens: Tokens, i: int, parts: Parts) -> Match[Parts] | None:
    """Read the months to which a rule is limited: every day in july."""
    if parts[0].months or parts[0].freq is Freq.YEARLY or tokens.word(i) not in {"in", "during"}:
        return None
    months = months_at(tokens, i + 1)
    if months is None or tokens.number(months.end) >= 0:
        return None
    return Match(months.end, tuple(replace(part, months=months.value) for part in parts))


def _times_tail(tokens: Tokens, i: int, parts: Parts) -> Match[Parts] | None:
    if parts[0].by_clock or parts[0].times:
        return None
    clocks = clocks_at(tokens, i)
    return Match(clocks.end, tuple(replace(part, times=clocks.value) for part in parts)) if clocks else None


def _hours_tail(tokens: Tokens, i: int, parts: Parts) -> Match[Parts] | None:
    """Read the hours between which a part of hours or minutes happens: every hour from 9 to 5."""
    part = parts[0]
    if not part.by_clock or tokens.word(i) not in {"from", "between"}:
        return None
    first = _bare_hour_at(tokens, i + 1) or clock_at(tokens, i + 1)
    last = clock_at(tokens, first.end + 1) if first and tokens.word(first.end) in {"to", "and", "until", "-"} else None
    if first is None or last is None or first.value.minute or last.value.minute:
        return None
    end = last.value.hour if last.value.hour > first.value.hour else last.value.hour + 12
    if part.freq is Freq.HOURLY:
        hours = tuple(range(first.value.hour, min(end, 23) + 1, part.interval))
        return Match(
            last.end, (replace(part, interval=1, hours=hours),), assumptions=first.assumptions + last.assumptions
        )
    hours = tuple(range(first.value.hour, min(end, 24)))
    return Match(last.end, (replace(part, hours=hours),), assumptions=first.assumptions + last.assumptions)


def _clock_days_tail(tokens: Tokens, i: int, parts: Parts) -> Match[Parts] | None:
    """Read the weekdays of a part of hours or minutes: every hour from 9 to 5 on weekdays."""
    if not parts[0].by_clock or parts[0].weekdays:
        return None
    days = days_at(tokens, _after_lead(tokens, i, ON | {","}))
    if days is None:
        return None
    weekdays = tuple((0, day) for day in days.value)
    return Match(days.end, tuple(replace(part, weekdays=weekdays) for part in parts))


def _bare_hour_at(tokens: Tokens, i: int) -> Match[dt.time] | None:
    """Read the 9 of "9 to 5", which alone would be nine minutes to five; 1 to 7 are in the afternoon."""
    hour = tokens.number(i) if tokens.number(i) >= 0 else CARDINALS.get(tokens.word(i), 0)
    if not 0 < hour <= 23 or tokens.word(i + 1) not in {"to", "and", "until"}:
        return None
    return Match(i + 1, dt.time(hour + 12 if hour < 8 else hour))


def _day_part_tail(tokens: Tokens, i: int, parts: Parts) -> Match[Parts] | None:
    if parts[0].by_clock or parts[0].times or parts[0].day_part:
        return None
    alone = parts[0].freq is Freq.WEEKLY and bool(parts[0].weekdays)
    found = day_part_at(tokens, i, bare=alone) or _two_parts_at(tokens, i)
    if found is None:
        return None
    said, end = [found.value], found.end
    while tokens.word(end) in AND and (another := day_part_at(tokens, end + 1, bare=True)) is not None:
        said, end = [*said, another.value], another.end
    return Match(end, tuple(replace(part, day_part=one) for part in parts for one in dict.fromkeys(said)))


def _two_parts_at(tokens: Tokens, i: int) -> Match[DayPart] | None:
    """Read the first of two parts of the day: every day, morning and evening."""
    j = i + 1 if tokens.word(i) == "," else i
    two = tokens.word(j + 1) in AND and day_part_at(tokens, j + 2, bare=True) is not None
    return day_part_at(tokens, j, bare=True) if two else None


def _after_lead(tokens: Tokens, i: int, leads: frozenset[str]) -> int:
    """Pass over "on the", "in the", a comma before what refines the rule."""
    j = i + 1 if tokens.word(i) in leads else i
    return j + 1 if j > i and tokens.word(j) in THE else j


_TAILS: tuple[Tail, ...] = (
    _days_tail,
    _place_tail,
    _year_tail,
    _months_tail,
    _times_tail,
    _hours_tail,
    _clock_days_tail,
    _day_part_tail,
)
