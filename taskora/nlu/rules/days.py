"""Weekdays in a rule: one, several, a range, a set such as "weekdays", and lists in which the days have their own times."""

from collections.abc import Callable
from typing import TypeVar

from taskora.nlu.candidates import Match
from taskora.nlu.rules.clock import clock_at
from taskora.nlu.rules.phrase import WEEKEND, WORKDAYS, Freq, Part
from taskora.nlu.rules.vocabulary import ALL_WEEKDAYS, DAY_SETS, EVERY, FOR_LISTS, TO, WORKDAY_FIRST
from taskora.nlu.tokens import Tokens

Days = tuple[int, ...]
Item = TypeVar("Item")
LETTERS = {"m": 0, "t": 1, "w": 2, "th": 3, "f": 4}
"""Weekdays as letters: m/w/f."""

_MOST = 14
"""So many items of a list are read; no more keeps reading linear in the length of a line."""


def days_at(tokens: Tokens, i: int) -> Match[Days] | None:
    """Read weekdays at `i`: friday; mon-wed; monday through friday; weekdays; mon, wed and fri; MWF."""
    listed = _list_at(tokens, i, _some_days_at)
    return Match(listed[0], _in_order([day for days in listed[1] for day in days])) if listed else None


def timed_days_at(tokens: Tokens, i: int) -> Match[tuple[Part, ...]] | None:
    """Read weekdays of which at least two groups have times of their own: mon at 8pm and tue at 9pm."""
    listed = _list_at(tokens, i, _timed_at)
    if listed is None or sum(bool(part.times) for part in listed[1]) < 2:
        return None
    end, parts = listed
    grouped: list[Part] = []
    waiting: tuple[tuple[int, int], ...] = ()
    for part in parts:
        waiting += part.weekdays
        if part.times:
            grouped.append(Part(Freq.WEEKLY, weekdays=waiting, times=part.times))
            waiting = ()
    return None if waiting else Match(end, tuple(grouped))


def one_day_at(tokens: Tokens, i: int) -> Match[Days] | None:
    """Read a single weekday word or a set word at `i`."""
    word = tokens.word(i)
    if word in ALL_WEEKDAYS:
        return Match(i + 1, (ALL_WEEKDAYS[word],))
    if word in WORKDAY_FIRST and tokens.word(i + 1) in {"day", "days"}:
        return Match(i + 2, WORKDAYS)
    if word in DAY_SETS:
        if word == "weekend" and tokens.word(i + 1) in {"day", "days"}:
            return Match(i + 2, WEEKEND)
        return Match(i + 1, DAY_SETS[word])
    return None


def _letters_at(tokens: Tokens, i: int) -> Match[Days] | None:
    """Read m/w/f and t/th, which are never spaced."""
    days, end = [], i
    while tokens.word(end) in LETTERS:
        days.append(LETTERS[tokens.word(end)])
        end += 1
        if tokens.word(end) != "/" or not tokens.glued(end) or not tokens.glued(end + 1):
            break
        end += 1
    return Match(end, tuple(days)) if len(days) > 1 and tokens.closes(end) else None


def _some_days_at(tokens: Tokens, i: int) -> Match[Days] | None:
    """Read a weekday, a set, or a range."""
    letters = _letters_at(tokens, i) if tokens.word(i) in LETTERS else None
    if letters is not None:
        return letters
    first = one_day_at(tokens, i)
    if first is None or len(first.value) > 1 or tokens.word(first.end) not in TO:
        return first
    last = one_day_at(tokens, first.end + 1)
    if last is None or len(last.value) > 1 or not tokens.closes(last.end):
        return first
    length = (last.value[0] - first.value[0]) % 7
    return Match(last.end, tuple((first.value[0] + step) % 7 for step in range(length + 1)))


def _timed_at(tokens: Tokens, i: int) -> Match[Part] | None:
    days = _some_days_at(tokens, i)
    if days is None:
        return None
    clock = clock_at(tokens, days.end)
    times = (clock.value,) if clock else ()
    return Match(
        clock.end if clock else days.end,
        Part(Freq.WEEKLY, weekdays=tuple((0, day) for day in days.value), times=times),
    )


def _list_at(
    tokens: Tokens, i: int, item_at: Callable[[Tokens, int], Match[Item] | None]
) -> tuple[int, list[Item]] | None:
    """Read items parted by commas, "and" or a blank; each may say "every" again."""
    first = item_at(tokens, i)
    if first is None:
        return None
    end, items = first.end, [first.value]
    while len(items) < _MOST and (item := item_at(tokens, _after_separator(tokens, end))) is not None:
        if not tokens.closes(item.end) and tokens.word(item.end) != "/":
            break
        items.append(item.value)
        end = item.end
    return end, items


def _after_separator(tokens: Tokens, i: int) -> int:
    while tokens.word(i) in FOR_LISTS:
        i += 1
    if tokens.word(i) in EVERY or tokens.word(i) == "on":
        i += 1
    return i


def _in_order(days: list[int]) -> Days:
    return tuple(sorted(set(days)))
