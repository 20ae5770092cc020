"""Slips of the keyboard in the long words of the calendar: one letter too many, too few, wrong, or two swapped.

The first letter is taken as right, plurals are left alone (they are rules), and so are English words one slip away.
"""

import re
from functools import lru_cache

from taskora.nlu.verbs import ACTIONS, PAST
from taskora.nlu.wordlists import word_set

_CORRECT = (
    *("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "january", "february", "april"),
    *(
        "august",
        "september",
        "october",
        "november",
        "december",
        "tomorrow",
        "yesterday",
        "tonight",
        "morning",
        "afternoon",
    ),
    *("evening", "midnight", "weekend", "christmas", "halloween", "thanksgiving", "fortnight", "remind"),
)
_OTHER_WORDS = frozenset(
    ("sundry", "frida", "mourning", "augusta", "octobre", "mondal", "evensong", "frisday", "sundae", "rewind", "remand")
)
_SHORT_FORMS = {
    "weds": "wednesday",
    "wensday": "wednesday",
    "wendsday": "wednesday",
    "wednsday": "wednesday",
    "wendesday": "wednesday",
    "thirsday": "thursday",
    "thusday": "thursday",
    "saterday": "saturday",
    "febuary": "february",
    "feburary": "february",
    "tommorrow": "tomorrow",
    "tommorow": "tomorrow",
    "tomorow": "tomorrow",
    "tomoro": "tomorrow",
    "tomarrow": "tomorrow",
    "toomorow": "tomorrow",
    "tomorro": "tomorrow",
    "aprl": "april",
    "arpil": "april",
    "marhc": "march",
    "mrach": "march",
    "juen": "june",
    "jnue": "june",
    "juyl": "july",
    "jully": "july",
    "agust": "august",
    "spet": "september",
    "wknd": "weekend",
    "wkend": "weekend",
    "weeknd": "weekend",
    "todya": "today",
    "toady": "today",
    "tody": "today",
    "teh": "the",
    "thsi": "this",
    "tihs": "this",
    "htis": "this",
    "nxet": "next",
    "nxt": "next",
    "nex": "next",
    "mornin": "morning",
    "evenin": "evening",
    "mrng": "morning",
    "mrning": "morning",
    "evng": "evening",
    "frist": "first",
    "thrid": "third",
}
_TOMORROW = re.compile(r"to?m+[ao]*r+[aou]*r*[aou]*w?")
_TOMORROW_AT_LEAST = 5


_ORDERS = word_set(
    "make move skip delete remove rename complete finish reschedule postpone snooze cancel remind change undo show push"
)
_NO_SLIPS = word_set("mae moe ski sip sow how sho lit pus puh kip hange ove ake hide mover chance canal shop sop")
"""Words that are no slips of an order, for people and things are called so."""


def _slips_of(word: str) -> set[str]:
    missing = {word[:i] + word[i + 1 :] for i in range(1, len(word))}
    swapped = {word[:i] + word[i + 1] + word[i] + word[i + 2 :] for i in range(1, len(word) - 1)}
    return missing | swapped


_ORDER_SLIPS = {slip: word for word in sorted(_ORDERS, reverse=True) for slip in _slips_of(word)}
_FOR_ORDERS = {slip: word for slip, word in _ORDER_SLIPS.items() if slip not in _NO_SLIPS | ACTIONS | PAST}


def corrected_order(word: str) -> str:
    """Return the order that the first word of a line was meant as, with a letter missing or two swapped; or the word itself."""
    return _FOR_ORDERS.get(word, word)


_KNOWN = _OTHER_WORDS | frozenset(_CORRECT)
_BY_LETTER = {
    letter: tuple(word for word in _CORRECT if word[0] == letter) for letter in {word[0] for word in _CORRECT}
}
_SHORTEST = 5


@lru_cache(maxsize=4096)
def corrected(word: str) -> str:
    """Return the calendar word that a lower-case word was meant as, or the word itself."""
    if len(word) < _SHORTEST or word in _KNOWN:
        return _SHORT_FORMS.get(word, word)
    for known in _BY_LETTER.get(word[0], ()):
        if -2 < len(word) - len(known) < 2 and word != f"{known}s" and _one_slip(word, known):
            return known
    if len(word) > _TOMORROW_AT_LEAST and word[0] == "t" and _TOMORROW.fullmatch(word):
        return "tomorrow"
    return _SHORT_FORMS.get(word, word)


def _one_slip(word: str, known: str) -> bool:
    """Tell whether one letter is wrong, missing, too many, or swapped with its neighbour."""
    same = 0
    while same < min(len(word), len(known)) and word[same] == known[same]:
        same += 1
    rest, right = word[same:], known[same:]
    swapped = rest[:2] == right[1::-1] and rest[2:] == right[2:]
    return swapped or rest[1:] == right[1:] or rest[1:] == right or rest == right[1:]
