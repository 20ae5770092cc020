"""What opens a letter to somebody, which people paste as a task: hi Tom, … dear Ms Bell, … No greeting of the assistant."""

from taskora.nlu.wordlists import word_set

SALUTING = frozenset(("hi", "hello", "hey", "dear"))
_NO_NAMES = word_set("there again can could would will you i add remind show all taskora assistant bot please mate")
_LONGEST = 3


def after_salutation(words: tuple[str, ...]) -> int:
    """Return the index of the first word behind a salutation and its comma, 0 without one."""
    if not words or words[0] not in SALUTING:
        return 0
    for end in range(2, _LONGEST + 1):
        name = words[1:end]
        if words[end : end + 1] == (",",) and all(word.isalpha() and word not in _NO_NAMES for word in name):
            return end + 1
    return 0
