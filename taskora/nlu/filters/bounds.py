"""Stretches of time as bounds of a filter: this week, next 5 days, before december 1, between monday and friday, tonight.

A bound is a local day, inclusive, or a wall time. Single dates are read by `dates.grammar`.
"""

import datetime as dt
from dataclasses import dataclass

from taskora.domain.due import Due
from taskora.nlu.calendar_words import WEEKDAYS
from taskora.nlu.candidates import Match
from taskora.nlu.clocks import Part
from taskora.nlu.dates.grammar import date_at
from taskora.nlu.dates.period_phrases import NEXT, STRETCHES, THIS, period_at
from taskora.nlu.dates.periods import Period, Stretch
from taskora.nlu.dates.relative import DAY_WORDS
from taskora.nlu.dates.today import Today, add_months, shift
from taskora.nlu.numbers import number_at
from taskora.nlu.parts_of_day import bare_part_at, part_at
from taskora.nlu.quantities import ONE, Quantity, unit_at
from taskora.nlu.ranges import range_at
from taskora.nlu.times import clock_at
from taskora.nlu.tokens import Tokens
from taskora.nlu.wordlists import word_set

PART_WINDOWS: dict[Part, tuple[int, int]] = {
    Part.MORNING: (6, 12),
    Part.NOON: (11, 13),
    Part.AFTERNOON: (12, 18),
    Part.EVENING: (18, 22),
    Part.NIGHT: (20, 24),
    Part.TONIGHT: (18, 24),
}
"""From and to which hour a part of the day lasts as a filter (facts §3: the afternoon from 12 to 18)."""

_PAST = word_set("last past previous prior")
_BEFORE = word_set("before earlier")
_BY = word_set("by until till til through thru")
_AFTER = word_set("after past")
_SINCE = word_set("since starting from")
_SIDES = _BEFORE | _BY | _AFTER | _SINCE | word_set("up no not later")
_LEADS = word_set("on for in at during within over of this")
_A_DAY = dt.timedelta(days=1)
_AN_HOUR = dt.timedelta(minutes=59)
_LAST_MINUTE = dt.time(23, 59)


@dataclass(frozen=True, slots=True)
class Bounds:
    """A stretch of time; an open side is None."""

    first: Due | None = None
    last: Due | None = None


def bounds_at(tokens: Tokens, i: int, today: Today, zone: str) -> Match[Bounds] | None:
    """Read a stretch of time at `i`. Raises InvalidField for a day that does not exist."""
    word = tokens.word(i)
    j = i + 1 if word in _LEADS and word != "this" else i
    counted = _counted_at(tokens, j, today, zone)
    if counted is not None:
        return counted
    found = (_pair_at(tokens, i + 1, today) or _range_at(tokens, i, today)) if word in {"between", "from"} else None
    if found is not None:
        return found
    open_sided = _open_sided_at(tokens, i, today, zone) if word in _SIDES else None
    return open_sided or _pair_at(tokens, j, today) or _stretch_at(tokens, j, today, zone)


def _open_sided_at(tokens: Tokens, i: int, today: Today, zone: str) -> Match[Bounds] | None:
    """Read before december 1, by friday, no later than monday, after the 5th, since last week."""
    word, following = tokens.word(i), tokens.word(i + 1)
    if word in _BEFORE:
        return _one_sided_at(tokens, i + 1, today, zone, before=True)
    if word in _BY:
        return _by_at(tokens, i + 1, today, zone)
    if (word, following) in {("up", "to"), ("no", "later"), ("not", "later")}:
        return _by_at(tokens, i + (3 if following == "later" else 2), today, zone)
    if word in _AFTER or (word, following) == ("later", "than"):
        return _one_sided_at(tokens, i + (1 if word in _AFTER else 2), today, zone, before=False)
    return _since_at(tokens, i + 1, today, past=word == "since") if word in _SINCE else None


def _counted_at(tokens: Tokens, i: int, today: Today, zone: str) -> Match[Bounds] | None:
    """Read the next 5 days, the last two weeks, the next hour, the past week; coming days count from today."""
    j = i + 1 if tokens.word(i) == "the" else i
    ahead = tokens.word(j) in NEXT
    if not ahead and tokens.word(j) not in _PAST:
        return None
    j += 1
    j += tokens.word(j) == "the"
    number = number_at(tokens, j, article=True)
    unit = unit_at(tokens, number.end if number else j)
    if unit is None or not tokens.closes(unit.end):
        return None
    by = ONE[unit.value] * (number.value if number else 1)
    if number is None and not by.by_clock:
        return None if ahead else _previous(tokens.word(j), unit.end, today, tokens.word(j - 1))
    if by.by_clock:
        now = today.now.replace(second=0, microsecond=0, tzinfo=None)
        other = now + dt.timedelta(seconds=by.seconds if ahead else -by.seconds)
        first, last = sorted((now, other))
        return Match(unit.end, Bounds(_wall(first, zone), _wall(last, zone)))
    if ahead:
        return Match(unit.end, Bounds(Due(today.date), Due(shift(today.date, by))))
    return Match(unit.end, Bounds(Due(shift(today.date, by * -1)), Due(today.date)))


