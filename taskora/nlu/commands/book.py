"""A book of phrases: which pattern fits a clause, found by its first and last word."""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from operator import attrgetter
from typing import Generic, TypeAlias, TypeVar

from taskora.nlu.commands.clause import Clause, Found, Piece
from taskora.nlu.commands.patterns import Pattern, compile_pattern

_ANY = "*"
Answer = TypeVar("Answer")
Handler: TypeAlias = Callable[[Clause, Found], Answer | None]
"""Makes a command of what a pattern captured, or None when the pattern fits by accident."""

Rows: TypeAlias = Iterable[tuple[Handler[Answer], str]]
"""Handlers with their phrases, one a line; what comes first is tried first."""


@dataclass(frozen=True, slots=True)
class _Entry(Generic[Answer]):
    order: int
    handler: Handler[Answer]
    pattern: Pattern


class Book(Generic[Answer]):
    """Phrases with their handlers, indexed by first word, else by last word."""

    def __init__(self, rows: Rows[Answer], sets: Mapping[str, str]) -> None:
        self._by_first: dict[str, list[_Entry[Answer]]] = {}
        self._by_last: dict[str, list[_Entry[Answer]]] = {}
        order = 0
        for handler, phrases in rows:
            for line in filter(None, map(str.strip, phrases.splitlines())):
                order += 1
                self._add(_Entry(order, handler, compile_pattern(line, sets)))
        self._by_any = self._by_last.pop(_ANY, [])

    def _add(self, entry: _Entry[Answer]) -> None:
        by_first = _ANY not in entry.pattern.firsts
        index = self._by_first if by_first else self._by_last
        for word in entry.pattern.firsts if by_first else entry.pattern.lasts:
            index.setdefault(word, []).append(entry)

    def _entries(self, first: str, last: str | None) -> Sequence[_Entry[Answer]]:
        """Return the phrases that may begin and end with these words, in their order; None: only those with a first word."""
        by_first = self._by_first.get(first, ())
        if last is None:
            return by_first
        by_last = self._by_last.get(last, ())
        if not by_last:
            return by_first if not self._by_any else sorted((*by_first, *self._by_any), key=_order)
        return sorted((*by_first, *by_last, *self._by_any), key=_order)

    def read(self, clause: Clause, places: Sequence[int], *, by_end: bool = True) -> Answer | None:
        """Return the answer of the first phrase that fits the words of a clause at `places`, which are token indices.

        Without `by_end`, phrases that begin with any word are left out ("… is done").
        """
        if not places:
            return None
        said = clause.tokens.words
        words = [said[place] for place in places]
        text = ""
        for entry in self._entries(words[0], words[-1] if by_end else None):
            if entry.pattern.needs and entry.pattern.needs.isdisjoint(words):
                continue
            text = text or " ".join(words) + " "
            match = entry.pattern.expression.fullmatch(text)
            if match is None:
                continue
            answer: Answer | None = entry.handler(clause, _found(clause, match, words, places))
            if answer is not None:
                return answer
        return None


_order = attrgetter("order")


def _found(clause: Clause, match: re.Match[str], words: Sequence[str], places: Sequence[int]) -> Found:
    """Return the captured words as pieces of the clause."""
    starts = list(accumulate((len(word) + 1 for word in words), initial=0))
    pieces = {}
    for name in match.groupdict():
        start, end = match.span(name)
        if start >= 0 and end > start:
            pieces[name] = Piece(clause, places[bisect_left(starts, start)], places[bisect_left(starts, end) - 1] + 1)
    return pieces
