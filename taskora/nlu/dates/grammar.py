"""A day in words: the position parser that joins all kinds of date. The longest phrase wins.

Which parsers are tried at a token hangs on its word, so that a word without meaning for dates costs one look into a table.
An anchor (3 days before the friday after christmas) nests at most four times, which bounds the steps.
"""

from collections.abc import Callable, Iterable

from taskora.nlu.calendar_words import MONTHS, UNITS, WEEKDAYS
from taskora.nlu.candidates import Match
from taskora.nlu.dates import absolute, anchors, period_phrases, relative
from taskora.nlu.dates.expressions import DateExpression
from taskora.nlu.dates.named import NAME_STARTS
from taskora.nlu.numbers import CARDINALS, ORDINALS
from taskora.nlu.tokens import TokenKind, Tokens

Parser = Callable[[Tokens, int], Match[DateExpression] | None]
Anchored = Callable[[Tokens, int, anchors.DateParser], Match[DateExpression] | None]

_DEPTH = 4
_ANCHORED: tuple[Anchored, ...] = (
    anchors.offset_from_at,
    anchors.weekday_beside_at,
    anchors.week_of_at,
    anchors.day_end_at,
)


def _after_the(parser: Parser) -> Parser:
    return lambda tokens, i: parser(tokens, i + 1)


_NUMBER = "#"
_ROWS: tuple[tuple[Iterable[str], tuple[Parser, ...]], ...] = (
    (
        (_NUMBER,),
        (
            absolute.numeric_at,
            absolute.day_month_at,
            absolute.day_of_month_at,
            absolute.named_at,
            period_phrases.nth_at,
            period_phrases.whole_period_at,
            relative.offset_at,
            relative.weekdays_ahead_at,
            relative.day_word_at,
        ),
    ),
    (ORDINALS, (absolute.day_month_at, absolute.named_at, period_phrases.nth_at)),
    (CARDINALS, (absolute.day_month_at, period_phrases.nth_at, relative.offset_at, relative.weekdays_ahead_at)),
    (("a", "an", "half", "couple", "few"), (relative.offset_at,)),
    (MONTHS, (absolute.named_at, absolute.month_day_at, period_phrases.whole_period_at)),
    (WEEKDAYS, (absolute.with_weekday_at, relative.weekday_at, relative.sum_at)),
    (
        period_phrases.NEXT | period_phrases.THIS,
        (
            relative.weekday_at,
            relative.week_then_day_at,
            relative.offset_at,
            period_phrases.whole_period_at,
            period_phrases.weekend_at,
            _after_the(absolute.named_at),
        ),
    ),
    (("last",), (relative.weekday_at,)),
    (
        ("the",),
        (
            absolute.day_of_month_at,
            _after_the(absolute.day_month_at),
            _after_the(absolute.named_at),
            period_phrases.nth_at,
            period_phrases.weekend_at,
            period_phrases.edge_at,
            period_phrases.whole_period_at,
            relative.weekday_at,
            relative.day_word_at,
        ),
    ),
    (("in", "within", "after", "+"), (relative.offset_at,)),
    (
        ("end", "close", "start", "beginning", "begin", "top", "mid", "middle", "early", "late", "later"),
        (period_phrases.edge_at,),
    ),
    (period_phrases.STRETCHES, (period_phrases.edge_at, period_phrases.whole_period_at)),
    (("weekend",), (period_phrases.weekend_at,)),
    (("q",), (period_phrases.whole_period_at,)),
    (("day", "tom", *relative.DAY_WORDS), (relative.day_word_at, relative.sum_at)),
    (period_phrases.PERIOD_TOKENS, (period_phrases.token_at, relative.sum_at)),
    (NAME_STARTS, (absolute.named_at,)),
)
_BEGINS_ANCHOR = (
    frozenset(("the", "eod", "cob", "end", "close", "a", "an", "half", "couple", "few", "weekend", _NUMBER))
    | frozenset(UNITS)
    | frozenset(WEEKDAYS)
    | frozenset(ORDINALS)
    | frozenset(CARDINALS)
)

_SIDES = frozenset(anchors.SIDES) | frozenset(WEEKDAYS) | frozenset(relative.DAY_WORDS) | {"on", "of"}
_REACH = 9
"""Within how many tokens the word that makes an anchor stands."""


def _table() -> dict[str, tuple[Parser, ...]]:
    table: dict[str, tuple[Parser, ...]] = {}
    for words, parsers in _ROWS:
        for word in words:
            known = table.get(word, ())
            table[word] = (*known, *(parser for parser in parsers if parser not in known))
    return table


_PARSERS = _table()
DATE_STARTS = frozenset(_PARSERS)
"""The words with which a date may begin; numbers may as well."""


def date_at(tokens: Tokens, i: int, depth: int = 0) -> Match[DateExpression] | None:
    """Read the longest date at `i`. A date that the calendar lacks is read too; it is named when it is resolved."""
    if depth:
        return _read(tokens, i, depth)
    if i not in tokens.dates:
        tokens.dates[i] = _read(tokens, i, depth)
    found: Match[DateExpression] | None = tokens.dates[i]
    return found


def _read(tokens: Tokens, i: int, depth: int) -> Match[DateExpression] | None:
    if i >= len(tokens):
        return None
    word = _NUMBER if tokens[i].kind is TokenKind.NUMBER else tokens.words[i]
    best: Match[DateExpression] | None = None
    for parser in _PARSERS.get(word, ()):
        found = parser(tokens, i)
        if found is not None and (best is None or found.end > best.end) and _ends(tokens, found.end):
            best = found
    if word in _BEGINS_ANCHOR and depth < _DEPTH and not _SIDES.isdisjoint(tokens.words[i + 1 : i + _REACH]):
        best = _anchored_at(tokens, i, depth, best)
    return anchors.day_end_behind(tokens, anchors.then_in_at(tokens, best)) if best is not None else None


def _ends(tokens: Tokens, end: int) -> bool:
    """Tell whether a date may end there: at a word's end, or before the T of 2027-01-27T15:00."""
    return tokens.closes(end) or (
        tokens.word(end) == "t" and tokens.number(end - 1) >= 0 and tokens.number(end + 1) >= 0
    )


def _anchored_at(
    tokens: Tokens, i: int, depth: int, best: Match[DateExpression] | None
) -> Match[DateExpression] | None:
    def deeper(tokens: Tokens, j: int) -> Match[DateExpression] | None:
        return date_at(tokens, j, depth + 1)

    for parser in _ANCHORED:
        found = parser(tokens, i, deeper)
        if found is not None and (best is None or found.end > best.end) and tokens.closes(found.end):
            best = found
    return best
