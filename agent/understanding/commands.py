"""From what a line was understood to mean to the tools that do it. Pure: words are passed on, no date is worked out here.

The task service resolves the words, with the user's preferences, as of the instant at which they were said.
"""

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from agent.session import Call, Memory
from agent.speaking.confirmation import BULK_LIMIT, Build, ask_found, ask_known, ask_named
from agent.speaking.facts import Batch
from agent.speaking.replies import Told, tell
from agent.steps import Step, asking, calling, saying
from agent.understanding.references import resolve
from taskora.nlu.reading import Changes, Command, Filter, Intent

LIST_LIMIT = 50
UNKNOWN = "I don't know which task you mean. Name it by words of its title, or by its number, such as #12."
UNKNOWN_PERIOD = "I didn't understand which days you mean. Say for example: what's due this week."
TOOLS = {
    Intent.COMPLETE: "complete_tasks",
    Intent.REOPEN: "reopen_tasks",
    Intent.DELETE: "delete_tasks",
    Intent.RESTORE: "restore_tasks",
    Intent.UPDATE: "update_tasks",
    Intent.STOP_SERIES: "manage_series",
    Intent.SNOOZE: "update_tasks",
}

_STATUS = {Intent.RESTORE: "trash", Intent.REOPEN: "completed"}
"""Where the tasks are that a command can act on, where that is not among the open ones."""
_AND = re.compile(r"\s*,?\s+and\s+|\s*,\s*|\s+&\s+", re.IGNORECASE)
_LENGTH = re.compile(
    r"(?:\d+|an?|half|one|two|three|few|couple)\b.*(?:min(?:ute)?s?|h(?:ou)?rs?|days?|weeks?)$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Translator:
    """Turns commands into steps, by what the conversation remembers and the instant at which they were said.

    `scope`: whether a change of a repeating task is for this date alone (`this`) or for all that follow (`future`).
    """

    memory: Memory
    said_at: dt.datetime
    scope: str | None = None

    def add(self, commands: Sequence[Command]) -> Step:
        """Add the tasks of commands that follow one another, in one call."""
        items = [{"text": command.text} for command in commands]
        return calling(Call("add_tasks", {"items": items, "said_at": self.said_at.isoformat()}))

    def find(self, command: Command) -> Step:
        """List tasks."""
        call = self._search(command, LIST_LIMIT)
        return calling(call) if call else saying(Told(UNKNOWN_PERIOD))

    def search(self, command: Command) -> Call | None:
        """Return the search of a list."""
        return self._search(command, LIST_LIMIT)

    def add_text(self, line: str) -> Step:
        """Add the task that a whole line says."""
        return calling(Call("add_tasks", {"items": [{"text": line}], "said_at": self.said_at.isoformat()}))

    def undo(self) -> Step:
        """Take the last command back; preferences by the call that puts them as they were."""
        back = self.memory.back
        if back is None:
            return calling(Call("undo", {}))
        return Step(back, lambda output: Told(f"Undone. {tell(back, output).text}"))

    def unknown(self) -> Step:
        """Say that it is not clear which task is meant."""
        return saying(Told(UNKNOWN))

    def change(self, command: Command) -> Step:
        """Do what a command says with the task it means; if several are meant, ask first."""
        build = self._build(command)
        if command.filter is not None and not command.target:
            call = self._search(command, BULK_LIMIT)
            return Step(call, lambda output: ask_found(build, output)) if call else saying(Told(UNKNOWN_PERIOD))
        chosen = resolve(command.target or "it", self.memory)
        if chosen is None:
            return self.unknown()
        if len(chosen) > 1:
            return ask_known(build, [named for named in self.memory.shown if named.id in chosen])
        parts = [part.strip() for part in _AND.split(chosen[0])]
        return self._several(command, parts) if len(parts) > 1 else calling(build(chosen))

    def _several(self, command: Command, parts: Sequence[str]) -> Step:
        """Take "wash car and wash dog" for one title if there is such a task, for two if there are both."""
        build, whole = self._build(command), command.target or ""
        scope = {Intent.REOPEN: "completed", Intent.RESTORE: "trash"}.get(command.intent, "open")

        def looked(batch: Batch) -> Told | Step:
            one, *each = batch.results
            if one.ok or not all(item.ok for item in each):
                return calling(build([whole]))
            ids = [item.task.id for item in each if item.task]
            if command.intent is Intent.DELETE:
                return ask_named(lambda _words: build(ids), parts)
            return calling(build(ids))

        return asking(Call("get_tasks", {"tasks": [whole, *parts], "scope": scope}), Batch, looked)

    def change_all(self, commands: Sequence[Command]) -> Step:
        """Do the same with the tasks of several commands, in one call."""
        found = [resolve(command.target or "it", self.memory) for command in commands]
        named = [task for tasks in found for task in tasks or ()]
        return calling(self._build(commands[0])(named)) if all(found) else self.unknown()

    def delete_several(self, commands: Sequence[Command]) -> Step:
        """Ask before the tasks of several commands are deleted."""
        return ask_named(self._build(commands[0]), [command.target or "" for command in commands])

    def _search(self, command: Command, limit: int) -> Call | None:
        """Return the search for what a command means, or None when it means days for which there are no words.

        Left out, such days would turn a few tasks into all of them.
        """
        wanted = command.filter or Filter()
        bounded = wanted.due_from or wanted.due_to or wanted.completed_from or wanted.completed_to
        period = command.words.get("period") or (None if command.intent is Intent.UPDATE else command.words.get("when"))
        if command.intent is Intent.RESTORE:
            bounded, period = None, None
        if bounded and not period:
            return None
        asked: dict[str, object] = {
            "when": period,
            "status": _STATUS.get(command.intent, wanted.status),
            "tags": list(wanted.tags),
            "priority": wanted.priority,
            "min_priority": wanted.min_priority,
            "text": wanted.text,
            "overdue": wanted.overdue,
            "no_due": wanted.no_due,
            "sort": wanted.sort,
        }
        said = {key: value for key, value in asked.items() if value}
        return Call("find_tasks", {**said, "limit": limit, "said_at": self.said_at.isoformat()})

    def _build(self, command: Command) -> Build:
        """Return what makes the call of a command for the tasks it is to act on."""
        tool = TOOLS[command.intent]
        if command.intent is Intent.STOP_SERIES:
            return lambda tasks: Call(tool, {"action": "stop", "tasks": list(tasks)})
        if tool != "update_tasks":
            return lambda tasks: Call(tool, {"tasks": list(tasks)})
        changes = {**new_values(command), **({"scope": self.scope} if self.scope else {})}
        said_at = self.said_at.isoformat()
        return lambda tasks: Call(tool, {"items": [{"task": task, **changes} for task in tasks], "said_at": said_at})


def new_values(command: Command) -> Mapping[str, object]:
    """Return the new values of an update; dates and rules as the words in which they were said."""
    if command.intent is Intent.SNOOZE:
        words = command.words["when"]
        return {"when": f"in {words}" if _LENGTH.match(words) else words}
    changes = command.changes or Changes()
    values: dict[str, object] = {
        "title": changes.title,
        "when": command.words.get("when"),
        "shift": command.words.get("shift"),
        "repeat": command.words.get("repeat"),
        "note": command.description,
        "priority": changes.priority,
        "tags_add": list(changes.tags_add),
        "tags_remove": list(changes.tags_remove),
        "clear": sorted(changes.cleared),
    }
    return {name: value for name, value in values.items() if value}