def _previous(word: str, end: int, today: Today, lead: str) -> Match[Bounds] | None:
    """Return last week as the calendar week before, the past week as the seven days up to today."""
    stretch = STRETCHES.get(word)
    if stretch is None or stretch is Stretch.DAY:
        return None
    if lead == "past":
        days = {
            Stretch.WEEK: Quantity(days=-7),
            Stretch.MONTH: Quantity(months=-1),
            Stretch.QUARTER: Quantity(months=-3),
        }
        return Match(end, Bounds(Due(shift(today.date, days.get(stretch, Quantity(months=-12)))), Due(today.date)))
    span = Period(stretch, -1).span(today)
    return Match(end, Bounds(Due(span.first), Due(span.last)))


def _stretch_at(tokens: Tokens, i: int, today: Today, zone: str) -> Match[Bounds] | None:
    """Read a day, perhaps with a part of it, or a period; the longer reading wins, of equal ones the period."""
    days = _days_at(tokens, i, today)
    if days is None:
        return _part_of_today_at(tokens, i, today, zone)
    part = bare_part_at(tokens, days.end)
    first, last = days.value
    if part is not None and first == last:
        start, end = PART_WINDOWS[part.value.part]
        return Match(part.end, _window(first, start, end, zone))
    clock = clock_at(tokens, days.end + 1) if first == last and tokens.word(days.end) in {"at", "@"} else None
    if clock is not None:
        begin = dt.datetime.combine(first, clock.value.time)
        return Match(clock.end, Bounds(_wall(begin, zone), _wall(begin + _AN_HOUR, zone)))
    return Match(days.end, Bounds(Due(first), Due(last)))


def _days_at(tokens: Tokens, i: int, today: Today) -> Match[tuple[dt.date, dt.date]] | None:
    if tokens.word(i) == "my" and tokens.word(i + 1) in STRETCHES:
        span = Period(STRETCHES[tokens.word(i + 1)]).span(today)
        return Match(i + 2, (span.first, span.last))
    rest = _rest_at(tokens, i, today) or _weekend_at(tokens, i, today) or _past_weekday_at(tokens, i, today)
    if rest is not None:
        return rest
    period = period_at(tokens, i)
    date = date_at(tokens, i)
    if date is not None and (period is None or date.end > period.end or period.value.stretch is Stretch.DAY):
        day = date.value.resolve(today)
        return Match(date.end, (day, day))
    if period is None or (tokens.word(i) in STRETCHES and tokens.word(i) in {"day", "today"}):
        return None
    value = period.value
    span = value.span(today)
    if value.rolls and span.last < today.date:
        span = value.span(today, later=1)
    return Match(period.end, (span.first, span.last))


def _rest_at(tokens: Tokens, i: int, today: Today) -> Match[tuple[dt.date, dt.date]] | None:
    """Read the rest of the week, later this month, upcoming (a week)."""
    j = i + 1 if tokens.word(i) == "the" else i
    if tokens.words[j : j + 2] in {("rest", "of"), ("remainder", "of")}:
        period = period_at(tokens, j + 2)
        return Match(period.end, (today.date, period.value.span(today).last)) if period else None
    if tokens.word(j) == "later":
        period = period_at(tokens, j + 1)
        if period is None or period.value.stretch is Stretch.DAY:
            return None
        return Match(
            period.end, (min(today.date + _A_DAY, period.value.span(today).last), period.value.span(today).last)
        )
    if tokens.word(j) in {"upcoming", "soon"} and date_at(tokens, j) is None and period_at(tokens, j) is None:
        return Match(j + 1, (today.date, today.date + 7 * _A_DAY))
    return None


def _weekend_at(tokens: Tokens, i: int, today: Today) -> Match[tuple[dt.date, dt.date]] | None:
    j = i + 1 if tokens.word(i) == "the" else i
    lead = tokens.word(j)
    j += lead in THIS or lead in NEXT or lead in _PAST
    j += tokens.word(j) in NEXT and lead in THIS
    if tokens.word(j) not in {"weekend", "wkend"}:
        return None
    offset = 1 if lead in NEXT and lead not in {"coming", "upcoming"} else -1 if lead in _PAST else 0
    ahead = (5 - today.date.weekday()) % 7 if today.date.weekday() != 6 else -1
    saturday = today.date + (ahead + 7 * offset) * _A_DAY
    return Match(j + 1, (saturday, saturday + _A_DAY))


