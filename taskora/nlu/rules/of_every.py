"""Rules in which the period comes last: the first monday of every month, the 15th of each month, end of every quarter."""

from dataclasses import replace

from taskora.nlu.candidates import Match
from taskora.nlu.rules.exceptions import exceptions_at
from taskora.nlu.rules.phrase import LAST, Freq, Part, Phrase
from taskora.nlu.rules.places import edge_at, place_at
from taskora.nlu.rules.tails import of_period_at, with_tails
from taskora.nlu.rules.vocabulary import EVERY, ON
from taskora.nlu.tokens import Tokens

_QUARTER_STARTS = (1, 4, 7, 10)
_QUARTER_ENDS = (3, 6, 9, 12)
_SUNDAY = 6


def of_every_at(tokens: Tokens, i: int) -> Match[Phrase] | None:
    """Read a place in a period that repeats. Without "every" or "each" the place is one date and not meant here."""
    i = i + 1 if tokens.word(i) in ON else i
    place = _place_or_edge_at(tokens, i)
    if place is None:
        return None
    period = of_period_at(tokens, place.end)
    if period is None or not _repeats(tokens, place.end, period):
        return None
    part = in_period(place.value, period.value, quarter=tokens.word(period.end - 1).startswith("q"))
    if part is None or not tokens.closes(period.end):
        return None
    tailed = with_tails(tokens, period.end, (part,))
    return Match(tailed.end, Phrase(tailed.value), 0.95, tailed.assumptions)


def _repeats(tokens: Tokens, i: int, period: Match[Part]) -> bool:
    """Tell whether the period at `i` comes again: each month, monthly, jan and jul, the month except january."""
    said = tokens.words[i : period.end]
    if not EVERY.isdisjoint(said) or said == ("monthly",) or len(period.value.months) > 1:
        return True
    return said[-1:] == ("month",) and exceptions_at(tokens, period.end) is not None


def in_period(place: Part, period: Part, *, quarter: bool) -> Part | None:
    """Put a place of a month into the period it was said of; None where that says nothing (the 15th of every week)."""
    if period.freq is Freq.WEEKLY:
        days = {1: 0, LAST: _SUNDAY}
        if len(place.month_days) == 1 and place.month_days[0] in days:
            return Part(Freq.WEEKLY, period.interval, weekdays=((0, days[place.month_days[0]]),))
        return None
    if period.freq is Freq.YEARLY and period.months:
        freq = Freq.MONTHLY if place.positions else Freq.YEARLY
        return replace(place, freq=freq, months=period.months)
    last = place.month_days[:1] < (0,) if place.month_days else _counted_from_end(place)
    if period.freq is Freq.YEARLY:
        month = 12 if last else 1
        return replace(place, freq=Freq.YEARLY, interval=period.interval, months=(month,))
    if quarter:
        return replace(place, months=_QUARTER_ENDS if last else _QUARTER_STARTS)
    return replace(place, interval=period.interval)


def _counted_from_end(place: Part) -> bool:
    ordinals = place.positions or tuple(nth for nth, _ in place.weekdays)
    return ordinals[0] < 0


def _place_or_edge_at(tokens: Tokens, i: int) -> Match[Part] | None:
    edge = edge_at(tokens, i)
    if edge is not None and tokens.word(edge.end - 1) == "of":
        return Match(edge.end - 1, Part(Freq.MONTHLY, month_days=(edge.value,)))
    return place_at(tokens, i)
