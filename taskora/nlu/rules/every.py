"""Rules that begin with "every" and what may stand after it. `tails` reads what may follow a unit ("on mondays")."""

import datetime as dt
from dataclasses import replace

from taskora.domain.series import Anchor
from taskora.nlu.calendar_words import Unit
from taskora.nlu.candidates import Match
from taskora.nlu.numbers import number_at, ordinal_at
from taskora.nlu.quantities import quantity_at, unit_at
from taskora.nlu.rules.clause import ends_clause
from taskora.nlu.rules.clock import clock_at, clocks_at
from taskora.nlu.rules.days import days_at, one_day_at, timed_days_at
from taskora.nlu.rules.phrase import LAST, Freq, Part, Phrase
from taskora.nlu.rules.places import edge_at, place_at
from taskora.nlu.rules.tails import Parts, day_part_at, of_period_at, with_tails
from taskora.nlu.rules.vocabulary import DAY_PARTS, EVERY, OTHER, REPEAT, UNITS
from taskora.nlu.rules.yearly import days_of_year_at, months_at
from taskora.nlu.tokens import Tokens

_ONCE = {"once": 1, "1x": 1, "one time": 1}
_PER = frozenset({"a", "an", "per", "each", "every"})
_JOINING = frozenset({"and", "&", "+", ","})
_HALF_HOUR = 30
_QUARTER_HOUR = 15


def every_at(tokens: Tokens, i: int) -> Match[Phrase] | None:
    """Read a rule that begins with every, each, ev, "repeat every", "once a" or every! (counted from completion)."""
    j = _opened(tokens, i)
    if j is None:
        return None
    anchor = Anchor.SCHEDULE
    if tokens.word(j) == "!" and tokens.glued(j):
        anchor, j = Anchor.COMPLETION, j + 1
    body = _body_at(tokens, j)
    if body is None or not tokens.closes(body.end):
        return None
    return Match(body.end, Phrase(body.value, anchor), 0.95, body.assumptions)


def times_of_each_day_at(tokens: Tokens, i: int) -> Match[Phrase] | None:
    """Read several times before the words for each day: at 7am, 1pm and 10pm daily; 8am and 8pm every day."""
    clocks = clocks_at(tokens, i)
    if clocks is None:
        return None
    end = clocks.end + (1 if tokens.word(clocks.end) == "daily" else 2)
    each = tokens.word(end - 2) in EVERY and tokens.word(end - 1) == "day"
    if tokens.word(clocks.end) == "for" and _days_at(tokens, clocks.end + 1):
        end = clocks.end
    elif not (each or tokens.word(end - 1) == "daily") or not tokens.closes(end):
        return None
    return Match(end, Phrase((Part(Freq.DAILY, times=clocks.value),)), 0.95)


def _days_at(tokens: Tokens, i: int) -> bool:
    """Tell whether a number of days or weeks stands at `i`."""
    quantity = quantity_at(tokens, i)
    return quantity is not None and not quantity.value.by_clock and quantity.value.days > 0


def _opened(tokens: Tokens, i: int) -> int | None:
    """Return the index after the opening word, None when there is none."""
    i = i + 1 if tokens.word(i) in REPEAT else i
    if tokens.word(i) in _ONCE and tokens.word(i + 1) in _PER:
        return i + 2
    if tokens.word(i) == "once" and tokens.word(i + 1) == "in" and number_at(tokens, i + 2) is not None:
        return i + 2
    if tokens.word(i) not in EVERY:
        return None
    again = i + 2 if tokens.word(i + 1) == "and" and tokens.word(i + 2) in EVERY else i  # each and every day
    return again + 2 if tokens.word(again + 1) == "single" else again + 1


