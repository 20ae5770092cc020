"""Ranges in words: from 2pm to 4pm, 5-6pm, between 9 and 11, dec 7-9, mon-wed, friday 5pm to sunday 2pm."""

from dataclasses import dataclass, replace

from taskora.nlu.calendar_words import WEEKDAYS
from taskora.nlu.candidates import FIRM, PLAIN, SHAKY, Match
from taskora.nlu.clocks import Clock
from taskora.nlu.company import NUMBERED
from taskora.nlu.dates.absolute import month_at, year_at
from taskora.nlu.dates.expressions import DateExpression, DayOfMonth, MonthDay, Weekday
from taskora.nlu.dates.grammar import date_at
from taskora.nlu.numbers import ordinal_at
from taskora.nlu.times import clock_at, digits_at, word_at
from taskora.nlu.tokens import Tokens
from taskora.nlu.verbs import ACTIONS
from taskora.nlu.zones import zone_at

_OPENERS = frozenset(("from", "between", "fr"))
_DASHES = frozenset(("-", "–", "—"))
_TO = _DASHES | frozenset(("to", "until", "till", "til", "through", "thru", "'til"))
_BETWEEN = _TO | frozenset(("and", "&"))
_MINUTES_IN_WORDS = frozenset(("five", "ten", "twenty", "quarter"))
_SCORING = frozenset(("won", "lost", "drew", "beat", "score", "scored", "from", "between", "and"))
_REACH = 12
"""Within how many tokens the word or dash between two ends stands."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One end of a range: a day, a clock time, or both."""

    date: DateExpression | None = None
    clock: Clock | None = None


@dataclass(frozen=True, slots=True)
class RangePhrase:
    """A start and an end. Without a date of its own it lies on the day that stands elsewhere in the line."""

    start: Endpoint
    end: Endpoint


def range_at(tokens: Tokens, i: int, *, supported: bool = False) -> Match[RangePhrase] | None:
    """Read a range at `i`. `supported`: a date or `at` stands before it, so that bare hours suffice (tomorrow 2-4)."""
    opener = tokens.word(i) if tokens.word(i) in _OPENERS else ""
    j = i + 1 if opener else i
    if tokens.word(j) in {"at", "@"}:
        j += 1
    links = _BETWEEN if opener == "between" else _TO
    if links.isdisjoint(tokens.words[j + 1 : j + _REACH]):
        return None
    days = _days_at(tokens, j, links)
    if days is not None:
        return Match(days.end, days.value, 0.95 if opener else days.score)
    told = bool(opener) or tokens.word(j - 1) in {"at", "@"}
    if not told and tokens.word(j) in _MINUTES_IN_WORDS and tokens.word(j + 1) == "to":
        return None  # ten to seven is one time
    found = _clocks_at(tokens, j, links, bare=bool(opener) or supported or _may_be_hours(tokens, j))
    return found or _endpoints_at(tokens, j, links, opener)


def _may_be_hours(tokens: Tokens, i: int) -> bool:
    """Tell whether two bare numbers at `i` are hours because a day follows them: library 10 to 1 tomorrow."""
    before = tokens.word(i - 1)
    if i == 0 or before in ACTIONS or before in NUMBERED or before.removesuffix("s") in NUMBERED or before in _SCORING:
        return False
    plain = digits_at(tokens, i) if tokens.number(i) >= 0 else word_at(tokens, i)
    j = _link(tokens, plain.end, _TO) if plain else 0
    second = clock_at(tokens, j) if j else None
    if plain is None or second is None or not _are_hours(plain.value, second.value):
        return False
    led = tokens.word(second.end) in {"on", "this", "next"}
    day = date_at(tokens, second.end + 1 if tokens.word(second.end) == "on" else second.end)
    return day is not None and (led or day.score >= FIRM or tokens.word(second.end) in WEEKDAYS)


def _are_hours(first: Clock, second: Clock) -> bool:
    """Tell whether two numbers can be hours of one day rather than a score: 10 to 1, 9.30-11, not 3-1."""
    if not (0 < first.hour <= 23 and 0 < second.hour <= 23):
        return False
    return (first.hour, first.minute) < (second.hour, second.minute) or first.hour >= 7


def _link(tokens: Tokens, i: int, links: frozenset[str]) -> int:
    """Return the index after the word or dash that joins two ends, 0 without one."""
    if tokens.word(i) not in links:
        return 0
    return i + 2 if tokens.word(i) == "up" else i + 1


def _clocks_at(tokens: Tokens, i: int, links: frozenset[str], *, bare: bool) -> Match[RangePhrase] | None:
    plain = digits_at(tokens, i) if tokens.number(i) >= 0 else word_at(tokens, i)
    first = plain if plain and _link(tokens, plain.end, links) else clock_at(tokens, i)
    second_at = _link(tokens, first.end, links) if first else 0
    if first is None or not second_at:
        return None
    second = clock_at(tokens, second_at)
    if second is None or (first.score == SHAKY and second.score == SHAKY and not bare):
        return None
    start, end = first.value, second.value
    zone = zone_at(tokens, second.end)
    if zone is not None:
        start, end = replace(start, zone=zone.value), replace(end, zone=zone.value)
    return Match(zone.end if zone else second.end, RangePhrase(Endpoint(clock=start), Endpoint(clock=end)), 0.93)


