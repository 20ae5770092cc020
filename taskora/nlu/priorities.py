"""Priority in a line: p1..p4, !1..!5, !!, !high, urgent, asap, high priority, low prio, priority: high."""

from taskora.domain.task import Priority
from taskora.nlu.candidates import Candidate, Kind, Match
from taskora.nlu.evidence import follows_freely
from taskora.nlu.tokens import TokenKind, Tokens
from taskora.nlu.wordlists import word_set

_LEVELS = {
    "urgent": Priority.URGENT,
    "highest": Priority.URGENT,
    "top": Priority.URGENT,
    "critical": Priority.URGENT,
    "high": Priority.HIGH,
    "hi": Priority.HIGH,
    "important": Priority.HIGH,
    "medium": Priority.MEDIUM,
    "med": Priority.MEDIUM,
    "normal": Priority.MEDIUM,
    "moderate": Priority.MEDIUM,
    "mid": Priority.MEDIUM,
    "low": Priority.LOW,
    "lo": Priority.LOW,
    "lowest": Priority.LOW,
    "minor": Priority.LOW,
    "h": Priority.HIGH,
    "m": Priority.MEDIUM,
    "l": Priority.LOW,
}
_BY_NUMBER = {1: Priority.URGENT, 2: Priority.HIGH, 3: Priority.MEDIUM, 4: Priority.LOW}
_BY_BANG = {1: Priority.LOW, 2: Priority.MEDIUM, 3: Priority.HIGH, 4: Priority.URGENT, 5: Priority.URGENT}
_NAMES = frozenset(("priority", "prio", "pri", "prioirty", "priorty", "importance"))
_ALONE = {
    "urgent": Priority.URGENT,
    "urgently": Priority.URGENT,
    "urgnt": Priority.URGENT,
    "urgent!": Priority.URGENT,
    "asap": Priority.URGENT,
    "important": Priority.HIGH,
    "critical": Priority.URGENT,
}
_STARTS = _NAMES | frozenset(_LEVELS) | frozenset(_ALONE) | {"!", "p", "not"}
_BEFORE = word_set("with as at of and is it it's its a an make set this very super really extremely most")
_MAKING_SURE = (("make", "sure"), ("make", "sure", "to", "mark"), ("please", "make"))
_BREAKS = frozenset(",.;:!?()[]-–—")


def find_priorities(tokens: Tokens, begin: int = 0) -> list[Candidate]:
    """Return the priorities of a line. `begin` is where the task's own words begin."""
    found: list[Candidate] = []
    i = begin
    last = len(tokens)
    while i < last:
        match = _priority_at(tokens, i, begin) if tokens.words[i] in _STARTS and tokens.opens(i) else None
        if match is None:
            i += 1
            continue
        first = _with_lead(tokens, i, begin)
        start, end = tokens.span(first, match.end)
        found.append(Candidate(start, end, Kind.PRIORITY, match.value, match.score))
        i = match.end
    return found


def _with_lead(tokens: Tokens, i: int, begin: int) -> int:
    """Take the words that only lead to a priority: with, as, and, it's, a comma; not more than two of them."""
    first = i
    while first > begin and i - first < 2 and tokens.word(first - 1) in _BEFORE:
        first -= 1
    for form in _MAKING_SURE:
        if first - len(form) > begin and tokens.words[first - len(form) : first] == form:
            return first - len(form) - (tokens.word(first - len(form) - 1) in {"and", ","})
    return first


def _priority_at(tokens: Tokens, i: int, begin: int) -> Match[Priority] | None:
    word = tokens.words[i]
    if word == "!":
        return _bang_at(tokens, i)
    if word == "p" and tokens.glued(i + 1) and tokens.number(i + 1) in _BY_NUMBER and tokens.closes(i + 2):
        part_name = tokens[i].capitalised and i > begin and not follows_freely(tokens, i + 2)
        return None if part_name else Match(i + 2, _BY_NUMBER[tokens.number(i + 1)], 1.0)
    if word in _NAMES:
        return _named_at(tokens, i)
    if word == "not" and tokens.word(i + 1) in {"urgent", "important"}:
        return Match(i + 2, Priority.LOW) if tokens.closes(i + 2) and follows_freely(tokens, i + 2) else None
    return _leveled_at(tokens, i) or _alone_at(tokens, i, begin)


