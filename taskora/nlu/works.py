"""Names and titles of works, in which a day or a month is no date: Tomorrow Never Dies, Saturday by Ian McEwan."""

from taskora.nlu.calendar_words import MONTHS, WEEKDAYS
from taskora.nlu.company import DETERMINERS, FREE_FOLLOWERS, MEDIA, MEDIA_VERBS, MUSIC_VERBS
from taskora.nlu.dates.grammar import date_at
from taskora.nlu.sightings import Sighting, Sort
from taskora.nlu.times import time_at
from taskora.nlu.tokens import TokenKind, Tokens

_LONGEST_NAME = 6


def is_name(tokens: Tokens, seen: Sighting) -> bool:
    """Tell whether it belongs to a name or a title: Tomorrow Never Dies, the tune Manic Monday."""
    return _is_by_author(tokens, seen) or _is_capitalised_name(tokens, seen)


def _is_capitalised_name(tokens: Tokens, seen: Sighting) -> bool:
    core = tokens[seen.core]
    if core.kind is not TokenKind.WORD or not core.capitalised or seen.core == 0 or seen.shouted:
        return False
    k = seen.core - 1
    while k > seen.core - _LONGEST_NAME and k > 0 and tokens[k].capitalised:
        if tokens.words[k] in FREE_FOLLOWERS or tokens.words[k] in DETERMINERS:
            return True  # The Man Who Was Thursday
        k -= 1
    listening = tokens.word(k) == "to" and tokens.word(k - 1) in {"listen", "listening"}
    of_work = tokens.word(k) in MEDIA or tokens.word(k) in MUSIC_VERBS or tokens.word(seen.core - 1) in MEDIA_VERBS
    if listening or of_work or _is_night_title(tokens, seen) or _is_pair(tokens, seen):
        return True
    proper = core.lower in WEEKDAYS or core.lower in MONTHS or seen.sort in {Sort.NAMED, Sort.CLOCK}
    if proper or seen.lead.words or seen.begins:
        return False
    following = tokens[seen.end] if seen.end < len(tokens) else None
    neighbour = (following is not None and following.capitalised) or (
        seen.core > 1 and tokens[seen.core - 1].capitalised
    )
    return neighbour or seen.end - seen.core > 1


def _is_pair(tokens: Tokens, seen: Sighting) -> bool:
    """Tell whether a capitalised month is named beside another name: Dec & Sons, April and Mina."""
    if tokens.word(seen.end) not in {"&", "and", "+"} or seen.end - seen.core > 1 or seen.end + 1 >= len(tokens):
        return False
    other = tokens[seen.end + 1]
    return seen.sort is Sort.PERIOD and other.capitalised and date_at(tokens, seen.end + 1) is None


def _is_by_author(tokens: Tokens, seen: Sighting) -> bool:
    """Tell whether it is a work named with its author: read Saturday by Ian McEwan, hear sunday by The Sundays."""
    if seen.lead.words or tokens.word(seen.end) != "by" or seen.end + 1 >= len(tokens):
        return False
    author = tokens[seen.end + 1]
    named = author.kind is TokenKind.WORD and (
        author.capitalised or tokens.word(seen.core - 1) in MEDIA_VERBS or tokens.word(seen.core - 1) in MUSIC_VERBS
    )
    return named and date_at(tokens, seen.end + 1) is None and time_at(tokens, seen.end + 1) is None


def _is_night_title(tokens: Tokens, seen: Sighting) -> bool:
    """Tell whether a weekday begins a title: Saturday Night Fever."""
    following = tokens.items[seen.end : seen.end + 2]
    return seen.sort is Sort.WEEKDAY and len(following) == 2 and all(token.capitalised for token in following)