def _days_at(tokens: Tokens, i: int, links: frozenset[str]) -> Match[RangePhrase] | None:
    return _month_days_at(tokens, i, links) or _days_month_at(tokens, i, links) or _weekdays_at(tokens, i, links)


def _day_number(tokens: Tokens, i: int) -> Match[int] | None:
    """Read 7, 7th or the 7th."""
    j = i + 1 if tokens.word(i) == "the" else i
    ordinal = ordinal_at(tokens, j)
    if ordinal is not None and ordinal.value > 0:
        return ordinal
    value = tokens.number(j)
    return Match(j + 1, value) if 0 < value <= 99 and len(tokens.word(j)) <= 2 else None


def _month_days_at(tokens: Tokens, i: int, links: frozenset[str]) -> Match[RangePhrase] | None:
    """Read dec 7-9, dec 7 to the 9th, dec 30-jan 2."""
    month = month_at(tokens, i)
    first = _day_number(tokens, month.end) if month else None
    j = _link(tokens, first.end, links) if first else 0
    if month is None or first is None or not j:
        return None
    other = month_at(tokens, j)
    last = _day_number(tokens, other.end if other else j)
    if last is None or not _ends_day(tokens, last.end):
        return None
    return _span(tokens, last.end, (month.value, first.value), (other.value if other else month.value, last.value))


def _days_month_at(tokens: Tokens, i: int, links: frozenset[str]) -> Match[RangePhrase] | None:
    """Read 7-9 dec, the 7th to the 9th of december, the 5th to the 7th."""
    first = _day_number(tokens, i)
    j = _link(tokens, first.end, links) if first else 0
    last = _day_number(tokens, j) if j else None
    if first is None or last is None:
        return None
    month = month_at(tokens, last.end + 1 if tokens.word(last.end) == "of" else last.end)
    if month is not None:
        return _span(tokens, month.end, (month.value, first.value), (month.value, last.value))
    if ordinal_at(tokens, last.end - 2) is None or not tokens.closes(last.end):
        return None
    days = RangePhrase(Endpoint(DayOfMonth(first.value)), Endpoint(DayOfMonth(last.value)))
    return Match(last.end, days, PLAIN)


def _ends_day(tokens: Tokens, j: int) -> bool:
    return tokens.closes(j) and tokens.word(j) not in {"am", "pm", ":"}


def _span(tokens: Tokens, end: int, first: tuple[int, int], last: tuple[int, int]) -> Match[RangePhrase] | None:
    year = year_at(tokens, end + 1 if tokens.word(end) == "," else end)
    in_year = year.value if year else None
    start_year = in_year - 1 if in_year and first > last else in_year
    value = RangePhrase(Endpoint(MonthDay(*first, start_year)), Endpoint(MonthDay(*last, in_year)))
    stop = year.end if year else end
    return Match(stop, value, FIRM) if tokens.closes(stop) else None


def _weekdays_at(tokens: Tokens, i: int, links: frozenset[str]) -> Match[RangePhrase] | None:
    """Read mon-wed, friday to sunday."""
    first, j = WEEKDAYS.get(tokens.word(i)), _link(tokens, i + 1, links)
    last = WEEKDAYS.get(tokens.word(j)) if j else None
    if first is None or last is None or first == last or not tokens.closes(j + 1):
        return None
    return Match(j + 1, RangePhrase(Endpoint(Weekday(first)), Endpoint(Weekday(last))), PLAIN)


def _endpoint_at(tokens: Tokens, i: int) -> Match[Endpoint] | None:
    """Read a date with its time, in either order."""
    date = date_at(tokens, i)
    if date is not None and (date.score > SHAKY or tokens.word(i) in WEEKDAYS):
        j = date.end + 1 if tokens.word(date.end) in {"at", "@"} else date.end
        clock = clock_at(tokens, j)
        timed = clock is not None and (clock.score > SHAKY or j > date.end)
        if date.score == SHAKY and not timed:
            return None
        return Match(
            clock.end if clock and timed else date.end, Endpoint(date.value, clock.value if clock and timed else None)
        )
    clock = clock_at(tokens, i)
    if clock is None or clock.score == SHAKY:
        return None
    j = clock.end + 1 if tokens.word(clock.end) == "on" else clock.end
    date = date_at(tokens, j)
    with_date = date is not None and date.score > SHAKY
    return Match(date.end, Endpoint(date.value, clock.value)) if date and with_date else None


def _endpoints_at(tokens: Tokens, i: int, links: frozenset[str], opener: str) -> Match[RangePhrase] | None:
    first = _endpoint_at(tokens, i)
    j = _link(tokens, first.end, links) if first else 0
    if first is None or not j:
        return None
    last = _endpoint_at(tokens, j)
    if last is not None and (first.value.clock is None) == (last.value.clock is None):
        return Match(last.end, RangePhrase(first.value, last.value), 0.95 if opener else PLAIN)
    clock = clock_at(tokens, j) if first.value.clock else None
    if clock is None or first.value.clock is None:
        return None
    start, end = first.value.clock, clock.value
    zone = zone_at(tokens, clock.end)
    if zone is not None:
        start, end = replace(start, zone=zone.value), replace(end, zone=zone.value)
    whole = RangePhrase(Endpoint(first.value.date, start), Endpoint(clock=end))
    return Match(zone.end if zone else clock.end, whole, 0.95)