def _named_at(tokens: Tokens, i: int) -> Match[Priority] | None:
    """Read priority high, priority: 1, prio = low."""
    j = i + 1
    while tokens.word(j) in {":", "=", "is", "level", "to"}:
        j += 1
    level = _LEVELS.get(tokens.word(j))
    if level is None:
        level = _BY_NUMBER.get(tokens.number(j))
        if tokens.word(j) == "p" and tokens.glued(j + 1):
            j, level = j + 1, _BY_NUMBER.get(tokens.number(j + 1))
    if level is None or not tokens.closes(j + 1):
        return None
    return Match(j + 1, level, 0.97) if j > i + 1 or follows_freely(tokens, j + 1) else None


def _leveled_at(tokens: Tokens, i: int) -> Match[Priority] | None:
    """Read high priority, low-prio: not before a noun, whose adjective it is."""
    level = _LEVELS.get(tokens.word(i))
    j = i + 2 if tokens.word(i + 1) == "-" else i + 1
    if level is None or len(tokens.word(i)) == 1 or tokens.word(j) not in _NAMES or not tokens.closes(j + 1):
        return None
    led = tokens.word(i - 1) in {"", ":", "with", "as", "at"}
    return Match(j + 1, level, 0.97) if led or follows_freely(tokens, j + 1) else None


def _alone_at(tokens: Tokens, i: int, begin: int) -> Match[Priority] | None:
    """Read urgent or asap: at the end of a clause, or at its beginning before punctuation."""
    level = _ALONE.get(tokens.word(i))
    if level is None:
        return _aside_at(tokens, i, begin) if tokens.words[i] in _LEVELS else None
    if not tokens.closes(i + 1):
        return None
    if tokens.word(i) == "asap":
        return Match(i + 1, level, 0.97)
    previous, following = tokens.word(i - 1), tokens.word(i + 1)
    starts, ends = i == begin or previous in _BREAKS, i + 1 == len(tokens) or following in _BREAKS
    tagged = following in {"#", "@", "%"} and previous in _BREAKS
    if tokens.word(i) == "important":
        return (
            Match(i + 1, level, 0.9)
            if (starts and following == ":") or (ends and not starts and i > begin) or (tagged and i > begin)
            else None
        )
    if starts and following == "care":
        return None
    free = ends or follows_freely(tokens, i + 1) or (starts and i + 1 < len(tokens))
    attributive = previous in {"the", "an", "a", "is", "are", "how", "most", "my", "this"} and not ends
    return Match(i + 1, level, 0.95) if free and not attributive else None


def _aside_at(tokens: Tokens, i: int, begin: int) -> Match[Priority] | None:
    """Read a bare level that stands apart: pay the fees [high], renew the pass, low."""
    level = _LEVELS.get(tokens.word(i)) if len(tokens.word(i)) > 2 else None
    framed = (tokens.word(i - 1), tokens.word(i + 1)) in {("[", "]"), ("(", ")")}
    last = i + 1 == len(tokens) and tokens.word(i - 1) in {",", ";"} and i - 1 > begin
    return Match(i + 1, level, 0.9) if level is not None and (framed or last) else None


def _bang_at(tokens: Tokens, i: int) -> Match[Priority] | None:
    """Read !!, !!!, !high, !3; a lone mark behind a word is punctuation."""
    count = 1
    while tokens.word(i + count) == "!" and tokens.glued(i + count):
        count += 1
    j = i + count
    touches = tokens.glued(j) and tokens[j].kind is not TokenKind.PUNCT
    if count == 1:
        level = _LEVELS.get(tokens.word(j)) if len(tokens.word(j)) > 1 else None
        level = level or (_BY_BANG.get(tokens.number(j)) if len(tokens.word(j)) == 1 else None)
        return Match(j + 1, level, 0.99) if level and touches and tokens.closes(j + 1) else None
    if touches or tokens.glued(i) or count > 3:
        return None
    return Match(j, Priority.HIGH if count == 2 else Priority.URGENT, 0.99)
