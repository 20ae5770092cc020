"""The hard date beside the due one: {march 30}, deadline dec 10, deadline is next friday."""

from taskora.nlu.candidates import Candidate, Kind
from taskora.nlu.dates.grammar import date_at
from taskora.nlu.tokens import Tokens

_KINDS = frozenset(("hard", "final", "strict", "absolute", "firm", "real", "official", "the", "with", "a"))
_FILL = frozenset((":", "is", "of", "on", "by", "date", "at"))


def find_deadlines(tokens: Tokens) -> list[Candidate]:
    """Return the deadlines of a line; the value is a date expression."""
    found: list[Candidate] = []
    for i, word in enumerate(tokens.words):
        if word not in {"{", "deadline"}:
            continue
        j = i + 1
        while word == "deadline" and tokens.word(j) in _FILL:
            j += 1
        date = date_at(tokens, j)
        if date is None or (word == "{" and tokens.word(date.end) != "}"):
            continue
        first = i
        while word == "deadline" and tokens.word(first - 1) in _KINDS:
            first -= 1
        start, end = tokens.span(first, date.end + 1 if word == "{" else date.end)
        found.append(Candidate(start, end, Kind.DEADLINE, date.value, 0.98, date.assumptions))
    return found
