"""Lengths of time as ISO 8601 durations: by 2 days is P2D, an hour is PT1H."""

from taskora.nlu.candidates import Match
from taskora.nlu.quantities import Quantity, quantity_at
from taskora.nlu.tokens import tokenise
from taskora.nlu.wordlists import word_set

_FILLERS = word_set("by for another a one the out later back further additional more about")


def shift_of(text: str) -> str | None:
    """Return the ISO 8601 duration that a whole text says, None when it says none."""
    tokens = tokenise(text)
    for i in range(len(tokens)):
        found: Match[Quantity] | None = quantity_at(tokens, i)
        if found is not None:
            return iso_duration(found.value) if found.end == len(tokens) else None
        if tokens.word(i) not in _FILLERS:
            return None
    return None


def iso_duration(quantity: Quantity) -> str | None:
    """Write a length of time in ISO 8601; None for workdays, which it cannot say."""
    if quantity.workdays:
        return None
    hours, rest = divmod(quantity.seconds, 3600)
    minutes, seconds = divmod(rest, 60)
    date = f"{quantity.months}M" if quantity.months else ""
    date += f"{quantity.days}D" if quantity.days else ""
    clock = "".join(f"{number}{letter}" for number, letter in ((hours, "H"), (minutes, "M"), (seconds, "S")) if number)
    return f"P{date}{'T' + clock if clock else ''}" if date or clock else None
