"""Tells when a command means several tasks, and which: all overdue tasks, everything tagged someday, today's list."""

from dataclasses import replace

from taskora.nlu.commands.clause import Piece
from taskora.nlu.commands.naming import named
from taskora.nlu.commands.questions import ask_which
from taskora.nlu.filters.grammar import Sought, read_filter
from taskora.nlu.reading import Command, Intent
from taskora.nlu.wordlists import word_set

_ALL = word_set("all anything every everything each any entire whole both")
_SEVERAL = word_set(
    "tasks todos items ones reminders things stuff chores errands everything list lists deadlines entries"
)
_POINTING = word_set("them those these both")


def several(command: Command, piece: Piece) -> Command | None:
    """Return a command for the tasks that a piece means, which needs a yes; None when it names one task.

    A piece that only points ("all of them") names the tasks of the conversation and none of its own.
    """
    sought = _sought(piece)
    return replace(sought.of(command), needs_confirmation=True) if sought is not None else None


def means_several(piece: Piece) -> bool:
    """Tell whether a piece means several tasks."""
    return _sought(piece) is not None


def _sought(piece: Piece) -> Sought | None:
    words = piece.words
    if _ALL.isdisjoint(words) and _SEVERAL.isdisjoint(words) and not _states(words):
        return None
    if not _POINTING.isdisjoint(words[-2:]) and len(words) <= 3:
        return None
    sought = read_filter(piece.clause.tokens, piece.first, piece.last, piece.clause.context)
    counted = words[0] in _ALL or (words[0] in {"my", "the", "of"} and words[1:2] != () and words[1] in _ALL)
    plural = not _SEVERAL.isdisjoint(words)
    if counted and (plural or sought.says_which or len(words) <= 2):
        return sought
    whole = plural and (words[0] in {"my", "the", "our"} or len(words) == 1 or sought.says_which)
    return sought if not sought.unknown and (whole or _states(words)) else None


def speaks_of_tasks(piece: Piece) -> bool:
    """Tell whether tasks are named as such: all open tasks, not "all open deals"."""
    return not _SEVERAL.isdisjoint(piece.words)


def _states(words: tuple[str, ...]) -> bool:
    """Tell whether the words are only a state: delete completed, clear overdue."""
    kept = [word for word in words if word not in {"the", "my", "ones"}]
    return len(kept) == 1 and kept[0] in {"completed", "done", "finished", "overdue"}


def aimed(command: Command, piece: Piece) -> Command:
    """Return a command with the task, or after a yes the tasks, that a piece names."""
    return several(command, piece) or replace(command, target=named(piece))


def on_tasks(intent: Intent, piece: Piece) -> Command:
    """Return the command on the task or tasks that a piece names, or ask for one."""
    command = several(Command(intent), piece)
    if command is not None:
        return command
    target = named(piece)
    return Command(intent, target=target) if target else ask_which(intent)
