"""What an extractor finds: a piece of the line, what it may mean and how sure that is; and the choice between overlaps.

A position parser (`date_at`, `time_at`, …) answers with a Match at a token; an extractor walks the line and answers with
Candidates. Both are pure. Nothing here knows what the values mean.
"""

from collections.abc import Iterable
from enum import StrEnum
from typing import Generic, NamedTuple, TypeVar

Value_co = TypeVar("Value_co", covariant=True)

THRESHOLD = 0.5
"""A candidate below this stays in the title; if it looks like a date it is listed as left."""


FIRM, PLAIN, SHAKY = 0.9, 0.7, 0.4
"""How sure a form is by itself: tomorrow; friday, which may belong to a noun; sat, which needs support beside it."""


class Kind(StrEnum):
    """What a piece of the line was taken for; the name of its span."""

    COMMAND = "command"
    NOTE = "note"
    RULE = "rule"
    BOUND = "bound"
    RANGE = "range"
    MOMENT = "moment"
    DATE = "date"
    TIME = "time"
    DURATION = "duration"
    DEADLINE = "deadline"
    REMINDER = "reminder"
    PRIORITY = "priority"
    TAG = "tag"
    ESCAPE = "escape"

    __hash__ = str.__hash__  # that of Enum runs in Python


DATELIKE = frozenset(
    {Kind.RULE, Kind.BOUND, Kind.RANGE, Kind.MOMENT, Kind.DATE, Kind.TIME, Kind.DURATION, Kind.DEADLINE, Kind.REMINDER}
)
"""The kinds that are named as left when they are found but not used."""


class Match(NamedTuple, Generic[Value_co]):
    """What a position parser read: the index after its last token, the value, a score from 0 to 1, assumptions."""

    end: int
    value: Value_co
    score: float = 0.9
    assumptions: tuple[str, ...] = ()


class Candidate(NamedTuple):
    """A piece `[start, end)` of the line in characters and what it may mean."""

    start: int
    end: int
    kind: Kind
    value: object
    score: float = 0.9
    assumptions: tuple[str, ...] = ()

    def overlaps(self, other: "Candidate") -> bool:
        """Tell whether both want the same characters."""
        return self.start < other.end and other.start < self.end


def choose(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Return candidates that do not overlap, in line order: the higher score wins, then the longer, then the earlier."""
    ranked = sorted(candidates, key=lambda found: (-found.score, found.start - found.end, found.start))
    chosen: list[Candidate] = []
    taken: set[int] = set()
    for candidate in ranked:
        places = range(candidate.start, candidate.end)
        if candidate.end > candidate.start and taken.isdisjoint(places):
            taken.update(places)
            chosen.append(candidate)
    return sorted(chosen, key=lambda found: found.start)
