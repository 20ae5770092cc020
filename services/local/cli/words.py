"""The words after a command, taken apart as far as the terminal must: which tasks are named, which filters are meant. Pure.

What a date, a rule or a period means is not read here: those words are passed on to the task service.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from taskora.domain.errors import InvalidField

_NUMBER = re.compile(r"#?\d{1,9}")
_EVERYTHING = frozenset({"all", "everything"})
_FILLERS = frozenset({"tasks", "task", "due", "my", "the", "of"})
_LEVELS = frozenset({"low", "medium", "high", "urgent"})
_ABOVE = re.compile(r"(?:and|or) (?:above|higher|up|more)\b")
_STATES: dict[str, dict[str, object]] = {
    "all": {"status": "all"},
    "everything": {"status": "all"},
    "open": {"status": "open"},
    "done": {"status": "completed"},
    "completed": {"status": "completed"},
    "finished": {"status": "completed"},
    "trash": {"trash": True},
    "deleted": {"trash": True},
    "repeating": {"repeats": True},
    "recurring": {"repeats": True},
    "overdue": {"overdue": True},
}
_SORTS = frozenset({"due", "priority", "created", "updated", "completed", "title", "number"})


@dataclass(frozen=True, slots=True)
class Named:
    """The tasks that words name: each by number or title, or (`every`) all that fit words of a list."""

    references: tuple[str, ...] = ()
    every: str | None = None

    @property
    def several(self) -> bool:
        """Tell whether more than one task may be meant."""
        return self.every is not None or len(self.references) > 1


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list shall show: parameters of the query, and the words that are left for a period or a search."""

    query: dict[str, object] = field(default_factory=dict)
    words: tuple[str, ...] = ()


def joined(words: Sequence[str]) -> str:
    """Return the words as one text. Raises InvalidField for what is no text."""
    text = " ".join(words).strip()
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise InvalidField("These words are no valid UTF-8.", advice="Type them anew.") from error
    return text


def is_number(word: str) -> bool:
    """Tell whether a word is a task's number, "12" or "#12"."""
    return _NUMBER.fullmatch(word) is not None


def named(words: Sequence[str]) -> Named:
    """Return the tasks named: `3 4 #5`, `dentist, milk`, `"buy milk" "call mom"` are several, other words one title.

    "all overdue" and "everything today" mean the tasks of that list.
    """
    text = joined(words)
    first, _, rest = text.partition(" ")
    if first.lower() in _EVERYTHING:
        kept = rest.split()
        while kept and kept[0].lower() in _FILLERS:
            kept.pop(0)
        return Named(every=" ".join(kept))
    pieces = [word for word in re.split(r"[\s,]+", text) if word and word.lower() != "and"]
    if len(pieces) > 1 and all(map(is_number, pieces)):
        return Named(tuple(pieces))
    if len(words) > 1 and any(" " in word.strip() for word in words):
        return Named(tuple(word.strip(" ,") for word in words if word.strip(" ,")))
    return Named(tuple(part.strip() for part in text.split(",") if part.strip()) or (text,))


def wanted(words: Sequence[str]) -> Wanted:
    """Return what a list shall show: "this week high", "#home overdue", "all by priority", "dentist"."""
    text = joined(words)
    query: dict[str, object] = {}
    text = _take_sort(text, query)
    kept: list[str] = []
    parts = text.split()
    while parts:
        word = parts.pop(0)
        if word.lower() in _LEVELS:
            _take_level(word.lower(), parts, query)
        elif word.startswith(("#", "+")) and len(word) > 1:
            _add(query, "tag", word[1:])
        elif word.lower() in {"not", "without"} and parts and parts[0].startswith("#"):
            _add(query, "no_tag", parts.pop(0)[1:])
        else:
            kept.append(word)
    _take_states(kept, query)
    return Wanted(query, tuple(kept))


def readings(words: Sequence[str]) -> list[tuple[str | None, str | None]]:
    """Return the ways in which words may be a period and a search, the likeliest first: (when, text)."""
    whole = " ".join(words)
    if not whole:
        return [(None, None)]
    splits = range(len(words) - 1, 0, -1)
    before = [(" ".join(words[:place]), " ".join(words[place:])) for place in splits]
    behind = [(" ".join(words[place:]), " ".join(words[:place])) for place in reversed(splits)]
    return [(whole, None), *before[:6], *behind[:6], (None, whole)]


def _take_sort(text: str, query: dict[str, object]) -> str:
    found = re.search(r"(?:^|\s)(?:sorted )?by (\w+)$", text, re.IGNORECASE)
    if found is None or found[1].lower() not in _SORTS:
        return text
    query["sort"] = found[1].lower()
    return text[: found.start()]


def _take_level(level: str, parts: list[str], query: dict[str, object]) -> None:
    if parts and parts[0].lower() == "priority":
        parts.pop(0)
    if _ABOVE.match(" ".join(parts[:2]).lower()):
        del parts[:2]
        query["min_priority"] = level
    else:
        query["priority"] = level


def _take_states(kept: list[str], query: dict[str, object]) -> None:
    """Take words such as "done" from either end: in the middle they may belong to a title."""
    for place in (0, -1):
        while kept and (state := _STATES.get(kept[place].lower())) is not None:
            query.update(state)
            kept.pop(place)
            while kept and kept[0].lower() == "tasks":
                kept.pop(0)


def _add(query: dict[str, object], name: str, value: str) -> None:
    listed = query.setdefault(name, [])
    if isinstance(listed, list):
        listed.append(value)
