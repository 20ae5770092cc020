"""Where a noun cannot follow: what tells "report monthly" from "monthly report"."""

from taskora.nlu.calendar_words import MONTHS
from taskora.nlu.ranges import range_at
from taskora.nlu.rules.clock import clock_at
from taskora.nlu.rules.vocabulary import ALL_WEEKDAYS
from taskora.nlu.tokens import TokenKind, Tokens
from taskora.nlu.wordlists import word_set

_AFTER_IT = word_set(
    "at on in from by due starting beginning until till til ending except excluding but for tagged tag with p "
    "priority every noon midnight morning evening high low urgent please pls thanks and then after before between "
    "around sharp apart aside"
)
_SIGILS = word_set("# @ % ! * { ( ~ // , . ; : ? - – — …")


def ends_clause(tokens: Tokens, end: int) -> bool:
    """Tell whether a noun cannot follow: the line ends, or a date, a time, a tag or punctuation comes."""
    following = tokens.word(end)
    if following == "" or following in _AFTER_IT or following in _SIGILS or following in ALL_WEEKDAYS:
        return True
    if tokens[end].kind is not TokenKind.NUMBER:
        return False
    day = tokens.word(end + 1) in MONTHS or tokens.word(end + 1) in {"st", "nd", "rd", "th"}
    return day or clock_at(tokens, end) is not None or range_at(tokens, end) is not None
