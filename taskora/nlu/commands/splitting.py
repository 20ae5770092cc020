"""Cuts a line into clauses that each hold one command: at a line's end, at ";", "and then", "also", or before a new command.

A title is never cut at a bare "and": "remove milk and add eggs" is two commands because both sides are commands.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import zip_longest

from taskora.nlu.tokens import Tokens, tokenise
from taskora.nlu.verbs import ACTIONS
from taskora.nlu.wordlists import word_set

_NEW_COMMAND = word_set(
    "add create delete remove complete mark undo rename reschedule postpone remind show list snooze skip reopen "
    "restore untag tag move push set make cross tick check uncheck cancel change finish finished done get put "
    "take erase trash stop i i'm what what's repeat prioritize prioritise unassign schedule clear scrap bring "
    "update help"
)
"""Words with which a second command may begin after "and", a comma or a full stop."""

_JOINS = (
    ("and", "then"),
    (",", "and", "then"),
    (",", "then"),
    ("and", "also"),
    (",", "and", "also"),
    (",", "also"),
    (".", "also"),
    (".", "then"),
    ("and", "after", "that"),
    ("and", "afterwards"),
    (",", "after", "that"),
    ("then",),
    ("also",),
    (",", "plus"),
    ("and", "to"),
    (",", "and"),
    (",",),
    ("and",),
    ("&",),
    (".",),
    ("!",),
    ("?",),
)
_SURE_JOINS = frozenset(_JOINS[:11])
"""Joins that part commands of themselves; the others need a command on both sides."""

_HALF_SURE = frozenset({("then",), ("also",), ("?",)})
"""Joins that need a command behind them only."""

_DATED_JOINS = frozenset({("and",), (",", "and"), ("&",), (",",), ("also",), (".",), ("and", "to"), ("then",)})
"""Joins that part two tasks when each has a date of its own: pay rent friday and call mom sunday."""

_PLAIN_JOINS = frozenset({("and",), (",", "and"), (",",)})
_BEGINNING = frozenset(("start", "begin"))
_SIGNS = frozenset({";", *(join[0] for join in _JOINS)})
_BULLET = re.compile(r"\s*(?:[-*•‣◦+–—]|\[[ xX]?\]|\d{1,3}[.)])(?:\s+|$)(?:\[[ xX]?\]\s*)?")
_FOLLOWING = ACTIONS | {"after", "to", "at", "on", "in", "tomorrow", "tonight"}
_FAR, _LONG, _NEAR = 40, 400, 7
"""How many words behind a join, and letters before it, are looked at: no more keeps cutting linear."""
_FEWEST_LISTED, _MOST_LISTED = 3, 12
_MOST_CLAUSES = 101
"""One more than a batch may hold, so that whoever acts sees that it is too much."""


@dataclass(frozen=True, slots=True)
class Cut:
    """A clause `[start, end)` of a line in characters; `line` tells that it is a line of its own, a list's item."""

    start: int
    end: int
    line: bool = False


def may_be_cut(tokens: Tokens) -> bool:
    """Tell whether a line holds anything at which it might be cut."""
    if "\n" in tokens.text or "\r" in tokens.text:
        return True
    words = tokens.words
    return any(
        word == ";"
        or (word in _SIGNS and (following in _NEW_COMMAND or following in _SIGNS or following in _FOLLOWING))
        for word, following in zip_longest(words, words[1:], fillvalue="")
    )


@dataclass(frozen=True, slots=True)
class Judge:
    """Tells of a piece of a line whether it is a command by itself, and whether it is a task with a date."""

    is_command: Callable[[str], bool]
    is_dated: Callable[[str], bool]
    is_detail: Callable[[str], bool]
    """Tells whether a piece only says more about the task before it: a priority, tags, a date."""
    acts: Callable[[str], bool]
    """Tells whether a piece is a command on a task that is there."""


def cuts(text: str, judge: Judge) -> list[Cut]:
    """Return the clauses of a text in order."""
    lines = [cut for cut in _lines(text) if text[cut.start : cut.end].strip()]
    found: list[Cut] = []
    for line in lines[:_MOST_CLAUSES]:
        for part in _at_semicolons(text, line, judge):
            found += _within(text, part, judge)
    return found[:_MOST_CLAUSES]


def _lines(text: str) -> Iterator[Cut]:
    """Yield the lines, without the bullets of a list."""
    if "\n" not in text and "\r" not in text:
        yield Cut(0, len(text))
        return
    for match in re.finditer(r"[^\r\n]+", text):
        bullet = _BULLET.match(match.group())
        yield Cut(match.start() + (bullet.end() if bullet else 0), match.end(), line=True)


