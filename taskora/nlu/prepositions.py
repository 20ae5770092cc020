"""What leads to a date or a time: on, by, due on, no later than, at, around, `due:`; and how much it proves."""

from dataclasses import dataclass
from enum import Enum, auto

from taskora.nlu.candidates import Match
from taskora.nlu.company import DETERMINERS
from taskora.nlu.tokens import Tokens


class Lead(Enum):
    """What a preposition leads to. WEAK ones lead to much else as well (for, from, about)."""

    NONE = auto()
    DATE = auto()
    TIME = auto()
    BOTH = auto()
    WEAK = auto()
    PERIOD = auto()

    __hash__ = object.__hash__  # that of Enum runs in Python


_ROWS = {
    Lead.DATE: "on|come|sometime|some time|anytime|any time|due on|due date|due date is|date|day|scheduled for"
    "|last date|last date is"
    "|sometime on|during|over|as of|effective|on or before|due sometime",
    Lead.NONE: "early|late|bright and early",
    Lead.TIME: "at|@|due at|at about|at around|at approximately|at exactly|at roughly|~|at like|@ about|time"
    "|around|approximately|circa|roughly|ca",
    Lead.BOTH: "by|b 4|due|due by|due before|before|until|till|til|no later than|not later than|at the latest|by about"
    "|by around|by at latest|by the latest|latest|latest by"
    "|starting|starting on|starting at|beginning|beginning on|starts|starts on"
    "|starts at|start on|when|up to|up until|not before|no earlier than|not earlier than",
    Lead.WEAK: "for|from|about|around|approximately|circa|ca|roughly|after|past|since|to be done|for about|for around|set for",
    Lead.PERIOD: "in|sometime in|some time in|any time in|due in|early in|by|during|before|until|till|no later than|due",
}
_LEADS: dict[tuple[str, ...], set[Lead]] = {}
for _lead, _forms in _ROWS.items():
    for _form in _forms.split("|"):
        _LEADS.setdefault(tuple(_form.split()), set()).add(_lead)
_LONGEST = max(map(len, _LEADS))

LEAD_STARTS = frozenset(words[0] for words in _LEADS)


@dataclass(frozen=True, slots=True)
class Preposition:
    """The words before a date, and what they lead to."""

    words: tuple[str, ...]
    leads: frozenset[Lead]


_MADE = {words: Preposition(words, frozenset(leads)) for words, leads in _LEADS.items()}
NOTHING = Preposition((), frozenset((Lead.NONE,)))


def preposition_at(tokens: Tokens, i: int) -> Match[Preposition]:
    """Read the longest preposition at `i`, with a colon behind it; NOTHING without one."""
    if tokens.word(i) in LEAD_STARTS and tokens.word(i - 1) not in DETERMINERS:
        for length in range(_LONGEST, 0, -1):
            found = _MADE.get(tokens.words[i : i + length])
            if found is not None:
                end = i + length
                colon = tokens.word(end) == ":" and tokens.glued(end)
                return Match(end + 1 if colon else end, found)
    return Match(i, NOTHING)
