"""Numbers in a line: digits, number words (twenty-one, a couple of) and ordinals (27th, third, last)."""

from taskora.nlu.candidates import Match
from taskora.nlu.tokens import Tokens

_ONES = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_ORDINALS = (
    *("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh"),
    *("twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth"),
)

CARDINALS = {word: value for value, word in enumerate(_ONES)} | {
    word: value for value, word in zip(range(20, 100, 10), _TENS, strict=True)
}
"""Number word → value."""

ORDINALS = {word: value for value, word in enumerate(_ORDINALS, start=1)} | {
    "twentieth": 20,
    "thirtieth": 30,
    "fortieth": 40,
    "last": -1,
    "final": -1,
}
"""Ordinal word → value; `last` is -1."""

_TENS_VALUES = {word: CARDINALS[word] for word in _TENS}
_SUFFIXES = frozenset(("st", "nd", "rd", "th"))


def number_at(tokens: Tokens, i: int, *, article: bool = False) -> Match[int] | None:
    """Read a whole number in digits or words at `i`; with `article`, also `a`, `an`, `a couple of` and `a few`."""
    value = tokens.number(i)
    if value >= 0:
        return Match(i + 1, value)
    word = tokens.word(i)
    if word in CARDINALS:
        return _tens_at(tokens, i, CARDINALS) or Match(i + 1, CARDINALS[word])
    return _article_at(tokens, i, word) if article else None


def _tens_at(tokens: Tokens, i: int, ones: dict[str, int]) -> Match[int] | None:
    tens = _TENS_VALUES.get(tokens.word(i))
    if tens is None:
        return None
    j = i + 2 if tokens.word(i + 1) == "-" and tokens.glued(i + 1) else i + 1
    unit = ones.get(tokens.word(j), 0)
    return Match(j + 1, tens + unit) if 0 < unit < 10 else None


def _article_at(tokens: Tokens, i: int, word: str) -> Match[int] | None:
    if word in {"a", "an"}:
        nearby = _article_at(tokens, i + 1, tokens.word(i + 1)) if tokens.word(i + 1) in {"couple", "few"} else None
        return nearby or Match(i + 1, 1)
    if word in {"couple", "few"}:
        end = i + 2 if word == "couple" and tokens.word(i + 1) == "of" else i + 1
        note = () if word == "couple" else ("took a few as 3",)
        return Match(end, 2 if word == "couple" else 3, assumptions=note)
    return None


def ordinal_at(tokens: Tokens, i: int) -> Match[int] | None:
    """Read an ordinal at `i`: 27th, third, twenty-first; `last` is -1."""
    value = tokens.number(i)
    if value > 0:
        return Match(i + 2, value) if tokens.word(i + 1) in _SUFFIXES and tokens.glued(i + 1) else None
    word = tokens.word(i)
    if word in ORDINALS:
        return Match(i + 1, ORDINALS[word])
    return _tens_at(tokens, i, ORDINALS)
