"""A small language for phrase tables, compiled to regular expressions over a clause's words.

    mark/set/flag {target} [as] <done>      words parted by "/" are alternatives, [ ] is optional, < > a named set of phrases
    (get rid of|throw out) {target}         ( | ) are alternatives of several words; { } captures one or more words
    make {target} {level:level} [priority]  { : } captures one phrase of a named set, {_} is words that nobody needs

The expressions run over the lower-case words of a clause, each followed by one blank, so spacing and case play no part.
A capture takes at most sixty words, which keeps matching linear in the length of a line.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

MOST_WORDS = 60
_PIECE = re.compile(r"[\[\]()|]|\{\w+(?::\w+)?\}|<\w+>|[^\s\[\]()|{}<]+")
_ANY = "*"


@dataclass(frozen=True)
class Pattern:
    """A phrase. `firsts` and `lasts` are the words it can begin and end with; `*` stands for any.

    `needs` are words of which it holds one (empty where nothing can be told).

    Its expression is compiled when it is first tried: a process that starts needs few of the hundreds.
    """

    source: str
    text: str
    firsts: frozenset[str]
    lasts: frozenset[str]
    needs: frozenset[str]

    @cached_property
    def expression(self) -> re.Pattern[str]:
        """Return the compiled expression."""
        return re.compile(self.text)


@dataclass(frozen=True, slots=True)
class _Node:
    """A compiled piece: its expression, the words at its ends, and whether it may be left out."""

    expression: str
    firsts: frozenset[str]
    lasts: frozenset[str]
    optional: bool = False
    needs: frozenset[str] = frozenset()


def compile_pattern(source: str, sets: Mapping[str, str] | None = None) -> Pattern:
    """Compile one phrase; `sets` gives the phrases behind the names in < >."""
    pieces = _Pieces(source, sets or {})
    node = pieces.alternatives()
    if pieces.peek() is not None or "".join(_PIECE.findall(source)) != "".join(source.split()):
        raise ValueError(f"unbalanced phrase: {source}")
    return Pattern(source, node.expression, node.firsts, node.lasts, node.needs)


class _Pieces:
    """The pieces of a phrase, read from left to right by recursive descent."""

    def __init__(self, source: str, sets: Mapping[str, str]) -> None:
        self._pieces = _PIECE.findall(source)
        self._sets = sets
        self._place = 0

    def peek(self) -> str | None:
        return self._pieces[self._place] if self._place < len(self._pieces) else None

    def alternatives(self) -> _Node:
        """Read sequences parted by `|`."""
        found = [self._sequence()]
        while self.peek() == "|":
            self._place += 1
            found.append(self._sequence())
        if len(found) == 1:
            return found[0]
        return _Node(
            f"(?:{'|'.join(node.expression for node in found)})",
            frozenset[str]().union(*(node.firsts for node in found)),
            frozenset[str]().union(*(node.lasts for node in found)),
        )

    def _sequence(self) -> _Node:
        nodes = list(self._nodes())
        whole = "".join(node.expression for node in nodes)
        needs = next((node.firsts for node in nodes if not node.optional and _ANY not in node.firsts), frozenset[str]())
        return _Node(whole, _edge(nodes, last=False), _edge(nodes, last=True), needs=needs)

    def _nodes(self) -> Iterator[_Node]:
        while (piece := self.peek()) is not None and piece not in {"|", ")", "]"}:
            self._place += 1
            yield self._node(piece)

    def _node(self, piece: str) -> _Node:
        if piece in {"(", "["}:
            inner = self.alternatives()
            if self.peek() != {"(": ")", "[": "]"}[piece]:
                raise ValueError(f"{piece} is not closed")
            self._place += 1
            mark = "?" if piece == "[" else ""
            return _Node(f"(?:{inner.expression}){mark}", inner.firsts, inner.lasts, optional=piece == "[")
        if piece.startswith("{"):
            return self._capture(*piece[1:-1].partition(":")[::2])
        if piece.startswith("<"):
            inner = _Pieces(self._sets[piece[1:-1]], self._sets).alternatives()
            return _Node(f"(?:{inner.expression})", inner.firsts, inner.lasts)
        words = frozenset(piece.split("/")) if piece != "/" else frozenset("/")
        return _Node(f"(?:{'|'.join(map(re.escape, sorted(words)))}) ", words, words)

    def _capture(self, name: str, phrases: str) -> _Node:
        if phrases:
            inner = _Pieces(self._sets[phrases], self._sets).alternatives()
            return _Node(f"(?P<{name}>{inner.expression})", inner.firsts, inner.lasts)
        any_word = frozenset((_ANY,))
        if name == "_":
            return _Node(f"(?:\\S+ ){{1,{MOST_WORDS}}}?", any_word, any_word)
        return _Node(f"(?P<{name}>(?:\\S+ ){{1,{MOST_WORDS}}}?)", any_word, any_word)


def _edge(nodes: list[_Node], *, last: bool) -> frozenset[str]:
    """Return the words with which a sequence can begin or end."""
    found: frozenset[str] = frozenset()
    for node in reversed(nodes) if last else nodes:
        found |= node.lasts if last else node.firsts
        if not node.optional:
            break
    return found
