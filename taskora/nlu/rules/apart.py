"""Rules in two places: an adjective that opens the task and the days it means behind the noun.

"Monthly potluck on the third saturday", "bi-weekly 1:1 with Sana on mondays". The days make sure that the adjective repeats.
"""

from dataclasses import replace

from taskora.nlu.candidates import Match
from taskora.nlu.rules.adverbs import adjective_at, adverb_at
from taskora.nlu.rules.days import days_at
from taskora.nlu.rules.phrase import Freq, Part, Phrase
from taskora.nlu.rules.places import place_at
from taskora.nlu.rules.tails import of_period_at
from taskora.nlu.rules.yearly import days_of_year_at
from taskora.nlu.tokens import Tokens

Found = tuple[int, Match[Phrase]]
_OPENING = frozenset(("add", "a", "an", "the", "my", "our", "new"))


def apart(tokens: Tokens, phrases: list[Found]) -> list[Found]:
    """Return both pieces as rules in place of what was found, or what was found."""
    return (
        _place_and_every_month(tokens, phrases)
        or _adjective_and_days(tokens, phrases)
        or _often_and_days(phrases)
        or _period_again(phrases)
        or phrases
    )


def _often_and_days(phrases: list[Found]) -> list[Found] | None:
    """Read "twice a week" with its days elsewhere: they are what repeats."""
    said = [found for found in phrases if not found[1].value.spread and found[1].value.parts]
    if len(said) == len(phrases) or not any(part.weekdays for _, match in said for part in match.value.parts):
        return None
    return [
        (start, Match(match.end, Phrase(()), 0.97)) if match.value.spread else (start, match)
        for start, match in phrases
    ]


def _period_again(phrases: list[Found]) -> list[Found] | None:
    """Read a period that only says again how often its days come: the 1st of jan and july every year."""
    plain = [found for found in phrases if _is_plain(found[1].value)]
    if not plain or len(plain) == len(phrases):
        return None
    freqs = {part.freq for found in phrases if found not in plain for part in found[1].value.parts if part.anchored}
    again = [found for found in plain if found[1].value.parts[0].freq in freqs]
    if not again:
        return None
    return [
        (start, Match(match.end, Phrase(()), 0.97)) if (start, match) in again else (start, match)
        for start, match in phrases
    ]


def _is_plain(phrase: Phrase) -> bool:
    """Tell whether a phrase is only a period: every year."""
    return len(phrase.parts) == 1 and phrase.parts[0] == Part(phrase.parts[0].freq) and not phrase.parts[0].anchored


def _place_and_every_month(tokens: Tokens, phrases: list[Found]) -> list[Found] | None:
    """Read "every month" with its place elsewhere: last tuesday of the month board pack every month."""
    if len(phrases) != 1 or len(phrases[0][1].value.parts) != 1:
        return None
    start, match = phrases[0]
    part = match.value.parts[0]
    if part.freq is not Freq.MONTHLY or part.anchored or part.by_clock:
        return None
    for i in range(len(tokens)):
        place = place_at(tokens, i) if not start <= i < match.end and tokens.opens(i) else None
        if place is not None and place.value.weekdays and tokens.word(place.end) == "of":
            period = of_period_at(tokens, place.end)
            if period is None or period.value.freq is not Freq.MONTHLY or period.value.months:
                continue
            chosen = replace(part, weekdays=place.value.weekdays, positions=place.value.positions)
            rule = match._replace(value=replace(match.value, parts=(chosen,)))
            return [(start, rule), (i, Match(period.end, Phrase(()), 0.97))]
    return None


def _adjective_and_days(tokens: Tokens, phrases: list[Found]) -> list[Found] | None:
    opening = 0
    while tokens.word(opening) in _OPENING:
        opening += 1
    adjective = adjective_at(tokens, opening)
    if adjective is None or adverb_at(tokens, opening) is not None:
        return None
    for i in range(adjective.end + 1, len(tokens)):
        days = _days_at(tokens, i, adjective.value) if tokens.words[i] == "on" else None
        if days is not None and tokens.closes(days.end):
            others = [found for found in phrases if not i <= found[0] < days.end]
            if others:
                return None
            rule = Match(adjective.end, Phrase(days.value), 0.95, adjective.assumptions)
            return [(opening, rule), (i, Match(days.end, Phrase(()), 0.97))]
    return None


def _days_at(tokens: Tokens, i: int, part: Part) -> Match[tuple[Part, ...]] | None:
    """Read the days that go with the adjective at "on"."""
    if part.freq is Freq.WEEKLY:
        days = days_at(tokens, i + 1) if part.interval > 1 else None
        weekdays = tuple((0, day) for day in days.value) if days else ()
        return Match(days.end, (replace(part, weekdays=weekdays),)) if days else None
    if part.freq is Freq.MONTHLY:
        place = place_at(tokens, i + 1)
        if place is None:
            return None
        found = place.value
        chosen = replace(part, month_days=found.month_days, weekdays=found.weekdays, positions=found.positions)
        return Match(place.end, (chosen,))
    if part.freq is Freq.YEARLY:
        dates = days_of_year_at(tokens, i + 1)
        return Match(dates.end, tuple(replace(one, interval=part.interval) for one in dates.value)) if dates else None
    return None
