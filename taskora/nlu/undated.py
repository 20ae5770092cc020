"""Words that say there is no date: no date, no due date, someday, later."""

from dataclasses import dataclass

from taskora.nlu.candidates import Candidate, Kind
from taskora.nlu.sightings import all_capitals
from taskora.nlu.tokens import Tokens

_SURE = (
    *("no date", "no due date", "no due", "no deadline", "without a date", "without date", "without a due date"),
    *("without due date", "without deadline", "without a deadline", "undated", "with no date", "with no due date"),
    *("no particular date", "whenever", "any time", "anytime", "no specific date"),
)
_AT_THE_EDGE = ("someday", "some day", "sometime", "some time", "later", "one day", "at some point", "eventually")
_SURE_FORMS = tuple(tuple(form.split()) for form in _SURE)
_EDGE_FORMS = tuple(tuple(form.split()) for form in _AT_THE_EDGE)
_FIRST = frozenset(form[0] for form in (*_SURE_FORMS, *_EDGE_FORMS))
_NOT_AFTER = frozenset(("you", "until", "till", "for", "see", "than", "or", "sooner", "and", "the", "a", "back"))


@dataclass(frozen=True, slots=True)
class Undated:
    """The person wants no date."""


def find_undated(tokens: Tokens, begin: int, stop: int) -> list[Candidate]:
    """Return the words between `begin` and `stop` that refuse a date. Someday and later count only at an edge."""
    found: list[Candidate] = []
    for i in range(max(begin, 0), stop):
        if tokens.words[i] in _FIRST and tokens.opens(i):
            end = _end(tokens, i, begin, stop)
            if end:
                first, last = tokens.span(i, end)
                found.append(Candidate(first, last, Kind.DATE, Undated(), 0.9))
    return found


def _end(tokens: Tokens, i: int, begin: int, stop: int) -> int:
    for form in _SURE_FORMS:
        if tokens.words[i : i + len(form)] == form and tokens.closes(i + len(form)):
            return i + len(form)
    for form in _EDGE_FORMS:
        end = i + len(form)
        if tokens.words[i:end] == form and tokens.closes(end):
            at_start = i == begin and form in {("someday",), ("some", "day"), ("eventually",)} and end < stop
            named = tokens[i].capitalised and not all_capitals(tokens)
            at_end = end >= stop and i > begin and not named and tokens.word(i - 1) not in _NOT_AFTER
            return end if at_start or at_end else 0
    return 0
