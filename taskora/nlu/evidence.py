"""How sure a found date or time is in its line: its form, what leads to it, and the words around it.

A date in mid-sentence before a noun belongs to the noun (Prepare Friday demo); a capitalised one in a lower-case line is a
name; a bare month, sat, sun, a number or a fraction needs something beside it.
"""

from taskora.nlu.calendar_words import MONTHS, WEEKDAYS
from taskora.nlu.candidates import FIRM, PLAIN
from taskora.nlu.company import (
    COSTING,
    COUNTED_NOUNS,
    DETERMINERS,
    FREE_FOLLOWERS,
    MEDIA,
    NAMING,
    NUMBERED,
    QUOTING,
)
from taskora.nlu.dates.grammar import DATE_STARTS, date_at
from taskora.nlu.dates.period_phrases import NEXT, THIS
from taskora.nlu.dates.relative import DAY_WORDS
from taskora.nlu.parts_of_day import PART_NAMES
from taskora.nlu.prepositions import Lead
from taskora.nlu.sightings import Sighting, Sort
from taskora.nlu.tenses import is_past
from taskora.nlu.times import time_at
from taskora.nlu.tokens import TokenKind, Tokens
from taskora.nlu.verbs import ACTIONS
from taskora.nlu.works import is_name

NAME = 0.2
"""The score of a name: nothing inside it is a date either."""

_UNSURE = 0.3
_DOTTED = 3
_BELONGING = frozenset(("with", "of", "than", "called", "named", "titled", "vs", "versus", "to", "at"))
_TITLES = frozenset(("mr", "mrs", "ms", "dr", "prof"))
_BROADCASTS = frozenset(("show", "programme", "program", "paper", "news"))
_FEWEST_BEFORE, _CLAUSE = 3, 10
_CONTENT_WORDS = frozenset(("that", "whether", "why", "who", "which", "how"))
_RELATIVE = frozenset(("who", "which"))
_LEADING = frozenset(("on", "in", "at", "by", "over", "during", "the", "last"))
_SAYING = frozenset(("tell", "ask", "inform", "explain", "wonder", "figure", "find", "confirm"))
_CLAUSE_MARKS = frozenset(".,;:!?()–—")
_HALF_LEADS = frozenset((Lead.WEAK, Lead.TIME, Lead.PERIOD))
_OPENERS = frozenset((Sort.WEEKDAY, Sort.DIGITS, Sort.OTHER_DATE))
_MONTHS_AND_VERBS = frozenset(("march", "may", "mar"))
_SURE_DAYS = frozenset(("tomorrow", "today", "tmrw", "tmr", "tmw", *WEEKDAYS))
_BEFORE_HOURS = _SURE_DAYS | PART_NAMES | {"arvo"}
_STRONG = {Sort.CLOCK: Lead.TIME, Sort.BARE_HOUR: Lead.TIME}


def weigh(tokens: Tokens, seen: Sighting) -> float:
    """Return the score of a sighting, from 0 to 1."""
    if is_name(tokens, seen):
        return NAME
    if _is_spoken_of(tokens, seen) or _is_told(tokens, seen):
        return _UNSURE
    if seen.lead.words == ("on",) and _is_topic(tokens, seen):
        return _UNSURE
    bound = not follows_freely(tokens, seen.end)
    led = _led(seen)
    if seen.form >= FIRM:
        return _weigh_firm(tokens, seen, bound=bound, led=led)
    if seen.form >= PLAIN:
        return _weigh_plain(tokens, seen, bound=bound, led=led)
    return _weigh_shaky(tokens, seen, bound=bound, led=led)


def _is_spoken_of(tokens: Tokens, seen: Sighting) -> bool:
    said = tokens.words[: seen.start]
    listed = ":" in said and tokens.word(said.index(":") - 1) in QUOTING
    return listed or (not seen.lead.words and said[-1:] != () and said[-1] in QUOTING)


def _is_told(tokens: Tokens, seen: Sighting) -> bool:
    """Tell whether it belongs to what is told or asked, or to what has been: tell Sam that it moved to the 12th."""
    if seen.start < _FEWEST_BEFORE:
        return False
    said = tokens.words[max(0, seen.start - _CLAUSE) : seen.start]
    if tokens.word(seen.start - 1) in _CLAUSE_MARKS:
        return False
    first = next((k for k, word in enumerate(said) if word in _CONTENT_WORDS), None)
    if first is None or not _CLAUSE_MARKS.isdisjoint(said[first:]):
        return False
    if said[first] in _RELATIVE:
        return is_past(said[-2] if said[-1] in _LEADING and len(said) > 1 else said[-1])
    return not _SAYING.isdisjoint(tokens.words[: seen.start - len(said) + first])


