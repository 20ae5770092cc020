"""Tells a line that begins like a task ("buy milk") and one that reports what was done ("paid the rent")."""

from functools import cache

from taskora.nlu.commands.clause import Piece
from taskora.nlu.spelling import within_slips
from taskora.nlu.tenses import is_past
from taskora.nlu.verbs import ACTIONS, SAME_IN_PAST
from taskora.nlu.wordlists import word_set

_PARTICLES = word_set("up out off down away over in back on to with through the for at by into from about")
_OBJECT_STARTS = word_set("the a an my our his her their some this that these those all both")
_NOT_AFTER_IT = word_set("is are was were am be been being to of and or not if when who what why how")
_VERB_ENDINGS = ("ize", "ise", "ify", "ate")


def is_action(word: str) -> bool:
    """Tell whether a word is a verb with which people begin tasks; a slip of the keyboard in a long one is forgiven."""
    return word in ACTIONS or (len(word) > 4 and word.endswith(_VERB_ENDINGS)) or _misspelt_action(word)


def begins_with_action(words: tuple[str, ...]) -> bool:
    """Tell whether words begin like an order: a known verb, or any word before "the", "my" … ("winterize the boat")."""
    if not words:
        return False
    if words[0] in ACTIONS:
        return True
    if len(words) > 1 and words[1] in _OBJECT_STARTS and words[0].isalpha() and len(words[0]) > 2:
        return words[0] not in _NOT_AFTER_IT
    return is_action(words[0])


def object_of_past(piece: Piece) -> Piece | None:
    """Return what a verb in the past was done to: the rent of "paid the rent"; None when it is no such report."""
    words = piece.words
    while words and words[0] in {"just", "already", "finally", "now", "actually", "really", "also", "then", "both"}:
        piece = piece.cut(piece.first + 1, piece.last)
        words = piece.words
    if len(words) < 2 or not is_past(words[0]) or (words[0] == "got" and words[1] in {"to", "a", "an", "up", "it"}):
        return None
    first = piece.first + 1
    last = piece.last
    while last - first > 1 and piece.clause.tokens.word(first) in _PARTICLES - {"the"}:
        first += 1
    return piece.cut(first, last)


def reports(words: tuple[str, ...]) -> bool:
    """Tell whether words without a subject report what was done: "paid the rent", not "read the report"."""
    return len(words) > 1 and is_past(words[0]) and words[0] not in SAME_IN_PAST and words[0] not in ACTIONS


def _misspelt_action(word: str) -> bool:
    """Tell whether one slip makes a verb of at least four letters; the first letter has to be right."""
    if len(word) < 4 or not word.isalpha():
        return False
    near = {verb for form in _shortened(word) for verb in _by_shortened().get(form, ())}
    return any(verb[0] == word[0] and within_slips(word, verb, 1) for verb in near)


def _shortened(word: str) -> set[str]:
    """Return a word and what it becomes without one of its letters: words one slip apart share one of these."""
    return {word, *(word[:i] + word[i + 1 :] for i in range(len(word)))}


@cache
def _by_shortened() -> dict[str, tuple[str, ...]]:
    """Return the verbs by their shortened forms; made when the first unknown word is met."""
    forms: dict[str, tuple[str, ...]] = {}
    for verb in sorted(ACTIONS):
        if len(verb) > 3:
            for form in _shortened(verb):
                forms[form] = (*forms.get(form, ()), verb)
    return forms
