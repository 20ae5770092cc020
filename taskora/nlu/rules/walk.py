"""Finds every rule and every bound in a line; `candidates.choose` picks among them and `resolution` joins them."""

from collections.abc import Callable, Iterable
from typing import TypeAlias, TypeVar

from taskora.nlu.calendar_words import MONTHS
from taskora.nlu.candidates import Candidate, Kind, Match
from taskora.nlu.dates.period_phrases import NEXT, THIS
from taskora.nlu.numbers import CARDINALS, ORDINALS
from taskora.nlu.reading import Context
from taskora.nlu.rules.adverbs import adverb_at, alternate_at, parts_at, parts_of_every_day_at, plural_at, without_weak
from taskora.nlu.rules.apart import apart
from taskora.nlu.rules.bounds import ENDING, STARTING, bound_at
from taskora.nlu.rules.completion import after_finishing_at
from taskora.nlu.rules.days import LETTERS
from taskora.nlu.rules.every import every_at, times_of_each_day_at
from taskora.nlu.rules.of_every import of_every_at
from taskora.nlu.rules.often import often_at
from taskora.nlu.rules.phrase import Bound, Phrase
from taskora.nlu.rules.vocabulary import ADJECTIVES, ALL_WEEKDAYS, DAY_SETS, EVERY, PREFIXED, REPEAT, WORKDAY_FIRST
from taskora.nlu.tokens import TokenKind, Tokens
from taskora.nlu.wordlists import word_set

Parser = Callable[[Tokens, int], Match[Phrase] | None]
Value = TypeVar("Value")
Found: TypeAlias = tuple[int, Match[Value]]
_NUMBER = "#"
_ROWS: tuple[tuple[Iterable[str], Parser], ...] = (
    (EVERY | REPEAT | word_set("once"), every_at),
    (frozenset(ADJECTIVES) | PREFIXED | REPEAT | word_set("on once"), adverb_at),
    (word_set(f"at {_NUMBER}"), times_of_each_day_at),
    (
        frozenset(ORDINALS) | word_set(f"on the at in end start beginning middle penultimate next day {_NUMBER}"),
        of_every_at,
    ),
    (
        frozenset(ALL_WEEKDAYS) | frozenset(DAY_SETS) | WORKDAY_FIRST | word_set("on at alternate alternating m t w"),
        plural_at,
    ),
    (word_set("on alternate alternating"), alternate_at),
    (word_set("in mornings afternoons evenings nights"), parts_at),
    (word_set("morning mornings noon afternoon evening night"), parts_of_every_day_at),
    (frozenset(CARDINALS) | word_set(f"after a an {_NUMBER}"), after_finishing_at),
    (frozenset(CARDINALS) | word_set(f"twice thrice {_NUMBER}"), often_at),
)
_PARSERS: dict[str, tuple[Parser, ...]] = {}
for _words, _parser in _ROWS:
    for _word in _words:
        _PARSERS[_word] = (*_PARSERS.get(_word, ()), _parser)

_SIGNS = (
    EVERY
    | frozenset(ADJECTIVES)
    | PREFIXED
    | REPEAT
    | frozenset(DAY_SETS)
    | word_set("alternate alternating after once twice thrice times x except excluding")
)
_PLURAL_ENDINGS = tuple(word for word in ALL_WEEKDAYS if word.endswith("days"))
_PARTS_IN_PLURAL = word_set("mornings evenings afternoons nights")
_LENGTHS = word_set("days weeks")
_WATCHED = (
    _SIGNS
    | _LENGTHS
    | frozenset(_PLURAL_ENDINGS)
    | _PARTS_IN_PLURAL
    | frozenset(ALL_WEEKDAYS)
    | frozenset(MONTHS)
    | frozenset(LETTERS)
)
"""A line without any of these repeats nothing."""

_BOUND_WORDS = (
    STARTING
    | ENDING
    | word_set(
        "for to over after from since following when once except excepting excluding exclude skipping skip minus"
    )
    | NEXT
    | THIS
    | word_set("during all")
    | word_set("without besides exept excpet but apart aside other save just and with not twice a x")
    | frozenset(CARDINALS)
)


def extract(tokens: Tokens, context: Context) -> list[Candidate]:  # noqa: ARG001  every extractor is given it
    """Return the rules of a line and, when there is one, what bounds them. Raises InvalidField for "every 30 February"."""
    if _WATCHED.isdisjoint(tokens.words):
        return []
    lettered = "/" in tokens.words and sum(word in LETTERS for word in tokens.words) > 1
    lasting = "for" in tokens.words and not _LENGTHS.isdisjoint(tokens.words)
    days = sum(word in ALL_WEEKDAYS for word in tokens.words)
    months = sum(word in MONTHS for word in tokens.words)
    if days < 2 and months < 3 and not lettered and not lasting and not any(_is_sign(word) for word in tokens.words):
        return []
    phrases: list[Found[Phrase]] = []
    bounds: list[Found[Bound]] = []
    i = 0
    last = len(tokens)
    while i < last:
        end = i + 1
        if tokens.opens(i):
            if (phrase := _phrase_at(tokens, i)) is not None:
                phrases.append((i, phrase))
                end = phrase.end
            elif _may_bound(tokens, i) and (bound := bound_at(tokens, i)) is not None:
                bounds.append((i, bound))
                end = bound.end
        i = end
    phrases = apart(tokens, phrases)
    if not phrases:
        return []
    rules = [_candidate(tokens, start, Kind.RULE, match) for start, match in without_weak(phrases)]
    return rules + [_candidate(tokens, start, Kind.BOUND, match) for start, match in bounds]


def _is_sign(word: str) -> bool:
    return word in _SIGNS or word in _PLURAL_ENDINGS or word in _PARTS_IN_PLURAL


def _phrase_at(tokens: Tokens, i: int) -> Match[Phrase] | None:
    key = _NUMBER if tokens[i].kind is TokenKind.NUMBER else tokens.word(i)
    best: Match[Phrase] | None = None
    for parser in _PARSERS.get(key, ()):
        match = parser(tokens, i)
        if match is not None and (best is None or match.end > best.end):
            best = match
    return best


def _may_bound(tokens: Tokens, i: int) -> bool:
    return tokens.word(i) in _BOUND_WORDS or tokens[i].kind is TokenKind.NUMBER


def _candidate(tokens: Tokens, i: int, kind: Kind, match: Match[Phrase] | Match[Bound]) -> Candidate:
    lead = 1 if kind is Kind.RULE and tokens.word(i - 1) == "due" else 0
    start, end = tokens.span(i - lead, match.end)
    return Candidate(start, end, kind, match.value, match.score, match.assumptions)