def _body_at(tokens: Tokens, i: int) -> Match[Parts] | None:
    found = (
        _month_end_at(tokens, i)
        or _counted_at(tokens, i)
        or _weekdays_at(tokens, i)
        or _fraction_at(tokens, i)
        or _day_part_at(tokens, i)
    )
    if found is not None:
        return found
    yearly = days_of_year_at(tokens, i)
    if yearly is not None:
        return with_tails(tokens, yearly.end, yearly.value)
    return _months_at(tokens, i) or _edge_at(tokens, i) or _place_at(tokens, i)


def _counted_at(tokens: Tokens, i: int) -> Match[Parts] | None:
    """Read a unit with or without a number: week, 3 days, other month, second year, couple of days."""
    interval, j, ordinal = 1, i, False
    count = number_at(tokens, i, article=True) if tokens.word(i) not in {"a", "an"} else None
    nth = ordinal_at(tokens, i)
    notes: tuple[str, ...] = ()
    if tokens.word(i) in OTHER:
        interval, j = 2, i + 1
    elif nth is not None and nth.value > 1:
        interval, j, ordinal = nth.value, nth.end, True
    elif count is not None and count.value > 0:
        interval, j, notes = count.value, count.end, count.assumptions
    unit = unit_at(tokens, j, letters=interval > 1 and not ordinal)
    if unit is None:
        return _nights_at(tokens, j, interval, notes) or _counted_weekday_at(tokens, j, interval, ordinal=ordinal)
    if unit.value not in UNITS or (ordinal and unit.value is Unit.DAY and of_period_at(tokens, unit.end) is not None):
        return None
    freq, factor = UNITS[unit.value]
    tailed = with_tails(tokens, unit.end, (Part(freq, interval * factor),))
    return tailed._replace(assumptions=notes + tailed.assumptions)


def _nights_at(tokens: Tokens, i: int, interval: int, notes: tuple[str, ...]) -> Match[Parts] | None:
    """Read every other night, every 2 mornings."""
    part = DAY_PARTS.get(tokens.word(i)) if interval > 1 else None
    if part is None:
        return None
    tailed = with_tails(tokens, i + 1, (Part(Freq.DAILY, interval, day_part=part),))
    return tailed._replace(assumptions=notes + tailed.assumptions)


def _counted_weekday_at(tokens: Tokens, i: int, interval: int, *, ordinal: bool) -> Match[Parts] | None:
    """Read every other friday, every 2 mondays. "every 3rd friday" is a place in the month and not meant here."""
    days = days_at(tokens, i) if interval > 1 and not ordinal else None
    if days is None or len(days.value) > 3:
        return None
    part = Part(Freq.WEEKLY, interval, weekdays=tuple((0, day) for day in days.value))
    return with_tails(tokens, days.end, (part,))


def _weekdays_at(tokens: Tokens, i: int) -> Match[Parts] | None:
    timed = timed_days_at(tokens, i)
    if timed is not None:
        return Match(timed.end, timed.value, assumptions=timed.assumptions)
    days = days_at(tokens, i)
    if days is None:
        return None
    part = Part(Freq.WEEKLY, weekdays=tuple((0, day) for day in days.value))
    notes = ("took the weekend as Saturday",) if tokens.words[i:].count("weekend") and days.value == (5,) else ()
    tailed = with_tails(tokens, days.end, (part,))
    return tailed._replace(assumptions=notes + tailed.assumptions)


def _fraction_at(tokens: Tokens, i: int) -> Match[Parts] | None:
    """Read half an hour, half hour, quarter of an hour."""
    word, j = tokens.word(i), i + 1
    minutes = {"half": _HALF_HOUR, "quarter": _QUARTER_HOUR}.get(word)
    if minutes is None:
        return None
    while tokens.word(j) in {"of", "a", "an", "-"}:
        j += 1
    if tokens.word(j) != "hour":
        return None
    return with_tails(tokens, j + 1, (Part(Freq.MINUTELY, minutes),))


