"""The words that name a task, without what surrounds them: "the dentist task" is dentist, "my laundry" is laundry."""

from taskora.nlu.commands.clause import Piece
from taskora.nlu.tokens import TokenKind
from taskora.nlu.wordlists import word_set

_BEFORE = word_set("the a an my our that this those these with out up off about on , : -")
_AFTER = word_set(". , ! ? : ; please now already too instead anymore")
_TYPE = word_set("task todo item entry reminder tasks")
_QUOTES = "\"'“”‘’«»`"
PRONOUNS = word_set("it that this them those these one him her everything")
_TASK_NAMED = word_set("called named titled about regarding for")
_NAMES_OF_TASKS = word_set("force list lists manager board tracker app lighting lamp rabbit")
_OWNED = word_set("priority prio due date time deadline title name")
_DAYS_OF = word_set("today's tomorrow's tonight's yesterday's")
_LONG = ("one", "ones")


def named(piece: Piece) -> str | None:
    """Return the words of a piece that name a task, None when nothing is left. "it" and "that one" stay as they are."""
    trimmed = trim(piece)
    if trimmed.last == trimmed.first:
        return None
    tokens = trimmed.clause.tokens
    if trimmed.last - trimmed.first == 1 and tokens[trimmed.first].kind is TokenKind.QUOTED:
        return trimmed.text[1:-1].strip() or None
    text = trimmed.text.strip(_QUOTES)
    owned = tokens.word(trimmed.last) in _OWNED and text.endswith(("'s", "’s"))
    return (text[:-2] if owned else text) or None


def trim(piece: Piece) -> Piece:
    """Cut articles, "task" and punctuation from both ends; a pronoun alone stays."""
    first, last = piece.first, piece.last
    words = piece.clause.tokens.words
    while last > first and words[last - 1] in _AFTER:
        last -= 1
    if last - first == 1 or (words[first:last][-1:] and words[last - 1] in _LONG):
        return piece.cut(first, last)
    while last - first > 1 and (words[first] in _BEFORE or words[first] in _DAYS_OF):
        first += 1
    if last - first > 1 and words[first] in {"number", "nr", "no"} and words[first + 1].isdecimal():
        first += 1
    if last - first > 1 and words[first] in _TYPE and _names_after_type(words, first):
        first += 2 if words[first + 1] in _TASK_NAMED else 1
    if last - first > 1 and words[first] in {"number", "nr", "no"} and words[first + 1].isdecimal():
        first += 1
    while last - first > 1 and words[last - 1] in _TYPE and words[last - 2] != "#":
        last -= 1
    if last - first > 2 and words[last - 2 : last] == ("to", "do"):
        last -= 2
    return piece.cut(first, last)


def _names_after_type(words: tuple[str, ...], i: int) -> bool:
    """Tell whether "task" stands before the name: task 12, task #12, the task called standup, the reminder milk."""
    following = words[i + 1]
    if words[i] in {"task", "todo"} and following not in _NAMES_OF_TASKS:
        return True
    return following in _TASK_NAMED or following == "#" or following.isdecimal() or following in {"number", "\x00"}


def is_pronoun(target: str | None) -> bool:
    """Tell whether a target only points at the task of the conversation."""
    return target is None or target.casefold() in PRONOUNS or target.casefold().startswith(("that one", "this one"))


def has_type_word(piece: Piece) -> bool:
    """Tell whether the words say that a task of the list is meant: the milk task, #12, "walk the dog", it."""
    words = piece.words
    if not words:
        return False
    quoted = piece.clause.tokens[piece.first].kind is TokenKind.QUOTED
    typed = words[-1] in _TYPE or words[0] in _TYPE or (len(words) > 1 and words[1] in _TYPE)
    return quoted or typed or words[0] == "#" or is_pronoun(" ".join(words)) or words[-1] in _LONG
