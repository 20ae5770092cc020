"""What a rule leaves out: except weekends, but not in july, excluding the last friday, except on dec 25 and jan 1."""

from taskora.nlu.candidates import Match
from taskora.nlu.dates.grammar import date_at
from taskora.nlu.rules.days import days_at
from taskora.nlu.rules.phrase import WEEKEND, Bound, Exceptions
from taskora.nlu.rules.places import place_at
from taskora.nlu.rules.tails import of_period_at
from taskora.nlu.rules.vocabulary import FOR_LISTS, THE, WEEKEND_WORDS
from taskora.nlu.rules.yearly import months_at
from taskora.nlu.tokens import Tokens
from taskora.nlu.wordlists import word_set

_EXCEPT = word_set("except excepting excluding exclude skipping skip minus without besides exept excpet")
_TWO_WORDS = {
    ("but", "not"),
    ("apart", "from"),
    ("aside", "from"),
    ("other", "than"),
    ("but", "skip"),
    ("but", "never"),
    ("save", "for"),
    ("just", "not"),
    ("and", "not"),
    ("with", "exception"),
}
_MOST = 31
_LEADS = word_set("on in for during the of at from every , when it's is a")


def exceptions_at(tokens: Tokens, i: int) -> Match[Bound] | None:
    """Read what a rule leaves out."""
    if tokens.word(i) in _EXCEPT or (tokens.word(i) == "not" and tokens.word(i + 1) in {"on", "in", "at", "during"}):
        j = i + 1
    elif (tokens.word(i), tokens.word(i + 1)) in _TWO_WORDS:
        j = i + 2
    elif tokens.word(i) == "but" and days_at(tokens, i + 1) is not None:
        j = i + 1
    else:
        return None
    first = _item_at(tokens, _after_leads(tokens, j))
    if first is None:
        return None
    end, left_out = first.end, first.value
    for _ in range(_MOST):
        j = end
        while tokens.word(j) in FOR_LISTS:
            j += 1
        following = _item_at(tokens, _after_leads(tokens, j)) if j > end else None
        if following is None or not tokens.closes(following.end):
            return Match(end, Bound(except_=left_out)) if tokens.closes(end) else None
        end, left_out = following.end, left_out + following.value
    return Match(end, Bound(except_=left_out))


def _item_at(tokens: Tokens, i: int) -> Match[Exceptions] | None:
    place = place_at(tokens, i)
    if place is not None and place.value.weekdays and not place.value.positions:
        period = of_period_at(tokens, place.end)
        end = period.end if period else place.end
        return Match(end, Exceptions(nth_weekdays=place.value.weekdays))
    months = months_at(tokens, i)
    longer = date_at(tokens, i)
    if months is not None and (longer is None or longer.end <= months.end):
        return Match(months.end, Exceptions(months=months.value))
    days = days_at(tokens, i)
    if days is not None and (longer is None or longer.end <= days.end):
        weekend = not WEEKEND_WORDS.isdisjoint(tokens.words[i : days.end])
        return Match(days.end, Exceptions(weekdays=WEEKEND if weekend else days.value))
    if longer is None:
        return None
    return Match(longer.end, Exceptions(dates=(longer.value,)))


def _after_leads(tokens: Tokens, i: int) -> int:
    while tokens.word(i) in _LEADS or tokens.word(i) in THE:
        i += 1
    return i
