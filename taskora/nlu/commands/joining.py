"""How the commands of one line go together: a clause that goes on from the one before it, and one command for several tasks."""

import re
from dataclasses import replace

from taskora.nlu.commands.actions import begins_with_action
from taskora.nlu.commands.adding import add_text
from taskora.nlu.commands.clause import Clause
from taskora.nlu.commands.naming import named
from taskora.nlu.leads import lead_at
from taskora.nlu.reading import Command, Intent
from taskora.nlu.wordlists import word_set

_ON_TARGETS = frozenset({Intent.COMPLETE, Intent.DELETE, Intent.REOPEN, Intent.RESTORE, Intent.SKIP})
_BETWEEN = re.compile(r"\s*,\s*(?:and\s+)?|\s+(?:and|&|\+)\s+", re.IGNORECASE)
_NUMBER = re.compile(r"#?\d{1,9}")
_BINOMIALS = word_set(
    "mac+cheese salt+pepper black+white research+development terms+conditions lost+found bed+breakfast pros+cons "
    "rock+roll fish+chips arts+crafts peanut+jelly bread+butter cap+gown track+field supply+demand drag+drop "
    "copy+paste meet+greet wash+fold cut+paste trial+error wear+tear health+safety food+drink hopes+dreams "
    "name+address"
)
_MOST_WORDS = 2
_MOST_TASKS = 20


def continued(command: Command, previous: Command | None, clause: Clause, *, item: bool) -> Command:
    """Return a clause's command as it goes on from the one before: "add milk; eggs", "delete a; b", lines of a list."""
    fragment = command.intent is Intent.CLARIFY and command.target is not None and not command.words
    if fragment and (item or (previous is not None and previous.intent is Intent.ADD)):
        return add_text(clause, clause.text)
    if previous is None or previous.intent not in _ON_TARGETS or previous.target is None:
        return command
    bare = lead_at(clause.tokens, 0) is None
    plain = (
        bare and command.intent is Intent.ADD and command.due is None and command.repeat is None and not command.tags
    )
    if fragment or (plain and command.title and not begins_with_action(tuple(command.title.casefold().split()))):
        return replace(previous, target=named(clause.whole()), text="")
    return command


def spread(command: Command) -> tuple[Command, ...]:
    """Return one command for each task that a target lists: laundry and dishes; #3, #5 and #7.

    Only short names are parted, none that begins like an order: "buy milk and eggs" is one task.
    """
    if command.intent not in _ON_TARGETS or command.target is None:
        return (command,)
    names = [name for name in _BETWEEN.split(command.target) if name]
    if not 1 < len(names) <= _MOST_TASKS or not (_all_numbers(names) or _all_short(names)):
        return (command,)
    return tuple(replace(command, target=name) for name in names)


def _all_numbers(names: list[str]) -> bool:
    return all(_NUMBER.fullmatch(name) for name in names)


def _all_short(names: list[str]) -> bool:
    words = [name.casefold().split() for name in names]
    pair = "+".join((words[0][-1], words[-1][0])) if len(words) == 2 else ""
    return pair not in _BINOMIALS and all(
        len(one) <= _MOST_WORDS and not (len(one) > 1 and begins_with_action(tuple(one))) for one in words
    )
