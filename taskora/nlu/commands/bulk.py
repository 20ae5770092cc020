"""Tells when a command means several tasks, and which: all overdue tasks, everything tagged someday, today's list."""

from dataclasses import replace

from taskora.nlu.commands.clause import Piece
from taskora.nlu.commands.naming import named
from taskora.nlu.filters.grammar import read_filter
from taskora.nlu.reading import Command, Filter
from taskora.nlu.wordlists import word_set

_ALL = word_set("all every everything each any entire whole both")
_SEVERAL = word_set(
    "tasks todos items ones reminders things stuff chores errands everything list lists deadlines entries"
)
_POINTING = word_set("them those these both")


def bulk_filter(piece: Piece) -> Filter | None:
    """Return which tasks are meant, None when a piece names one task (or points at those of the conversation)."""
    words = piece.words
    if _ALL.isdisjoint(words) and _SEVERAL.isdisjoint(words) and not _states(words):
        return None
    if not _POINTING.isdisjoint(words[-2:]) and len(words) <= 3:
        return None
    sought = read_filter(piece.clause.tokens, piece.first, piece.last, piece.clause.context)
    counted = not _ALL.isdisjoint(words[:2])
    several = not _SEVERAL.isdisjoint(words)
    if counted and (several or sought.says_which or len(words) <= 2):
        return sought.with_text()
    whole = several and (words[0] in {"my", "the", "our"} or len(words) == 1 or sought.says_which)
    if not sought.unknown and (whole or _states(words)):
        return sought.filter
    return None


def speaks_of_tasks(piece: Piece) -> bool:
    """Tell whether tasks are named as such: all open tasks, not "all open deals"."""
    return not _SEVERAL.isdisjoint(piece.words)


def _states(words: tuple[str, ...]) -> bool:
    """Tell whether the words are only a state: delete completed, clear overdue."""
    kept = [word for word in words if word not in {"the", "my", "ones"}]
    return len(kept) == 1 and kept[0] in {"completed", "done", "finished", "overdue"}


def aimed(command: Command, piece: Piece) -> Command:
    """Return a command with the task, or after a yes the tasks, that a piece names."""
    several = bulk_filter(piece)
    if several is not None:
        return replace(command, filter=several, needs_confirmation=True)
    return replace(command, target=named(piece))