def _is_topic(tokens: Tokens, seen: Sighting) -> bool:
    """Tell whether "on" leads to what something is about: check in on June (a month has "in"), an essay on 9/11."""
    if seen.sort is Sort.PERIOD:
        return tokens.word(seen.core) in MONTHS
    return seen.sort is Sort.DIGITS and seen.form < PLAIN and tokens.word(seen.start - 1) in MEDIA


def _weigh_firm(tokens: Tokens, seen: Sighting, *, bound: bool, led: bool) -> float:
    if led or not bound or seen.begins:
        return 0.95 if led else 0.9
    named_day = tokens.word(seen.end - 1) in DAY_WORDS
    article = (tokens.word(seen.core) == "the" and not named_day) or tokens.word(seen.core - 1) in DETERMINERS
    broadcast = tokens.word(seen.end) in _BROADCASTS and tokens.word(seen.end - 1) in {"today", "tonight", "tomorrow"}
    return (
        _UNSURE if broadcast or (article and (seen.sort is Sort.CLOCK or tokens.word(seen.end) not in ACTIONS)) else 0.8
    )


def _led(seen: Sighting) -> bool:
    """Tell whether the preposition proves what follows to be a date or a time."""
    leads = seen.lead.leads
    if Lead.BOTH in leads:
        return True
    if seen.sort in _STRONG:
        return Lead.TIME in leads
    return Lead.DATE in leads or (seen.sort is Sort.PERIOD and Lead.PERIOD in leads)


def _weigh_plain(tokens: Tokens, seen: Sighting, *, bound: bool, led: bool) -> float:
    noun_follows = bound and tokens.word(seen.end) not in ACTIONS
    if (
        seen.sort is Sort.ORDINAL
        and tokens.word(seen.end) in COUNTED_NOUNS
        and not (led and not noun_follows and _late(tokens, seen, 5))
    ):
        return _UNSURE
    if led:
        held = noun_follows and not seen.begins and seen.sort is Sort.ORDINAL
        return 0.92 if not bound else _UNSURE if held else 0.75
    if seen.beside:
        return 0.85
    if seen.sort is Sort.ORDINAL and Lead.TIME in seen.lead.leads:
        return _UNSURE
    if not seen.lead.leads.isdisjoint(_HALF_LEADS):
        opens = seen.begins and (not noun_follows or seen.sort is Sort.WEEKDAY)
        return _UNSURE if bound and not opens else 0.85
    return _UNSURE if _belongs_to_noun(tokens, seen) else _weigh_alone(tokens, seen, bound, noun_follows)


def _weigh_alone(tokens: Tokens, seen: Sighting, bound: bool, noun_follows: bool) -> float:
    """Weigh a plain form without a preposition: at the beginning of a clause it may stand before anything but a noun."""
    if not seen.begins:
        return _UNSURE if bound else 0.8
    if not noun_follows:
        return 0.85
    opens = (
        seen.sort in _OPENERS
        or tokens.word(seen.core) in NEXT
        or tokens.word(seen.core) in THIS
        or (seen.sort is Sort.NAMED and tokens.word(seen.end - 1) in WEEKDAYS)  # easter monday egg hunt
        or _late(tokens, seen, 10)
    )
    return 0.7 if opens and not _title_case(tokens, seen) else _UNSURE


def _late(tokens: Tokens, seen: Sighting, least: int) -> bool:
    """Tell whether it is an ordinal from `least` on: high ones count nouns less often than the first ones do."""
    return seen.sort is Sort.ORDINAL and any(tokens.number(i) >= least for i in range(seen.core, seen.end))


def _weigh_shaky(tokens: Tokens, seen: Sighting, *, bound: bool, led: bool) -> float:
    if seen.sort is Sort.BARE_HOUR:
        return _weigh_hour(tokens, seen, bound=bound, led=led)
    if led:
        return 0.85 if not bound or seen.begins or seen.beside or tokens.word(seen.end) in ACTIONS else _UNSURE
    if seen.beside and seen.sort in {Sort.WEEKDAY, Sort.CLOCK}:
        return 0.8
    if seen.begins and seen.sort in {Sort.WEEKDAY, Sort.PERIOD} and _clause_follows(tokens, seen.end):
        verb = tokens.word(seen.core) in _MONTHS_AND_VERBS and tokens.word(seen.end) in ACTIONS
        return _UNSURE if verb and not tokens[seen.core].capitalised else 0.7
    the_day = tokens.word(seen.core) == "the" or not tokens[seen.end - 1].text.islower()
    if seen.lead.words == ("for",) and seen.sort is Sort.WEEKDAY and not bound and not the_day:
        return 0.6  # book the van for sat
    return 0.6 if not bound and not seen.lead.words and _is_date_alone(tokens, seen) else _UNSURE


