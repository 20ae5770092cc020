"""A piece of the line that may be a date or a time, as `evidence` and `works` look at it."""

from dataclasses import dataclass
from enum import Enum, auto

from taskora.nlu.prepositions import Preposition
from taskora.nlu.tokens import TokenKind, Tokens


class Sort(Enum):
    """What a piece is, as far as its company matters."""

    WEEKDAY = auto()
    ORDINAL = auto()
    DIGITS = auto()
    NAMED = auto()
    PERIOD = auto()
    OTHER_DATE = auto()
    BARE_HOUR = auto()
    CLOCK = auto()

    __hash__ = object.__hash__  # that of Enum runs in Python


@dataclass(frozen=True, slots=True)
class Sighting:
    """A piece of the line in tokens: `start` with its preposition, `core` without, `end` exclusive."""

    start: int
    core: int
    end: int
    form: float
    sort: Sort
    lead: Preposition
    beside: bool = False
    """A date or time stands right before it, or a time right behind it."""
    begins: bool = False
    """It stands at the beginning of a clause."""
    shouted: bool = False
    """Every word of the line is capitalised, so that capitals tell nothing."""


def all_capitals(tokens: Tokens) -> bool:
    """Tell whether every longer word of the line is capitalised."""
    return all(token.capitalised for token in tokens.items if token.kind is TokenKind.WORD and len(token.text) > 2)
