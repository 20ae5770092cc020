"""What a filter says besides time: tags, priority, status, overdue, no date, order."""

from collections.abc import Callable
from dataclasses import replace

from taskora.domain.task import Priority, Status
from taskora.nlu.candidates import Match
from taskora.nlu.levels import LEVELS
from taskora.nlu.reading import Filter
from taskora.nlu.tokens import TokenKind, Tokens
from taskora.nlu.wordlists import word_set

Reader = Callable[[Tokens, int, Filter], Match[Filter] | None]
"""Reads one field at a token and returns the filter with it."""

_COMPLETED = word_set("done completed complete finished closed accomplished archived checked ticked crossed")
_OPEN = word_set("open pending incomplete unfinished outstanding uncompleted undone active unchecked remaining")
_ALONE = word_set("urgent critical important asap crucial")
_OR_MORE = word_set("above higher up more over better plus")
_OR_LESS = word_set("below lower less")
_PRIORITY = word_set("priority priorities prio importance")
_NOT_A_TAG = word_set(
    "due for this that with overdue and or in on by before after today tomorrow next high low task tasks from is are please "
    "without which"
)
_PHRASES: dict[str, dict[str, object]] = {
    "overdue|over due|over - due|past due|past their due date|past its due date|past the deadline|past deadline|od": {
        "overdue": True
    },
    "missed|miss|running late|behind schedule|behind|late": {"overdue": True},
    "no date|no due date|no dates|no due dates|no deadline|no deadlines|that have no date|have no date|has no date": {
        "no_due": True
    },
    "without a date|without date|without dates|without a due date|without due date|without due dates": {"no_due": True},
    "without a deadline|without deadline|undated|unscheduled|not scheduled|not dated|missing a date": {"no_due": True},
    "not done|not completed|not finished|not yet done|still open|left to do|not complete": {"status": Status.OPEN},
    "haven't finished|haven't done|haven't completed|still to do|haven't i done|haven't i finished|have i not done"
    "|haven't we done|have i not finished|have i yet to do": {"status": Status.OPEN},
    "newest first|most recent first|latest first|by newest|recently added|recently created|last added": {
        "sort": "-created"
    },
    "most recent|most recently added": {"sort": "-created"},
    "oldest first|by oldest|by age|by created|by creation date|by date added|by date created": {"sort": "created"},
    "by priority|by importance|by urgency|most important first|most urgent first|highest priority first": {
        "sort": "priority"
    },
    "most important|most urgent|highest priority": {"sort": "priority"},
    "by due date|by date|by deadline|by due|soonest first|earliest first|by time|chronologically": {"sort": "due"},
    "by name|by title|alphabetically|a to z|by alphabet": {"sort": "title"},
    "by number": {"sort": "number"},
}
_BY_FIRST: dict[str, list[tuple[tuple[str, ...], dict[str, object]]]] = {}
for _alternatives, _values in _PHRASES.items():
    for _alternative in _alternatives.split("|"):
        _words = tuple(_alternative.split())
        _BY_FIRST.setdefault(_words[0], []).append((_words, _values))
_TAG_WORDS = word_set("tagged labelled labeled tag tags label labels taged category categorized")
_SORTING = word_set("sort sorted order ordered arrange arranged rank ranked group grouped")


def field_at(tokens: Tokens, i: int, so_far: Filter) -> Match[Filter] | None:
    """Read one field at `i`."""
    for reader in _READERS:
        found = reader(tokens, i, so_far)
        if found is not None:
            return found
    return None


def _phrase_at(tokens: Tokens, i: int, so_far: Filter) -> Match[Filter] | None:
    j = i + 1 if tokens.word(i) in _SORTING else i
    found: Match[Filter] | None = None
    for words, values in _BY_FIRST.get(tokens.word(j), ()):
        end = j + len(words)
        if tokens.words[j:end] == words and (found is None or end > found.end):
            found = Match(end, replace(so_far, **values))  # type: ignore[arg-type]  # the table names fields of Filter
    return found


def _tag_at(tokens: Tokens, i: int, so_far: Filter) -> Match[Filter] | None:
    """Read @errands, tagged work and home, with the tag work, the work tag, labelled x."""
    word = tokens.word(i)
    if word in {"#", "@", "%"} and not tokens.glued(i) and tokens.glued(i + 1):
        name = _name_at(tokens, i + 1)
        number = tokens[i + 1].kind is TokenKind.NUMBER
        return Match(name.end, _with_tags(so_far, name.value)) if name and not number else None
    j = _after_tag_word(tokens, i)
    if j is None:
        return None
    names: list[str] = []
    while (name := _listed_at(tokens, j)) is not None:
        names.append(name.value)
        end = j = name.end
        while tokens.word(j) in {"and", ",", "&", "or"} and _listed_at(tokens, j + 1) is not None:
            j += 1
        if j == end:
            break
    return Match(j, _with_tags(so_far, *names)) if names else None


