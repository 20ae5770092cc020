"""Days within a month: the 1st and 15th, the last day, the first Friday, the third workday, the second to last day."""

from taskora.nlu.candidates import Match
from taskora.nlu.numbers import ordinal_at
from taskora.nlu.rules.days import one_day_at
from taskora.nlu.rules.phrase import LAST, WORKDAYS, Freq, Part
from taskora.nlu.rules.vocabulary import FOR_LISTS, THE, TO
from taskora.nlu.tokens import Tokens

_LAST_ORDINAL_OF_WEEKDAY = 5
_MOST = 31
_EDGES = {"start": 1, "beginning": 1, "middle": 15, "mid": 15, "end": LAST}


def place_at(tokens: Tokens, i: int, *, bare: bool = False) -> Match[Part] | None:
    """Read days of a month at `i` as a monthly part; with `bare`, plain numbers count as days: 2, 15, 27."""
    i = _skip_article(tokens, i)
    ordinals = _ordinals_at(tokens, i, bare=bare)
    if ordinals is None:
        return None
    named = _weekdays_after(tokens, ordinals)
    if named is not None:
        return named
    end = ordinals.end
    has_day = tokens.word(end) in {"day", "days"}
    days = tuple(dict.fromkeys(ordinals.value))
    if not all(day <= 31 for day in days) or (days[0] < 0 and not has_day and len(days) == 1):
        return None
    return Match(end + has_day, Part(Freq.MONTHLY, month_days=days))


def edge_at(tokens: Tokens, i: int) -> Match[int] | None:
    """Read "the end of", "the start of", "mid" before a period as a day of it: -1, 1 or 15."""
    i = _skip_article(tokens, i)
    day = _EDGES.get(tokens.word(i))
    if day is None:
        return None
    return Match(i + 2 if tokens.word(i + 1) == "of" else i + 1, day)


def _skip_article(tokens: Tokens, i: int) -> int:
    return i + 1 if tokens.word(i) in THE else i


def _weekdays_after(tokens: Tokens, ordinals: Match[tuple[int, ...]]) -> Match[Part] | None:
    days = one_day_at(tokens, ordinals.end)
    if days is None:
        return None
    ordered = tuple(dict.fromkeys(ordinals.value))
    if days.value == WORKDAYS:
        each = tuple((0, day) for day in WORKDAYS)
        return Match(days.end, Part(Freq.MONTHLY, weekdays=each, positions=ordered))
    if not all(abs(nth) <= _LAST_ORDINAL_OF_WEEKDAY for nth in ordered):
        return None
    each = tuple((nth, days.value[0]) for nth in ordered)
    return Match(days.end, Part(Freq.MONTHLY, weekdays=each))


def _ordinals_at(tokens: Tokens, i: int, *, bare: bool) -> Match[tuple[int, ...]] | None:
    first = _ordinal_at(tokens, i, bare=bare)
    if first is None:
        return None
    end, found = first.end, [first.value]
    for _ in range(_MOST):
        j = end
        is_range = tokens.word(j) in TO
        while tokens.word(j) in FOR_LISTS or tokens.word(j) in TO:
            j += 1
        following = _ordinal_at(tokens, _skip_article(tokens, j), bare=bare) if j > end else None
        if following is None or not tokens.closes(following.end):
            return Match(end, tuple(found))
        between = range(found[-1] + 1, following.value) if is_range and following.value > 0 else ()
        found += [*between, following.value]
        end = following.end
    return Match(end, tuple(found))


def _ordinal_at(tokens: Tokens, i: int, *, bare: bool) -> Match[int] | None:
    if tokens.word(i) == "day" and 0 < tokens.number(i + 1) <= 31:
        return Match(i + 2, tokens.number(i + 1))
    if tokens.word(i) == "penultimate":
        return Match(i + 1, -2)
    if (tokens.word(i), tokens.word(i + 1), tokens.word(i + 2)) == ("next", "to", "last"):
        return Match(i + 3, -2)
    found = ordinal_at(tokens, i)
    if found is not None:
        return _counted_from_the_end(tokens, found)
    number = tokens.number(i)
    return Match(i + 1, number) if bare and 0 < number <= 31 and tokens.closes(i + 1) else None


def _counted_from_the_end(tokens: Tokens, ordinal: Match[int]) -> Match[int]:
    """Read "second to last", "second-last" and "next to last" after their first word."""
    j = ordinal.end
    if tokens.word(j) == "-":
        j += 1
    if tokens.word(j) == "to":
        j += 1
        if tokens.word(j) == "-":
            j += 1
    if ordinal.value > 1 and tokens.word(j) == "last":
        return Match(j + 1, -ordinal.value)
    return ordinal