def _is_date_alone(tokens: Tokens, seen: Sighting) -> bool:
    """Tell whether it is a date with nothing beside it: call mom sat, not "call sat" or "the sun"."""
    if seen.sort is Sort.CLOCK:
        return _is_plain_time(tokens, seen)
    previous = tokens.word(seen.core - 1)
    named = previous in NAMING or previous in DETERMINERS or seen.core == 0
    return seen.sort in {Sort.WEEKDAY, Sort.OTHER_DATE} and not named


def _weigh_hour(tokens: Tokens, seen: Sighting, *, bound: bool, led: bool) -> float:
    """Weigh a lone hour: at 5."""
    if seen.beside and not seen.lead.words and not bound and tokens.word(seen.core - 1) in _BEFORE_HOURS:
        ends = (
            seen.end == len(tokens) or tokens.word(seen.core - 1) in PART_NAMES or tokens.word(seen.core - 1) == "arvo"
        )
        return 0.6 if tokens.number(seen.core) > 0 and ends else _UNSURE
    if seen.begins and seen.beside and not seen.lead.words and not bound and tokens.number(seen.core) > 0:
        return 0.6  # 6 tomorrow morning
    if (
        seen.beside
        and (not bound or tokens.word(seen.end) in ACTIONS)
        and seen.lead.words in {("after",), ("from",), ("about",)}
    ):
        return 0.7  # tonight after 9
    sure = led and (seen.beside or not bound or seen.begins or tokens.word(seen.end) in ACTIONS)
    held = bound and not seen.begins and not seen.beside
    return _UNSURE if not sure else 0.6 if held else 0.85 if Lead.TIME in seen.lead.leads else 0.7


def _is_plain_time(tokens: Tokens, seen: Sighting) -> bool:
    """Tell whether 9.45 at the end of a clause is a time and no price, length or version: round minutes, no such verb."""
    minute = tokens.number(seen.end - 1)
    dotted = seen.end - seen.core == _DOTTED and tokens.word(seen.core + 1) == "."
    before = tokens.words[: seen.core]
    return (
        dotted
        and minute % 5 == 0
        and 6 <= tokens.number(seen.core) <= 23
        and tokens.word(seen.core - 1).isalpha()
        and tokens.word(seen.core - 1) not in NUMBERED | ACTIONS | DETERMINERS | NAMING
        and COSTING.isdisjoint(before)
    )


def _clause_follows(tokens: Tokens, j: int) -> bool:
    """Tell whether a clause begins at `j`: after a colon or comma, or with a verb."""
    return tokens.word(j) in {":", ",", "-", "–"} or tokens.word(j) in ACTIONS


def follows_freely(tokens: Tokens, j: int) -> bool:
    """Tell whether what stands at `j` leaves the phrase before it alone: the end, punctuation, a function word, a time."""
    if j >= len(tokens):
        return True
    token = tokens[j]
    if token.kind is TokenKind.PUNCT:
        return token.text not in {"&", "'", "’", "%"} or not tokens.glued(j)
    if token.kind is not TokenKind.WORD:
        return token.kind is TokenKind.NUMBER and (_time_follows(tokens, j) or _date_follows(tokens, j))
    word = token.lower
    if word in FREE_FOLLOWERS or word in DAY_WORDS or word in WEEKDAYS or (word == "p" and tokens.glued(j + 1)):
        return True
    return word in DATE_STARTS and _date_follows(tokens, j)


def _date_follows(tokens: Tokens, j: int) -> bool:
    date = date_at(tokens, j)
    return date is not None and date.score >= PLAIN


def _time_follows(tokens: Tokens, j: int) -> bool:
    after = tokens.word(j + 1)
    if (
        after in {"til", "till", "to", "until", "-", "–"}
        and tokens.word(j - 1) in WEEKDAYS
        and tokens.number(j + 2) > 0
    ):
        return True  # sat 2 til 10pm
    if len(tokens.word(j)) == 4 and tokens.word(j - 1) in WEEKDAYS and time_at(tokens, j) is not None:
        return tokens.number(j) % 5 == 0  # wed 1400
    return after in {"am", "pm", ":", "a", "p"} or after in MONTHS or (after in {"/", "-", "."} and tokens.glued(j + 2))


def _belongs_to_noun(tokens: Tokens, seen: Sighting) -> bool:
    """Tell whether the word before makes it part of a noun or a name: the Friday, Mr. Friday, with may."""
    k = seen.core - 1
    if tokens.word(k) == ".":
        k -= 1
    previous = tokens.word(k)
    if previous in _TITLES and not tokens[seen.core].capitalised:
        return False  # appointment w dr wednesday
    if tokens.word(seen.core) == "the" or previous == "":
        return False
    return previous in DETERMINERS or previous in _BELONGING


def _title_case(tokens: Tokens, seen: Sighting) -> bool:
    """Tell whether it and the word behind it are capitalised, as in Monday Night Football, though not the whole line."""
    following = tokens[seen.end] if seen.end < len(tokens) else None
    return tokens[seen.core].capitalised and following is not None and following.capitalised and not seen.shouted