def _after_tag_word(tokens: Tokens, i: int) -> int | None:
    j = i
    while tokens.word(j) in {"with", "under", "in", "the", "by", "that", "have", "has", "having", "a", "for"}:
        j += 1
    if tokens.word(j) not in _TAG_WORDS:
        return None
    j += 1
    while tokens.word(j) in {"as", "with", "under", ":", "=", "is", "the", "named", "called"}:
        j += 1
    return j


def _listed_at(tokens: Tokens, i: int) -> Match[str] | None:
    j = i + 1 if tokens.word(i) in {"#", "@", "%"} else i
    if j == i and _priority_at(tokens, i, Filter()) is not None and tokens.word(i - 1) in {"and", ",", "&"}:
        return None
    if tokens.word(j) in _NOT_A_TAG or (j < len(tokens) and tokens[j].kind is TokenKind.PUNCT):
        return None
    return _name_at(tokens, j)


def _name_at(tokens: Tokens, i: int) -> Match[str] | None:
    if i >= len(tokens):
        return None
    if tokens[i].kind is TokenKind.QUOTED:
        return Match(i + 1, tokens[i].text[1:-1].strip())
    end = i + 1
    while tokens.glued(end) and (tokens.word(end) in {"-", "_", "/"} or tokens.word(end).isalnum()):
        end += 1
    return Match(end, tokens.slice(i, end))


def _tag_noun_at(tokens: Tokens, i: int, so_far: Filter) -> Match[Filter] | None:
    """Read "the work tag", "work-tagged"."""
    j = i + 1 if tokens.word(i) == "the" else i
    name = _name_at(tokens, j) if tokens.word(j).isalpha() and tokens.word(j) not in _NOT_A_TAG else None
    if name is None or tokens.word(name.end) not in {"tag", "label"} or tokens.word(name.end + 1) not in {"", "?", "."}:
        return None
    return Match(name.end + 1, _with_tags(so_far, name.value))


def _with_tags(so_far: Filter, *names: str) -> Filter:
    return replace(so_far, tags=tuple(dict.fromkeys((*so_far.tags, *names))))


def _priority_at(tokens: Tokens, i: int, so_far: Filter) -> Match[Filter] | None:
    """Read high priority, priority low, p1, urgent, at least medium, high and above."""
    j = i
    at_least = tokens.words[i : i + 2] == ("at", "least")
    j = i + 2 if at_least else i
    word = tokens.word(j)
    if word in {"p", "priority"} and 1 <= tokens.number(j + 1) <= 4 and (word != "p" or tokens.glued(j + 1)):
        level, end, sure = LEVELS[f"p{tokens.number(j + 1)}"], j + 2, True
    elif word in _PRIORITY:
        k = j + 2 if tokens.word(j + 1) in {"is", "of", "=", ":"} else j + 1
        if tokens.word(k) not in LEVELS:
            return None
        level, end, sure = LEVELS[tokens.word(k)], k + 1, True
    elif word in LEVELS:
        level, end, sure = LEVELS[word], j + 1, word in _ALONE or at_least
    else:
        return None
    k = end + (tokens.word(end) == "-")
    if tokens.word(k) in _PRIORITY:
        end, sure = k + 1, True
    more = tokens.word(end) == "+" or (tokens.word(end) in {"and", "or"} and tokens.word(end + 1) in _OR_MORE)
    if more:
        end += 1 if tokens.word(end) == "+" else 2
        end += tokens.word(end) in _PRIORITY
        sure = True
    if not sure:
        return None
    if at_least or more:
        return Match(end, replace(so_far, min_priority=level))
    both = {so_far.priority or level, level}
    if len(both) > 1 and Priority.URGENT in both:
        return Match(end, replace(so_far, priority=None, min_priority=min(both, key=lambda one: one.rank)))
    return Match(end, replace(so_far, priority=level))


def _status_at(tokens: Tokens, i: int, so_far: Filter) -> Match[Filter] | None:
    word = tokens.word(i)
    if word in _COMPLETED:
        end = i + 2 if tokens.word(i + 1) == "off" else i + 1
        return Match(end, replace(so_far, status=Status.COMPLETED))
    if word in _OPEN:
        return Match(i + 1, replace(so_far, status=Status.OPEN))
    return None


_READERS: tuple[Reader, ...] = (_phrase_at, _tag_at, _tag_noun_at, _priority_at, _status_at)
