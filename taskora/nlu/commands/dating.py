"""Dates inside commands: where the name of a task ends and its new date begins."""

from collections.abc import Iterator

from taskora.domain.errors import NotUnderstood, Refused
from taskora.nlu.calendar_words import WEEKDAYS
from taskora.nlu.candidates import THRESHOLD
from taskora.nlu.commands.clause import Piece
from taskora.nlu.dates.grammar import DATE_STARTS
from taskora.nlu.reading import Command, Context
from taskora.nlu.rules.vocabulary import ADJECTIVES, EVERY, REPEAT
from taskora.nlu.task_entry import read_task
from taskora.nlu.times import TIME_STARTS
from taskora.nlu.tokens import TokenKind, tokenise
from taskora.nlu.when import find_dates_and_times
from taskora.nlu.when_entry import read_when
from taskora.nlu.wordlists import word_set

_LEADS = word_set(": to until till til for on at by in into onto due from back it now @ around before")
_PREPOSITIONS = word_set("to until till til for on at by in from")
_KEPT = word_set("in by before now @")
_STARTS = DATE_STARTS | TIME_STARTS | EVERY | REPEAT | frozenset(ADJECTIVES) | _KEPT | word_set("no someday later asap")
"""Words with which the new date or rule of a task can begin."""

_WHICH = word_set("the my next this upcoming coming")
_DAYS_OF = word_set("today's tomorrow's tonight's yesterday's todays tomorrows")


def without_trailing_time(piece: Piece) -> Piece:
    """Cut a date or time from the end of a piece: "standup today" is standup."""
    text = piece.text
    last = piece.last
    for candidate in reversed(find_dates_and_times(tokenise(text))):
        if candidate.score < THRESHOLD:
            continue
        start = piece.clause.tokens[piece.first].start
        end = piece.clause.tokens[last - 1].end
        if candidate.end + start != end or candidate.start == 0:
            break
        while last > piece.first and piece.clause.tokens[last - 1].start >= candidate.start + start:
            last -= 1
    return piece.cut(piece.first, last) if last > piece.first else piece


def without_leading_day(piece: Piece) -> Piece:
    """Cut "today's", "tomorrow's", "this week's", "the next" from the start of a piece."""
    first, words = piece.first, piece.clause.tokens.words
    while piece.last - first > 1:
        of_week = words[first].endswith("'s") and first > piece.first and words[first - 1] in {"this", "next"}
        of_day = words[first].endswith("'s") and words[first][:-2] in WEEKDAYS
        if not of_week and not of_day and words[first] not in _DAYS_OF and words[first] not in _WHICH:
            break
        first += 1
    return piece.cut(first, piece.last)


def read_when_or_none(words: str, context: Context) -> Command | None:
    """Return what date words mean, or None when they are none. Raises InvalidField for an impossible date."""
    try:
        return read_when(words, context)
    except NotUnderstood:
        return None


def is_dated(text: str, context: Context) -> bool:
    """Tell whether a text is a task with a day, a time or a rule of its own."""
    try:
        task = read_task(text, context)
    except Refused:
        return False
    return task.due is not None or task.repeat is not None


def is_detail(text: str, context: Context) -> bool:
    """Tell whether a text only says more about a task: beside any name, nothing of it stays in the title."""
    try:
        task = read_task(f"x {text}", context)
    except Refused:
        return False
    return task.title == "x"


def may_begin_date(piece: Piece) -> bool:
    """Tell whether the first word may begin a date, a time or a rule."""
    token = piece.clause.tokens[piece.first]
    return token.lower in _STARTS or token.lower in _LEADS or token.kind is TokenKind.NUMBER


def when_of(piece: Piece) -> Command | None:
    """Return what a piece means as a date, or None when it is none. Raises InvalidField for an impossible date."""
    return read_when_or_none(piece.text, piece.clause.context) if may_begin_date(piece) else None


def splits(piece: Piece) -> Iterator[tuple[Piece, Piece, str]]:
    """Yield the ways to part a piece into the name of a task and the words of a date, the longest date first.

    Lead words ("to", "until", …) belong to neither; the third value is the first of them. Only words with which a date can
    begin are tried.
    """
    tokens = piece.clause.tokens
    for i in range(piece.first + 1, piece.last):
        if (tokens.glued(i) and tokens.words[i] != ":") or (
            i == piece.first + 1 and tokens.words[piece.first] in _PREPOSITIONS
        ):
            continue
        j = i
        while j < piece.last - 1 and tokens.words[j] in _LEADS and tokens.words[j] not in _KEPT:
            j += 1
        if tokens.words[j] in _STARTS or tokens[j].kind is TokenKind.NUMBER:
            yield piece.cut(piece.first, i), piece.cut(j, piece.last), tokens.words[i] if j > i else ""
