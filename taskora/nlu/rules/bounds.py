"""Where a series starts and ends and what it leaves out: starting mar 3, until june, for 3 weeks, 5 times, except weekends.

The first words decide: each bound is a position parser under its opening word.
"""

from taskora.nlu.candidates import Match
from taskora.nlu.dates.expressions import InPeriod, MonthDay
from taskora.nlu.dates.grammar import date_at
from taskora.nlu.dates.period_phrases import NEXT, THIS, period_at
from taskora.nlu.dates.periods import NthDay, Stretch
from taskora.nlu.numbers import number_at
from taskora.nlu.quantities import quantity_at
from taskora.nlu.rules.clock import clock_at
from taskora.nlu.rules.completion import completion_at
from taskora.nlu.rules.exceptions import exceptions_at
from taskora.nlu.rules.phrase import Bound
from taskora.nlu.tokens import Tokens
from taskora.nlu.wordlists import word_set

STARTING = word_set("starting start starts beginning begin begins from commencing effective since startign")
ENDING = word_set("until till til untill ending ends end through thru finishing up unti")
_LEADS = word_set("on at from the in as of with and , to")
_TIMES = word_set("times time repetitions occurrences reps repeats x")
_NEVER = word_set("forever indefinitely")
_WORD_COUNTS = {"once": 1, "twice": 2, "thrice": 3}


def bound_at(tokens: Tokens, i: int) -> Match[Bound] | None:
    """Read one bound at `i`."""
    word = tokens.word(i)
    within = _within_at(tokens, i)
    if within is not None:
        return within
    if word in STARTING:
        return _start_at(tokens, i)
    if word in ENDING or (word == "to" and tokens.word(i + 1) != "the"):
        return _until_at(tokens, i)
    if word in {"for", "over"}:
        return _lasting_at(tokens, i) or _count_at(tokens, i + 1)
    return _count_at(tokens, i) or completion_at(tokens, i) or exceptions_at(tokens, i)


def _within_at(tokens: Tokens, i: int) -> Match[Bound] | None:
    """Read the period in which a rule holds: every day this week, daily for the rest of the month, next week."""
    j = i + 1 if tokens.word(i) in {"during", "for", "of", "all"} else i
    if tokens.words[j : j + 3] == ("the", "rest", "of"):
        j += 3
        first = False
    else:
        first = tokens.word(j) in NEXT
    period = period_at(tokens, j)
    if period is None or not tokens.closes(period.end):
        return None
    value = period.value
    if value.stretch not in {Stretch.WEEK, Stretch.MONTH, Stretch.YEAR} or value.index is not None:
        return None
    if tokens.word(j) not in THIS and tokens.word(j) not in NEXT and j == i:
        return None
    start = InPeriod(value, NthDay(1)) if first else None
    until = InPeriod(value, NthDay(-1))
    return Match(period.end, Bound(start=start, until=until))


def _start_at(tokens: Tokens, i: int) -> Match[Bound] | None:
    """Read a first day, a first time, or both: from 10 May; starting at 9pm; beginning tomorrow at 8."""
    j = _after_leads(tokens, i + 1)
    day = date_at(tokens, j)
    if day is None:
        clock = clock_at(tokens, j) if tokens.word(i) != "from" else None
        return Match(clock.end, Bound(start_time=clock.value), assumptions=clock.assumptions) if clock else None
    if not tokens.closes(day.end):
        return None
    return Match(day.end, Bound(start=day.value), assumptions=day.assumptions)


def _until_at(tokens: Tokens, i: int) -> Match[Bound] | None:
    j = i + 1
    if tokens.word(i) == "up":
        if tokens.word(j) not in {"to", "until", "till"}:
            return None
        j += 1
    if tokens.word(j) in _NEVER or tokens.words[j : j + 2] == ("further", "notice"):
        return Match(j + (1 if tokens.word(j) in _NEVER else 2), Bound())
    if tokens.word(i) not in {"to", "end"}:
        j = _after_leads(tokens, j, but="the")
    day = date_at(tokens, j)
    hours = tokens.number(i - 1) >= 0 and tokens.word(j + 1) == "."  # 4 till 5.30
    if day is not None and tokens.closes(day.end) and not hours:
        return Match(day.end, Bound(until=day.value), assumptions=day.assumptions)
    year = tokens.number(j)
    if 2000 <= year < 2200 and tokens.closes(j + 1):
        return Match(j + 1, Bound(until=MonthDay(1, 1, year)))
    if tokens.word(i) in {"ending", "ends"} and tokens.word(i + 1) == "after":
        return _count_at(tokens, i + 2) or _lasting_at(tokens, i + 1)
    return None


def _lasting_at(tokens: Tokens, i: int) -> Match[Bound] | None:
    """Read for 3 weeks, for the next 2 months. Hours are a duration, not a bound."""
    j = i + 1
    while tokens.word(j) in {"the", "next", "coming", "following", "a", "total", "of", "another"} and (
        quantity_at(tokens, j) is None
    ):
        j += 1
    quantity = quantity_at(tokens, j)
    if quantity is None or quantity.value.by_clock or quantity.value.workdays:
        return None
    return Match(quantity.end, Bound(lasting=quantity.value), assumptions=quantity.assumptions)


def _count_at(tokens: Tokens, i: int) -> Match[Bound] | None:
    """Read 5 times, five more times, 10x, x5, a total of 5 times."""
    if tokens.words[i : i + 3] == ("a", "total", "of"):
        i += 3
    if tokens.word(i) in _WORD_COUNTS and tokens.word(i) != "once" and tokens.word(i - 1) in {"for", "only"}:
        return Match(i + 1, Bound(count=_WORD_COUNTS[tokens.word(i)]))
    if tokens.word(i) == "x" and tokens.number(i + 1) > 0 and tokens.closes(i + 2):
        return Match(i + 2, Bound(count=tokens.number(i + 1)))
    number = number_at(tokens, i)
    if number is None or not 0 < number.value <= 1000:
        return None
    j = number.end + 1 if tokens.word(number.end) in {"more", "-"} else number.end
    if tokens.word(j) not in _TIMES or (tokens.word(j) == "time" and number.value > 1) or not tokens.closes(j + 1):
        return None
    if tokens.word(j + 1) in {"a", "per", "each", "every"} and tokens.word(j + 2) in {"day", "week", "month", "year"}:
        return (
            None if tokens.word(j) != "x" or tokens.word(j + 1) != "every" else Match(j + 1, Bound(count=number.value))
        )
    end = j + 2 if tokens.words[j + 1 : j + 3] == ("in", "total") else j
    return Match(end + 1, Bound(count=number.value))


def _after_leads(tokens: Tokens, i: int, but: str = "") -> int:
    while tokens.word(i) in _LEADS and tokens.word(i) != but:
        i += 1
    return i