def _at_semicolons(text: str, line: Cut, judge: Judge) -> Iterator[Cut]:
    piece = text[line.start : line.end]
    if ";" not in piece:
        yield line
        return
    start = 0
    for token in tokenise(piece).items:
        if token.text == ";" and not judge.is_detail(piece[token.end :].partition(";")[0]):
            yield Cut(line.start + start, line.start + token.start, line.line)
            start = token.end
    yield Cut(line.start + start, line.end, line.line)


def _within(text: str, part: Cut, judge: Judge) -> list[Cut]:
    """Cut one piece at its joins, from left to right."""
    piece = text[part.start : part.end]
    tokens = tokenise(piece)
    listed = _is_list_of_dated(piece, judge)
    found: list[Cut] = []
    begin = 0
    i = 1
    while i < len(tokens) - 1:
        join = _join_at(tokens, i)
        parted = join is not None and (
            (listed and tokens.words[i] == ",")
            or _parts(tokens, i, join, piece[begin : tokens[i - 1].end][:_LONG], judge)
        )
        if join is not None and parted:
            found.append(Cut(part.start + begin, part.start + tokens[i - 1].end, part.line))
            begin = tokens[i + len(join)].start
            i += len(join)
        i += 1
    return [*found, Cut(part.start + begin, part.end, part.line)]


def _is_list_of_dated(piece: str, judge: Judge) -> bool:
    """Tell whether commas part at least three tasks, each with its date: flowers thursday, suit friday, wedding saturday."""
    items = [item.strip().removeprefix("and ") for item in piece.split(",")]
    if not _FEWEST_LISTED <= len(items) <= _MOST_LISTED or len(piece) > _LONG:
        return False
    ends_in_order = tokenise(items[-1]).word(0) in ACTIONS
    return all(judge.is_dated(item) for item in items[:-1]) and (ends_in_order or judge.is_dated(items[-1]))


def _join_at(tokens: Tokens, i: int) -> tuple[str, ...] | None:
    for join in _JOINS_BY_FIRST.get(tokens.words[i], ()):
        end = i + len(join)
        if end < len(tokens) and tokens.words[i:end] == join and not tokens.glued(end):
            return join
    return None


def _parts(tokens: Tokens, i: int, join: tuple[str, ...], before: str, judge: Judge) -> bool:
    """Tell whether a join at `i` parts two commands; `before` is the text up to it."""
    if join in _SURE_JOINS:
        return tokens.words[i - 1] != "now"  # every now and then
    after = i + len(join)
    behind = tokens.slice(after, min(after + _FAR, len(tokens)))
    if join in _PLAIN_JOINS and _time_to_act(tokens, after):
        return judge.is_dated(before) and judge.is_dated(behind)
    plain = join != (",",) or tokenise(before).word(0) in ACTIONS
    if join == ("then",) and tokens.words[after] in ACTIONS and judge.is_dated(before):
        return True
    orders = tokens.words[after] in ACTIONS and tokens.words[after] not in _BEGINNING
    if join in _DATED_JOINS and plain and orders and judge.is_dated(behind):
        return judge.is_dated(before) or judge.acts(before)
    if tokens.words[after] not in _NEW_COMMAND:
        return False
    commanded = judge.is_command(behind) or judge.is_command(_up_to_next(tokens, after, behind))
    return commanded and (join in _HALF_SURE or judge.is_command(before))


def _up_to_next(tokens: Tokens, i: int, behind: str) -> str:
    """Return the words from `i` up to the next join that a new command may follow: make it urgent [and tag it work]."""
    for k in range(i + 1, min(i + _FAR, len(tokens) - 1)):
        join = _join_at(tokens, k)
        if join is not None and k + len(join) < len(tokens) and tokens.words[k + len(join)] in _NEW_COMMAND:
            return tokens.slice(i, k)
    return behind


def _time_to_act(tokens: Tokens, i: int) -> bool:
    """Tell whether a time and what is to be done then stand at `i`: [remind me at 3 to call Ann and] at 4 to email Bob."""
    if tokens.word(i) not in {"at", "on", "in", "tomorrow", "tonight", "then"} or "remind" not in tokens.words[:i]:
        return False
    ends = range(i + 1, min(i + _NEAR, len(tokens) - 1))
    return any(tokens.words[k] == "to" and tokens.words[k + 1] in ACTIONS for k in ends)


_JOINS_BY_FIRST: dict[str, list[tuple[str, ...]]] = {}
for _join in sorted(_JOINS, key=len, reverse=True):
    _JOINS_BY_FIRST.setdefault(_join[0], []).append(_join)
