"""A line cut into tokens: the ground on which every extractor stands.

Runs of letters (with an inner apostrophe) and runs of digits are tokens of their own, so `6pm`, `27th` and `3d` are two
tokens of which the second is glued to the first; every other visible character is one token. What `masks` hides is a single
opaque token whose `lower` matches nothing; slips in calendar words are corrected in `lower` only. Spaces are no tokens.
Cutting is linear in the length of the line.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache, lru_cache
from typing import Any, NamedTuple

from taskora.nlu import masks
from taskora.nlu.languages.translation import SIGNS, language_of, translation
from taskora.nlu.misspellings import corrected, corrected_order


class TokenKind(StrEnum):
    """What a token is made of."""

    WORD = "word"
    NUMBER = "number"
    PUNCT = "punct"
    QUOTED = "quoted"
    ESCAPED = "escaped"
    OPAQUE = "opaque"

    __hash__ = str.__hash__  # that of Enum runs in Python


class Token(NamedTuple):
    """A piece `[start, end)` of the line. `lower` is what word tables are asked with; `glued`: no space before it."""

    text: str
    lower: str
    start: int
    end: int
    kind: TokenKind
    glued: bool

    @property
    def capitalised(self) -> bool:
        """Tell whether it begins with a capital letter."""
        return self.text[0].isupper()

    @property
    def value(self) -> int:
        """Return the number that a NUMBER token shows, -1 for another kind or for more than nine digits."""
        return int(self.text) if self.kind is TokenKind.NUMBER and len(self.text) <= 9 else -1


_HIDDEN = "\x00"
_SHOWN = frozenset(("number", "punct"))
_PLAIN = r"(?P<number>\d+)|(?P<word>[^\W\d_]+(?:['’][^\W\d_]+)*)|(?P<punct>\S)"
_MASKED = (
    rf"(?P<quoted>{masks.QUOTED})|(?P<escaped>{masks.ESCAPED})"
    rf"|(?P<opaque>(?:{masks.ADDRESS})|(?:{masks.VERSION})|(?:{masks.RATIO}))"
)
_TOKEN = re.compile(_PLAIN)
_MASK_SIGN = re.compile(r"[\"“«`'‘\\@./:]")
_KINDS = {kind.value: kind for kind in TokenKind}


@cache
def _token_or_mask() -> re.Pattern[str]:
    """Compile the expression with the masks at its first use: most lines need none, and it takes longest at import."""
    return re.compile(f"{_MASKED}|{_PLAIN}", re.IGNORECASE)


_OPENING = frozenset("([{<\"'“‘«,;:—–…!?*~•>|")
_CLOSING = frozenset(")]}>\"'”’»,;:.!?…—–|")


class _Words(dict[int, str]):
    """Lower-case forms by index; an empty string outside the line."""

    def __missing__(self, index: int) -> str:
        return ""


class _Numbers(dict[int, int]):
    """The digits of NUMBER tokens by index; -1 elsewhere."""

    def __missing__(self, index: int) -> int:
        return -1


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of a line. `words` are their lower-case forms.

    `word(index)` is the lower-case form at an index, or an empty string outside the line; `number(index)` is the digits there
    as a number, or -1. Both are asked some hundred times a line, so they are look-ups without a frame of Python.
    `dates` and `leads` are what `dates.grammar` and `leads` remember having read at an index: they are asked at the same
    places by many.
    """

    text: str
    items: tuple[Token, ...]
    words: tuple[str, ...]
    word: Callable[[int], str]
    number: Callable[[int], int]
    dates: dict[int, Any] = field(default_factory=dict, compare=False, repr=False)
    leads: dict[int, Any] = field(default_factory=dict, compare=False, repr=False)

    def __len__(self) -> int:
        return len(self.items)

    def __getitem__(self, index: int) -> Token:
        return self.items[index]

    def glued(self, index: int) -> bool:
        """Tell whether the token at `index` exists and touches the one before it."""
        return 0 < index < len(self.items) and self.items[index].glued

    def opens(self, index: int) -> bool:
        """Tell whether a phrase may begin at `index`: it is not the tail of `sun-dried`, `v2` or `and/or`."""
        return not self.glued(index) or self.words[index - 1] in _OPENING

    def closes(self, index: int) -> bool:
        """Tell whether a phrase may end before `index`: at a space, the end, or punctuation that ends a word."""
        if not self.glued(index):
            return True
        if self.words[index] not in _CLOSING:
            return False
        return self.words[index] not in ".:,'’" or not self.glued(index + 1) or not self.word(index + 1).isalnum()

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Return the characters `[start, end)` of the tokens `[first, last)`."""
        return self.items[first].start, self.items[last - 1].end

    def slice(self, first: int, last: int) -> str:
        """Return the text of the tokens `[first, last)` as it stands in the line."""
        start, end = self.span(first, last)
        return self.text[start:end]


def _in_english(text: str, items: list[Token], said: list[str], locale: str) -> list[Token]:
    """Read the tokens of a line in another language by the English words of its calendar; several may become one."""
    language = language_of(said, locale)
    if language is None:
        return items
    if not language.compounds.keys().isdisjoint(said):
        items = [part for token in items for part in _parted(token, language.compounds)]
        said = [token.lower if token.kind is TokenKind.WORD else token.text for token in items]
    found = []
    for first, end, lower in translation(language, said, locale):
        token = items[first]
        if lower == said[first] and end == first + 1:
            found.append(token)
            continue
        last = items[end - 1].end
        piece = token.text if token.kind is TokenKind.NUMBER else text[token.start : last]
        found.append(token._replace(text=piece, lower=lower, end=last))
    return found


def _parted(token: Token, compounds: dict[str, tuple[int, str]]) -> tuple[Token, ...]:
    """Part a day and a part of it that are written as one word; each token's `lower` is what the line says there."""
    word = token.text.lower()
    if word not in compounds:
        return (token._replace(lower=word),)
    at, english = compounds[word]
    middle = token.start + at
    day, part = token.text[:at], token.text[at:]
    return (
        token._replace(text=day, lower=day.lower(), end=middle),
        Token(part, english, middle, token.end, TokenKind.WORD, glued=False),
    )


@lru_cache(maxsize=64)
def tokenise(text: str, locale: str = "") -> Tokens:
    """Cut a line into tokens, in time linear in its length. The last lines are kept: several readers cut the same one.

    `locale` is the language in which the person writes, as a BCP 47 tag; it decides where the words alone do not.
    """
    items: list[Token] = []
    said: list[str] = []
    last = 0
    for match in (_token_or_mask() if _MASK_SIGN.search(text) else _TOKEN).finditer(text):
        group = match.lastgroup or "punct"
        piece = word = match[0]
        start, end = match.span()
        lower = piece
        if group == "word":
            word = piece.lower()
            lower = corrected(word.replace("’", "'"))
        elif group not in _SHOWN:
            word, lower = piece.lower(), _HIDDEN
        said.append(word)
        items.append(Token(piece, lower, start, end, _KINDS[group], start == last and start > 0))
        last = end
    if not SIGNS.isdisjoint(said) or (locale and not locale.startswith("en")):
        items = _in_english(text, items, said, locale)
    if items and items[0].kind is TokenKind.WORD and (order := corrected_order(items[0].lower)) != items[0].lower:
        items[0] = items[0]._replace(lower=order)
    words = tuple([token.lower for token in items])
    numbers = _Numbers({i: token.value for i, token in enumerate(items) if token.kind is TokenKind.NUMBER})
    return Tokens(text, tuple(items), words, _Words(enumerate(words)).__getitem__, numbers.__getitem__)