def _day_part_at(tokens: Tokens, i: int) -> Match[Parts] | None:
    """Read every morning; every morning and evening; every morning at 6 and every evening at 7."""
    parts: list[Part] = []
    end = j = i
    while j and (found := day_part_at(tokens, j, bare=True)) is not None:
        end = found.end
        times: tuple[dt.time, ...] = ()
        clock = clock_at(tokens, end)
        if clock is not None and (_next_part(tokens, clock.end) or (parts and parts[-1].times)):
            end, times = clock.end, (clock.value,)
        parts.append(Part(Freq.DAILY, day_part=found.value, times=times))
        j = _next_part(tokens, end)
    return with_tails(tokens, end, tuple(dict.fromkeys(parts))) if parts else None


def _next_part(tokens: Tokens, i: int) -> int:
    """Return where another part of the day stands behind an "and" at `i`, 0 without it."""
    if tokens.word(i) not in _JOINING:
        return 0
    behind = i + 2 if tokens.word(i + 1) in EVERY else i + 1
    return behind if day_part_at(tokens, behind, bare=True) is not None else 0


def _months_at(tokens: Tokens, i: int) -> Match[Parts] | None:
    """Read every january; every june and december on the 1st; a month alone is its first day."""
    months = months_at(tokens, i)
    if months is None:
        return None
    j = months.end + 1 if tokens.word(months.end) in {"on", ","} else months.end
    place = place_at(tokens, j, bare=True) if j > months.end or 0 < tokens.number(j) <= 31 else None
    part = place.value if place else Part(Freq.MONTHLY, month_days=(1,))
    part = replace(part, freq=Freq.YEARLY, months=months.value)
    notes = () if place else ("took the month as its 1st",)
    tailed = with_tails(tokens, place.end if place else months.end, (part,))
    return tailed._replace(assumptions=notes + tailed.assumptions)


def _edge_at(tokens: Tokens, i: int) -> Match[Parts] | None:
    """Read every end of month, every start of the month."""
    edge = edge_at(tokens, i)
    if edge is not None:
        period = of_period_at(tokens, edge.end - 1) or of_period_at(tokens, edge.end)
        if period is not None and period.value.freq is Freq.MONTHLY:
            return with_tails(tokens, period.end, (replace(period.value, month_days=(edge.value,)),))
    return None


def _month_end_at(tokens: Tokens, i: int) -> Match[Parts] | None:
    if tokens.word(i) not in {"month", "month's"} or tokens.word(i + 1) not in {"end", "start"}:
        return None
    day = LAST if tokens.word(i + 1) == "end" else 1
    return with_tails(tokens, i + 2, (Part(Freq.MONTHLY, month_days=(day,)),))


def _place_at(tokens: Tokens, i: int) -> Match[Parts] | None:
    """Read days of the month: every 27th (not "every 3rd customer"); every 2, 15, 27; every 3rd friday."""
    place = place_at(tokens, i, bare=True)
    if place is None:
        return None
    part, end = place.value, place.end
    period = of_period_at(tokens, end)
    if period is not None:
        part = replace(part, interval=period.value.interval, months=period.value.months)
        end = period.end
    elif (end == i + 1 and tokens.number(i) >= 0) or not _names_days(tokens, i, place):
        return None
    notes: tuple[str, ...] = ()
    if len(part.weekdays) == 1 and not part.positions and period is None and one_day_at(tokens, place.end - 1):
        notes = (f"took every {tokens.slice(i, place.end)} as once a month",)
    tailed = with_tails(tokens, end, (part,))
    return tailed._replace(assumptions=notes + tailed.assumptions)


def _names_days(tokens: Tokens, i: int, place: Match[Part]) -> bool:
    """Tell whether a lone ordinal is a day and does not count the noun after it: call every 3rd customer."""
    days = place.value.month_days
    if len(days) != 1 or tokens.word(place.end - 1) == "day" or tokens.word(i - 2) in {"", "me", ".", ",", "on"}:
        return True
    return ends_clause(tokens, place.end) or tokens.word(place.end) == "to"
