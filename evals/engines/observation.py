"""What can be seen of a line said to the agent: the tools it called and what became of the tasks in store.

A command is read back from that, in the form of the cases, so that the same scorers judge it. What leaves no trace (the
filter of a list, say) is not judged under this engine.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from evals.engines.person import Reply
from evals.form import ALT, VALUES, Json
from evals.scorers import accepted
from evals.stored import TRASH, changes_between
from taskora.domain.task import Priority, Status
from taskora.nlu.reading import Intent

_TALK = (Intent.CHAT, Intent.CLARIFY, Intent.HELP, Intent.CONFIRM, Intent.CANCEL, Intent.OUT_OF_SCOPE)
_CHANGES = (Intent.COMPLETE, Intent.REOPEN, Intent.UPDATE, Intent.DELETE, Intent.RESTORE)
_READS = (Intent.LIST, Intent.HISTORY)
_TOOLS: Mapping[str, tuple[Intent, ...]] = {
    "add_tasks": (Intent.ADD,),
    "find_tasks": _READS,
    "get_tasks": (Intent.LIST,),
    "get_overview": (Intent.LIST,),
    "get_activity": (Intent.HISTORY,),
    "update_tasks": (Intent.UPDATE, Intent.REMIND, Intent.SNOOZE, Intent.SKIP, Intent.STOP_SERIES),
    "reschedule_tasks": (Intent.UPDATE, Intent.SNOOZE),
    "complete_tasks": (Intent.COMPLETE,),
    "reopen_tasks": (Intent.REOPEN,),
    "delete_tasks": (Intent.DELETE,),
    "restore_tasks": (Intent.RESTORE,),
    "undo": (Intent.UNDO,),
    "manage_series": (Intent.STOP_SERIES, Intent.SKIP),
    "preferences": (Intent.PREFERENCES,),
}


@dataclass(frozen=True, slots=True)
class Observation:
    """The reply, whether it is a question that changed nothing, and the tasks before and after, by number."""

    reply: Reply
    asks: bool
    before: Mapping[int, Json]
    after: Mapping[int, Json]

    @property
    def made(self) -> list[Json]:
        """Return the tasks that are new, in their order."""
        return [task for number, task in self.after.items() if number not in self.before]


def read_back(expected: Sequence[Json], seen: Observation) -> list[Json]:
    """Return the commands that were carried out, each beside the one expected in its place; new tasks come last."""
    made = list(seen.made)
    commands: list[Json] = []
    for command in expected:
        if Intent.ADD in accepted(command, "intent") and made:
            commands.append({"intent": str(Intent.ADD), **_as_said(made.pop(0), command)})
        else:
            commands.append(_carried_out(command, seen))
    return commands + [{"intent": str(Intent.ADD), **task} for task in made]


def judgeable(command: Json) -> Json:
    """Return what of an expectation leaves a trace."""
    if command.get("intent") == Intent.ADD:
        traced = {"intent", *VALUES}
    elif command.get("intent") == Intent.UPDATE and _has_words(command):
        traced = {"intent", "target", "changes", "needs_confirmation"}
    else:
        traced = {"intent", "needs_confirmation"}
    return {key: value for key, value in command.items() if key.removesuffix(ALT) in traced}


def _has_words(command: Json) -> bool:
    """Tell whether the target is words that a task in store can bear as its title."""
    return isinstance(command.get("target"), str) and not str(command["target"]).startswith("#")


def _as_said(task: Json, command: Json) -> Json:
    """Leave out the default priority, which a stored task has without its being said."""
    shown = {key: value for key, value in task.items() if key != "status"}
    if Priority.MEDIUM not in accepted(command, "priority") and shown.get("priority") == Priority.MEDIUM:
        del shown["priority"]
    return shown


def _carried_out(command: Json, seen: Observation) -> Json:
    """Return the command expected as far as its effect or its tool is there, and what is there instead otherwise."""
    possible = _possible(command, seen)
    wanted = [intent for intent in accepted(command, "intent") if intent in possible]
    shown: dict[str, object] = {"intent": str((wanted or possible or _TALK)[0])}
    if seen.asks:
        shown["needs_confirmation"] = True
    for number, old in seen.before.items():
        new = seen.after.get(number, {})
        if old != new and old.get("title") == command.get("target"):
            shown |= {"target": old.get("title"), "changes": changes_between(old, new)}
    return shown


def _possible(command: Json, seen: Observation) -> Sequence[Intent]:
    """Return the intents that the tools called and the states of the tasks allow, the likeliest first."""
    found = tuple(intent for name, _ in seen.reply.tools for intent in _TOOLS.get(name, ()))
    changing = [intent for intent in found if intent not in _READS]
    if changing:
        return [intent for intent in changing if _took_effect(intent, command, seen)]
    if seen.asks and command.get("needs_confirmation"):
        return _CHANGES
    return (*found, Intent.CLARIFY) if found and seen.asks else found or _TALK


_STATE_AFTER: Mapping[Intent, str] = {
    Intent.COMPLETE: Status.COMPLETED,
    Intent.REOPEN: Status.OPEN,
    Intent.DELETE: TRASH,
    Intent.RESTORE: Status.OPEN,
}


def _took_effect(intent: Intent, command: Json, seen: Observation) -> bool:
    """Tell whether the task in store that bears the target's words is in the state that the intent brings about."""
    if intent not in _STATE_AFTER or not _has_words(command):
        return True
    states = [
        seen.after.get(n, {}).get("status") for n, old in seen.before.items() if old["title"] == command["target"]
    ]
    return _STATE_AFTER[intent] in states
