"""Reminders of a task that is there: "remind me 15 minutes before the dentist", "remind me about it at 8".

A stated reminder comes in place of the usual one and beside others that were stated. One that counts back needs a time.
"""

import datetime as dt
import re
from dataclasses import replace

from agent.session import Call
from agent.speaking.facts import Batch, Choices, Task
from agent.speaking.replies import Told, new_question, tell
from agent.speaking.wording import name
from agent.steps import Step, asking, calling
from agent.understanding.commands import Translator
from agent.understanding.forms import Forms
from agent.understanding.references import resolve
from taskora.domain.durations import write_duration
from taskora.domain.errors import TaskoraError
from taskora.domain.preferences import Preferences
from taskora.nlu.quantities import quantity_at
from taskora.nlu.reader import read_when
from taskora.nlu.reading import Command, Context, Intent
from taskora.nlu.tokens import tokenise

_A_DAY = dt.timedelta(days=1)
_INSTEAD = re.compile(r"\b(?:change|set|update|move|only|instead|make)\b", re.IGNORECASE)
_INSTEAD_OF = Forms("""
    (change|set|update|move|make) [the|my] {task} (reminder|reminders|alarm) [to|for|at] {offset} [before|earlier|ahead]
    (change|set|update|move|make) [the|my] (reminder|reminders) (of|for|on) [the|my] {task} to {offset} [before|earlier]
""")
_NOT_AT_ALL = Forms("""
    no [more] (reminder|reminders|alarm|alarms) (for|on|of|about) [the|my] {task}
    (remove|delete|drop|turn off|clear) [the|my|all] {task} (reminder|reminders|alarm|alarms)
""")
_USUAL = frozenset({"default", "usual", "standard", "normal"})
"""Not the words of a task: the usual reminder is a preference."""
NO_TIME = "{name} has no {lack}, so I can't count back from it. {advice} Nothing was changed."
NO_DATE_ADVICE = "Say when it is due first: move {title} to friday 3pm."
NO_TIME_ADVICE = "Say its time first, for example: make it 4pm."


def reminder_order(line: str, translator: Translator) -> Step | None:
    """Return what a line does with the reminders of a task, where the reader takes it for something else."""
    if away := _NOT_AT_ALL.read(line):
        chosen = resolve(away["task"], translator.memory)
        if chosen and len(chosen) == 1:
            return calling(Call("update_tasks", {"items": [{"task": chosen[0], "clear": ["reminders"]}]}))
    found = _INSTEAD_OF.read(line)
    offset = _offset(found["offset"]) if found else None
    if found is None or offset is None or found["task"].lower() in _USUAL:
        return None
    return remind(Command(Intent.REMIND, text=line, target=found["task"], reminders=(-offset,)), translator)


def _offset(words: str) -> dt.timedelta | None:
    quantity = quantity_at(tokenise(words), 0)
    return quantity.value.elapsed if quantity and quantity.end == len(tokenise(words)) else None


def remind(command: Command, translator: Translator) -> Step:
    """Give a task the reminders that a command states."""
    chosen = resolve(command.target or "it", translator.memory)
    if chosen is None or len(chosen) != 1:
        return translator.unknown()
    look = Call("get_tasks", {"tasks": chosen, "scope": "open"})

    def looked(batch: Batch) -> Told | Step:
        if not batch.tasks:
            return _asked(batch, command, look)
        return _reminded(batch.tasks[0], command, translator)

    return asking(look, Batch, looked)


def _asked(batch: Batch, command: Command, look: Call) -> Told:
    """Ask which task is meant; the answer gives it the reminder without further ado."""
    told = tell(look, batch.model_dump_json())
    offsets = [write_duration(one) for one in command.reminders if isinstance(one, dt.timedelta)]
    if told.pending is None or not offsets:
        return Told(told.text)
    call = Call("update_tasks", {"items": [{"task": "", "reminders": offsets}]})
    return Told(told.text, new_question(call, told.pending.candidates))


def _reminded(task: Task, command: Command, translator: Translator) -> Told | Step:
    offsets = [one for one in command.reminders if isinstance(one, dt.timedelta)]
    if not offsets:
        return asking(Call("preferences", {}), Choices, lambda choices: _at(task, command, choices, translator))
    if lack := _lack(task, offsets):
        advice = NO_DATE_ADVICE.format(title=task.title) if lack == "date" else NO_TIME_ADVICE
        return Told(NO_TIME.format(name=name(task), lack=lack, advice=advice))
    return _giving(task, [write_duration(one) for one in offsets], command)


def _lack(task: Task, offsets: list[dt.timedelta]) -> str:
    """Return what a task lacks for a reminder that counts back; whole days count from an all-day date as well."""
    if task.due is None:
        return "date"
    return "time of day" if len(task.due) <= len("2026-11-18") and any(one % _A_DAY for one in offsets) else ""


def _at(task: Task, command: Command, choices: Choices, translator: Translator) -> Told | Step:
    """Remind at a stated time, read where the user is; a time alone is on the day of the task."""
    try:
        read = read_when(command.words["when"], Context(translator.said_at, Preferences(zone=choices.zone)))
    except TaskoraError as error:
        return Told(error.sentence)
    due = read.due
    if due is None:
        return Told(f"I didn't understand when to remind you of {name(task)}. Nothing was changed.")
    if task.due and "day" not in read.words:
        due = replace(due, date=dt.date.fromisoformat(task.due[:10]))
    return _giving(task, [due.instant(choices.zone).isoformat()], command)


def _giving(task: Task, given: list[str], command: Command) -> Step:
    kept = [] if _INSTEAD.match(command.text) else task.reminders
    all_of_them = [*kept, *(one for one in given if one not in kept)]
    return calling(Call("update_tasks", {"items": [{"task": task.id, "reminders": all_of_them}]}))