def _past_weekday_at(tokens: Tokens, i: int, today: Today) -> Match[tuple[dt.date, dt.date]] | None:
    """Read last friday, yesterday's own words are dates."""
    if tokens.word(i) not in _PAST:
        return None
    date = date_at(tokens, i)
    if date is None:
        return None
    day = date.value.resolve(today)
    return Match(date.end, (day, day))


def _part_of_today_at(tokens: Tokens, i: int, today: Today, zone: str) -> Match[Bounds] | None:
    part = part_at(tokens, i)
    if part is None:
        return None
    start, end = PART_WINDOWS[part.value.part]
    return Match(part.end, _window(today.date, start, end, zone))


def _pair_at(tokens: Tokens, i: int, today: Today) -> Match[Bounds] | None:
    """Read monday and friday, dec 1 to dec 7 after "between" or "from"."""
    first = _days_at(tokens, i, today)
    if first is None or tokens.word(first.end) not in {"and", "to", "until", "till", "through", "thru", "-", "–", "&"}:
        return None
    last = _days_at(tokens, first.end + 1, today)
    if last is None:
        return None
    start, end = first.value[0], last.value[1]
    if end < start:
        later = Today(
            today.now.replace(year=start.year, month=start.month, day=start.day), today.week_start, today.order
        )
        again = _days_at(tokens, first.end + 1, later)
        end = again.value[1] if again else end
    return Match(last.end, Bounds(Due(start), Due(end)))


def _range_at(tokens: Tokens, i: int, today: Today) -> Match[Bounds] | None:
    """Read a range of days as tasks have them: from 20 to 25 august."""
    found = range_at(tokens, i)
    if found is None or found.value.start.date is None or found.value.end.date is None:
        return None
    if found.value.start.clock is not None or found.value.end.clock is not None:
        return None
    first, last = found.value.start.date.resolve(today), found.value.end.date.resolve(today)
    return Match(found.end, Bounds(Due(first), Due(last))) if first <= last else None


def _one_sided_at(tokens: Tokens, i: int, today: Today, zone: str, *, before: bool) -> Match[Bounds] | None:
    """Read what follows before or after: a day or period, which is left out, or a time, which is the bound."""
    i += tokens.word(i) == "the" and tokens.word(i + 1) in STRETCHES
    timed = _time_at(tokens, i, today, zone)
    if timed is not None:
        day_end = None if timed.value.date == today.date else Due(timed.value.date)
        return Match(timed.end, Bounds(last=timed.value) if before else Bounds(timed.value, day_end))
    days = _days_at(tokens, i, today)
    if days is None:
        return None
    if before:
        return Match(days.end, Bounds(last=Due(days.value[0] - _A_DAY)))
    return Match(days.end, Bounds(first=Due(days.value[1] + _A_DAY)))


def _by_at(tokens: Tokens, i: int, today: Today, zone: str) -> Match[Bounds] | None:
    timed = _time_at(tokens, i, today, zone)
    if timed is not None:
        return Match(timed.end, Bounds(last=timed.value))
    days = _days_at(tokens, i, today)
    return Match(days.end, Bounds(last=Due(days.value[1]))) if days else None


def _since_at(tokens: Tokens, i: int, today: Today, *, past: bool) -> Match[Bounds] | None:
    days = _days_at(tokens, i, today)
    if days is None:
        return None
    end = days.end
    while tokens.word(end) in {"on", "onwards", "onward", "forward"} and tokens.word(end - 1) != "on":
        end += 1
    first = before_today(days.value[0], today.date) if past else days.value[0]
    return Match(end, Bounds(first=Due(first)))


def before_today(day: dt.date, today: dt.date) -> dt.date:
    """Return the last such day that is not ahead: what was done "on monday" was done last Monday."""
    if day <= today:
        return day
    return day - 7 * _A_DAY if (day - today).days <= 7 else add_months(day, -12)


def _time_at(tokens: Tokens, i: int, today: Today, zone: str) -> Match[Due] | None:
    """Read a time with or without a day: 5pm, noon tomorrow."""
    clock = clock_at(tokens, i)
    if clock is None:
        return None
    day_follows = tokens.word(clock.end) in DAY_WORDS or tokens.word(clock.end) in WEEKDAYS
    if clock.value.open and ":" not in clock.value.text and not day_follows:
        return None
    j = clock.end + 1 if tokens.word(clock.end) == "on" else clock.end
    days = _days_at(tokens, j, today)
    day = days.value[0] if days else today.date
    return Match(days.end if days else clock.end, Due(day, clock.value.time, zone))


def _window(day: dt.date, start: int, end: int, zone: str) -> Bounds:
    last = dt.time(end) if end < 24 else _LAST_MINUTE
    return Bounds(Due(day, dt.time(start), zone), Due(day, last, zone))


def _wall(moment: dt.datetime, zone: str) -> Due:
    return Due(moment.date(), moment.time(), zone)
