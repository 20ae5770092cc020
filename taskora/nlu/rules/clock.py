"""Times inside a rule, where one time is not enough: several a day. A single time is left to the time grammar."""

import datetime as dt

from taskora.nlu.candidates import FIRM, Match
from taskora.nlu.rules.vocabulary import EVERY, FOR_LISTS
from taskora.nlu.times import time_at
from taskora.nlu.tokens import Tokens

_AGAIN = frozenset(("again", "daily", "then", "once", "also"))
"""Words between the times of a list: at 7am and again at 6pm."""


def clock_at(tokens: Tokens, i: int) -> Match[dt.time] | None:
    """Read a time of day at `i`, with or without "at". Raises InvalidField for one that no day has (25:00)."""
    found = time_at(tokens, i)
    if found is None and tokens.word(i) in {"at", "@", "around"}:
        found = time_at(tokens, i + 1)
    if found is None or not tokens.closes(found.end):
        return None
    return Match(found.end, found.value.time, found.score, found.value.notes())


def clocks_at(tokens: Tokens, i: int) -> Match[tuple[dt.time, ...]] | None:
    """Read two or more times: at 9am and 5pm; at 8, 12 and 6pm. The last one is told by its form (6pm, 18:00, noon)."""
    first = clock_at(tokens, i)
    if first is None or (first.score < FIRM and tokens.word(i) not in {"at", "@"}):
        return None
    times, end = [first.value], first.end
    while (following := _next_at(tokens, end)) is not None:
        times.append(following.value)
        end = following.end
    bare = tokens.number(end - 1) >= 0 and tokens.word(end - 2) != ":"
    return None if bare or len(times) < 2 else Match(end, tuple(times))


def _next_at(tokens: Tokens, i: int) -> Match[dt.time] | None:
    j = i
    while tokens.word(j) in FOR_LISTS:
        j += 1
    if j == i:
        return None
    while tokens.word(j) in _AGAIN:
        j += 1
    if tokens.word(j) in EVERY and tokens.word(j + 1) in {"day", "night"}:
        j += 2
    return clock_at(tokens, j)
