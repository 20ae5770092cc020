"""How long something takes: for 45min, for an hour and a half, lasting 2 hours, [30m], ~30m, +30m.

Words count only beside a time of day (`for 45min` may belong to the task); the signs [30m] and ~30m say it anywhere.
"""

import datetime as dt

from taskora.nlu.candidates import Candidate, Kind, Match
from taskora.nlu.quantities import Quantity, quantity_at
from taskora.nlu.tokens import Tokens

SIGNS_OF_DURATION = frozenset("[~")
LONGEST = dt.timedelta(hours=24)
_LEADS = frozenset(("for", "lasting", "lasts", "takes", "taking", "duration", "length"))
_NEARLY = frozenset(("about", "around", "approximately", "roughly", "approx", "up"))
_BRACKETS = {"[": "]", "(": ")"}
_SIGNS = frozenset(("~", "+"))


def find_durations(tokens: Tokens) -> list[Candidate]:
    """Return the durations of a line: a timedelta of at most a day."""
    found: list[Candidate] = []
    for i, word in enumerate(tokens.words):
        if (word in _LEADS or word in _BRACKETS or word in _SIGNS) and tokens.opens(i):
            match = duration_at(tokens, i)
            if match is not None:
                start, end = tokens.span(i, match.end)
                found.append(Candidate(start, end, Kind.DURATION, match.value, match.score, match.assumptions))
    return found


def duration_at(tokens: Tokens, i: int) -> Match[dt.timedelta] | None:
    """Read a duration at `i`, with the word or sign that leads to it."""
    word = tokens.word(i)
    if word in _BRACKETS:
        quantity = quantity_at(tokens, i + 1)
        closed = quantity is not None and tokens.word(quantity.end) == _BRACKETS[word]
        return _short(quantity, quantity.end + 1) if quantity and closed else None
    j = i + 1
    if word in _SIGNS:
        return _short(quantity_at(tokens, j), None) if tokens.glued(j) else None
    if word not in _LEADS:
        return None
    if tokens.word(j) in {":", "of", "is"}:
        j += 1
    if tokens.word(j) in _NEARLY or tokens.word(j) == "~":
        j += 2 if tokens.words[j : j + 2] == ("up", "to") else 1
    return _short(quantity_at(tokens, j), None)


def _short(quantity: Match[Quantity] | None, end: int | None) -> Match[dt.timedelta] | None:
    length = quantity.value.elapsed if quantity else None
    if quantity is None or length is None or not quantity.value.by_clock or length > LONGEST:
        return None
    return Match(end or quantity.end, length, 0.96, quantity.assumptions)
