"""Rules that say how many times and leave open when: twice a day, 3 times a week, four times daily.

The times and days are spread evenly, and what was taken is said.
"""

import datetime as dt

from taskora.nlu.candidates import Match
from taskora.nlu.numbers import number_at
from taskora.nlu.rules.clock import clocks_at
from taskora.nlu.rules.phrase import Freq, Part, Phrase
from taskora.nlu.rules.tails import with_tails
from taskora.nlu.tokens import Tokens

_WORDS = {"twice": 2, "thrice": 3}
_PER = frozenset(("a", "an", "per", "each", "every", "/"))
_HOURS = {2: (9, 21), 3: (9, 15, 21), 4: (9, 13, 17, 21), 5: (8, 11, 14, 17, 20), 6: (8, 10, 12, 14, 17, 20)}
_WEEKDAYS = {2: (0, 3), 3: (0, 2, 4), 4: (0, 1, 3, 4), 5: (0, 1, 2, 3, 4), 6: (0, 1, 2, 3, 4, 5)}
_MONTH_DAYS = {2: (1, 15), 3: (1, 11, 21), 4: (1, 8, 15, 22)}
_MONTHS = {2: (1, 7), 3: (1, 5, 9), 4: (1, 4, 7, 10), 6: (1, 3, 5, 7, 9, 11)}
_ADVERBS = {"daily": "day", "weekly": "week", "monthly": "month", "yearly": "year", "annually": "year"}


def often_at(tokens: Tokens, i: int) -> Match[Phrase] | None:
    """Read how many times in a day, week, month or year; None for more than can be spread."""
    count = _count_at(tokens, i)
    if count is None:
        return None
    j = count.end
    unit = _ADVERBS.get(tokens.word(j), "")
    if not unit and tokens.word(j) in _PER:
        j, unit = j + 1, tokens.word(j + 1)
    part = _spread(unit, count.value)
    if part is None or not tokens.closes(j + 1):
        return None
    clocks = clocks_at(tokens, j + 1) if unit == "day" else None
    if clocks is not None and tokens.closes(clocks.end):
        return Match(clocks.end, Phrase((Part(Freq.DAILY, times=clocks.value),)), 0.95)
    tailed = with_tails(tokens, j + 1, (part,))
    note = f"took {tokens.slice(i, j + 1)} as {_said(part)}"
    return Match(tailed.end, Phrase(tailed.value, spread=True), 0.95, (note, *tailed.assumptions))


def _count_at(tokens: Tokens, i: int) -> Match[int] | None:
    if tokens.word(i) in _WORDS:
        return Match(i + 1, _WORDS[tokens.word(i)])
    number = number_at(tokens, i)
    if number is None or tokens.word(number.end) not in {"times", "x"}:
        return None
    return Match(number.end + 1, number.value)


def _spread(unit: str, count: int) -> Part | None:
    if unit == "day" and count in _HOURS:
        return Part(Freq.DAILY, times=tuple(dt.time(hour) for hour in _HOURS[count]))
    if unit == "week" and count in _WEEKDAYS:
        return Part(Freq.WEEKLY, weekdays=tuple((0, day) for day in _WEEKDAYS[count]))
    if unit == "month" and count in _MONTH_DAYS:
        return Part(Freq.MONTHLY, month_days=_MONTH_DAYS[count])
    if unit == "year" and count in _MONTHS:
        return Part(Freq.YEARLY, months=_MONTHS[count], month_days=(1,))
    return None


def _said(part: Part) -> str:
    """Name what was taken, for the assumption."""
    if part.times:
        names = [f"{time:%H:%M}" for time in part.times]
    elif part.weekdays:
        names = [f"{dt.date(2024, 1, 1 + day):%A}" for _, day in part.weekdays]
    elif part.months:
        names = [f"1 {dt.date(2024, month, 1):%B}" for month in part.months]
    else:
        names = [f"day {day} of the month" for day in part.month_days]
    return ", ".join(names[:-1]) + f" and {names[-1]}"
