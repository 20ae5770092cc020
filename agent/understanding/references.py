"""Words that mean a task by the conversation, not by its title: "it", "the second one", "both".

An ordinal means the order of the list or question just shown. A title is left to the task service, which knows all titles.
"""

import re
from collections.abc import Sequence

from agent.session import Memory, Named
from taskora.nlu.numbers import ORDINALS
from taskora.nlu.targets import match
from taskora.nlu.wordlists import word_set

CARDINALS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10}
_ARTICLE = r"(?:the|my|number|no\.?|option)\s+"
_KIND = r"(?:\s+(?:one|task|item|entry))?"
_ORDINAL = re.compile(rf"(?:{_ARTICLE})?(?:(?P<digits>\d{{1,3}})(?:st|nd|rd|th)|(?P<word>{'|'.join(ORDINALS)})){_KIND}")
_OTHER = re.compile(r"(?:the )?other(?: one| task)?")
_FIRST_FEW = re.compile(
    rf"(?:the )?(?P<end>first|last|top|all) (?P<count>\d{{1,2}}|{'|'.join(CARDINALS)})(?: ones| tasks)?"
)
_BARE = re.compile(rf"(?:{_ARTICLE})?(?P<digits>\d{{1,9}})[.)]?")
_NUMBER = re.compile(r"(?:task\s+)?#\s*(?P<digits>\d{1,9})")
_PAIR = 2
_SHORT = word_set("mon tue wed thu fri sat sun jan feb mar apr may jun jul aug sep oct nov dec")
_LEAD = re.compile(
    r"^(?:(?:no|it's|its|i mean|i meant|the|that|one|task|due|on|for|from|with|about|at|called|named|of|my)\b[, ]*)+"
)
_ONE = word_set("it this that")
_MANY = word_set("them these those both all")
_FILLER = word_set("one task tasks of please ones now the")


def plain(words: str) -> str:
    """Return the words without case, outer punctuation and courtesy."""
    return re.sub(r"\s*,?\s*please$", "", words.strip().strip(".!?").strip().lower())


def resolve(words: str, memory: Memory) -> list[str] | None:
    """Return the ids that the conversation gives for the words, or the words themselves when they may be a title.

    None: they point at something that the conversation does not know.
    """
    said = plain(words)
    if _ORDINAL.fullmatch(said):
        found = ordinal(said, memory.shown)
        return [found.id] if found else None
    if is_pronoun(said):
        return [memory.last.id] if memory.last else None
    if _OTHER.fullmatch(said):
        meant = other(memory)
        return [meant.id] if meant else None
    if few := _FIRST_FEW.fullmatch(said):
        return [named.id for named in _few(few, memory.shown)] or None
    core = [word for word in said.split() if word not in _FILLER]
    if core and all(word in _MANY for word in core):
        return [named.id for named in memory.shown] or None
    return [words]


def _few(found: re.Match[str], shown: Sequence[Named]) -> Sequence[Named]:
    """Return the first or last few of what was shown; nothing when fewer were shown."""
    count = CARDINALS.get(found["count"]) or int(found["count"])
    if count > len(shown) or (found["end"] == "all" and count != len(shown)):
        return ()
    return shown[-count:] if found["end"] == "last" else shown[:count]


def other(memory: Memory) -> Named | None:
    """Return the one of two tasks just shown that was not touched last."""
    rest = [named for named in memory.shown if memory.last is None or named.id != memory.last.id]
    return rest[0] if len(memory.shown) == _PAIR and len(rest) == 1 else None


def is_ordinal(words: str) -> bool:
    """Tell whether words name a place in a list: "the third", "2nd one"."""
    return _ORDINAL.fullmatch(plain(words)) is not None


def is_pronoun(words: str) -> bool:
    """Tell whether words mean one task that was named before: "it", "that one"."""
    core = [word for word in plain(words).split() if word not in _FILLER]
    return bool(core) and all(word in _ONE for word in core)


def ordinal(words: str, shown: Sequence[Named]) -> Named | None:
    """Return the task at the place that an ordinal names ("the second one", "3rd", "last")."""
    found = _ORDINAL.fullmatch(plain(words))
    if found is None:
        return None
    place = int(found["digits"]) if found["digits"] else ORDINALS[found["word"]]
    return _at(place, shown)


def choice(words: str, candidates: Sequence[Named]) -> Named | None:
    """Return the candidate that an answer to "which one?" means: by place, by its number, or by words of its title."""
    said = plain(words)
    if number := _NUMBER.fullmatch(said):
        return _numbered(int(number["digits"]), candidates)
    if bare := _BARE.fullmatch(said):
        value = int(bare["digits"])
        return _at(value, candidates) or _numbered(value, candidates)
    if _ORDINAL.fullmatch(said):
        return ordinal(said, candidates)
    if by_date := dated(said, candidates):
        return by_date
    said = _LEAD.sub("", said) or said
    found = match(said, [(named.id, named.number, named.title) for named in candidates]).found
    return next((named for named in candidates if found and named.id == found[0]), None)


def dated(said: str, candidates: Sequence[Named]) -> Named | None:
    """Return the only candidate whose date has every word of the answer: "the one on friday", "the 24th"."""
    words = [_day_word(word) for word in re.findall(r"[\w:]+", _LEAD.sub("", said))]
    fitting = [named for named in candidates if words and set(words) <= _date_words(named.due or "")]
    return fitting[0] if len(fitting) == 1 else None


def _date_words(due: str) -> set[str]:
    return {_day_word(word) for word in re.findall(r"[\w:]+", due.lower())}


def _day_word(word: str) -> str:
    """Return a weekday or month by its first letters, a day of the month without its ending."""
    short = word[:3] if word.isalpha() else word
    return short if short in _SHORT else re.sub(r"(?<=\d)(?:st|nd|rd|th)$", "", word)


def all_meant(words: str) -> bool:
    """Tell whether an answer means every candidate."""
    core = [word for word in plain(words).split() if word not in _FILLER]
    return bool(core) and all(word in _MANY for word in core)


def _at(place: int, shown: Sequence[Named]) -> Named | None:
    index = place - 1 if place > 0 else len(shown) + place
    return shown[index] if 0 <= index < len(shown) else None


def _numbered(number: int, candidates: Sequence[Named]) -> Named | None:
    return next((named for named in candidates if named.number == number), None)
