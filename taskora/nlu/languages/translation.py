"""Reads the calendar words of another language as the English ones, so that one grammar serves all.

A language is taken only when it is certain: a word stands in the line that no English line holds. Names of tasks stay as they
are, since only the words that tables are asked with change, never the text.
"""

from collections.abc import Sequence

from taskora.nlu.languages.dutch import DUTCH
from taskora.nlu.languages.french import FRENCH
from taskora.nlu.languages.german import GERMAN
from taskora.nlu.languages.italian import ITALIAN
from taskora.nlu.languages.portuguese import PORTUGUESE
from taskora.nlu.languages.spanish import SPANISH
from taskora.nlu.languages.table import Forms, Language
from taskora.nlu.languages.urdu import URDU
from taskora.nlu.verbs import ACTIONS
from taskora.nlu.wordlists import word_set

_LANGUAGES = (GERMAN, SPANISH, FRENCH, PORTUGUESE, ITALIAN, DUTCH, URDU)
_BY_CODE = {language.code: language for language in _LANGUAGES}
SIGNS = frozenset[str]().union(*(language.certain | language.likely | {language.dated} for language in _LANGUAGES))
"""Every word that says something about the language; a line without any is English."""

_SURE = frozenset[str]().union(*(language.certain | {language.dated} for language in _LANGUAGES))
_ENGLISH = word_set(
    "the on at to my every tomorrow today tonight for with and by of is this next monday tuesday wednesday thursday friday"
    " saturday sunday"
)
"""Words beside which hints prove nothing: pick up tacos from El Sol on the way to La Brea."""

_TWO, _REACH = 2, 6

Piece = tuple[int, int, str]
"""Words `[first, end)` of the line that are read as one English word."""


def language_of(words: Sequence[str], locale: str = "") -> Language | None:
    """Return the language of lower-case words, None for English and for what cannot be told.

    Of people whose `locale` is a language, a line without English calendar words is in that language if it has a word of it.
    """
    own = _BY_CODE.get(locale[:2])
    if (
        own is not None
        and _ENGLISH.isdisjoint(words)
        and any(word in own.own or word in own.compounds for word in words)
    ):
        return own
    if "gras" in words or (_SURE.isdisjoint(words) and not _ENGLISH.isdisjoint(words)):
        return None  # mardi gras is English as well
    hits = [(_hits(language, words), language) for language in _LANGUAGES]
    most, language = max(hits, key=lambda hit: hit[0])
    return language if most >= _TWO else None


def _hits(language: Language, words: Sequence[str]) -> int:
    """Count what speaks for a language: two for a sure word, one for a hint; a line needs two."""
    sure = len(language.certain.intersection(words))
    english = not _ENGLISH.isdisjoint(words)
    hints = 0 if english else len(language.likely.intersection(words))
    if sure == 1 and not hints and (english or words[0] in ACTIONS):
        return 0  # buy Oggi hair serum
    dated = language.dated in words and any(
        word == language.dated and following.isdecimal() and not before.isdecimal() and before != "i"
        for before, word, following in zip(("", *words), words, words[1:], strict=False)
    )
    return _TWO * (sure + dated) + (hints if hints > 1 or sure or dated else 0)


def translation(language: Language, words: Sequence[str], locale: str = "") -> list[Piece]:
    """Return the line piece by piece in English words."""
    table = language.own if language.code == locale[:2] else language.forms
    pieces: list[Piece] = []
    ends = _ends(language, words)
    i = 0
    while i < len(words):
        if i in ends:
            pieces.append((i, i + 1, ends[i]))
            i += 1
            continue
        found = _form_at(table, words, i)
        if found is None:
            pieces.append((i, i + 1, words[i]))
            i += 1
            continue
        length, english = found
        pieces += [(i + k, i + k + 1, word) for k, word in enumerate(english[:-1])]
        pieces.append((i + len(english) - 1, i + length, english[-1]))
        i += length
    return _clocks(_ordinals(pieces)) if language.code == "de" else pieces


def _ends(language: Language, words: Sequence[str]) -> dict[int, str]:
    """Return where two numbers are parted as from and to: von 10 bis 12, de 10h à 12h."""
    opening, closing = language.between
    found: dict[int, str] = {}
    for i in range(len(words) - 3):
        if words[i] != opening or not words[i + 1].isdecimal():
            continue
        for k in range(i + 2, min(i + _REACH, len(words) - 1)):
            if words[k] == closing and words[k + 1].isdecimal():
                found |= {i: "from", k: "to"}
                break
    return found


def _form_at(table: Forms, words: Sequence[str], i: int) -> tuple[int, tuple[str, ...]] | None:
    for form, english in table.get(words[i], ()):
        if tuple(words[i : i + len(form)]) == form:
            return len(form), english
    return None


def _clocks(pieces: list[Piece]) -> list[Piece]:
    """Join minutes and the "Uhr" behind them, which says nothing more: 9:30 Uhr."""
    joined: list[Piece] = []
    for first, end, word in pieces:
        if word == "uhr" and len(joined) > _TWO and joined[-1][2].isdecimal() and joined[-2][2] in {":", "."}:
            joined[-1] = (joined[-1][0], end, joined[-1][2])
        else:
            joined.append((first, end, word))
    return joined


_AFTER_ORDINAL = word_set(
    "january february march april may june july august september october november december every of"
)


def _ordinals(pieces: list[Piece]) -> list[Piece]:
    """Join a number and its full stop before a month: am 24. Dezember."""
    joined: list[Piece] = []
    i = 0
    while i < len(pieces):
        first, end, word = pieces[i]
        dotted = i + 2 < len(pieces) and word.isdecimal() and pieces[i + 1][2] == "."
        if dotted and pieces[i + 2][2] in _AFTER_ORDINAL:
            joined.append((first, end + 1, word))
            i += 2
            continue
        joined.append(pieces[i])
        i += 1
    return joined
