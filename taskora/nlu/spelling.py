"""How near two words are: plurals and verb endings, beginnings of words, and slips of the keyboard. No word list."""

_ENDINGS = ("ing", "ies", "es", "ed", "s", "y", "e")
_SHORTEST_STEM = 3
_LONG_WORD = 8


def stem(word: str) -> str:
    """Cut a common English ending ("groceries" and "grocery", "calls" and "calling" meet)."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            return word[: -len(ending)]
    return word


def nearly_same(one: str, other: str) -> bool:
    """Tell whether two lower-case words can be meant as the same one. Words with digits are what they are."""
    if one == other:
        return True
    if any(letter.isdigit() for letter in one + other):
        return False
    if stem(one) == stem(other):
        return True
    shorter, longer = sorted((one, other), key=len)
    if len(shorter) >= 4 and longer.startswith(shorter):
        return True
    if len(shorter) < 4 or len(longer) - len(shorter) > 2:
        return False
    return within_slips(one, other, 2 if len(shorter) >= _LONG_WORD else 1)


def within_slips(one: str, other: str, limit: int) -> bool:
    """Tell whether at most `limit` slips (a letter missing, added, changed, or two swapped) lie between two words."""
    if abs(len(one) - len(other)) > limit:
        return False
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        current = [i]
        for j, its in enumerate(other, 1):
            cost = min(row[j] + 1, current[j - 1] + 1, row[j - 1] + (letter != its))
            if before and i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == its:
                cost = min(cost, before[j - 2] + 1)
            current.append(cost)
        if min(current) > limit:
            return False
        before, row = row, current
    return row[-1] <= limit
