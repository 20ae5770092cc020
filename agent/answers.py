"""Answers to the question that is open: yes and no, or which of the tasks that were named."""

from agent.confirmation import ask_known
from agent.references import all_meant, choice
from agent.replies import Told, tell, with_task
from agent.sayings import DROPPED, WHICH
from agent.session import Call, Named, Pending
from agent.steps import Step, saying
from taskora.nlu.reading import Intent, Reading

_NO_COMMAND = {Intent.ADD, Intent.CLARIFY, Intent.CHAT, Intent.OUT_OF_SCOPE}
"""What a bare title looks like to the reader; words that begin a command are none of these, and are no answer."""


def answered(pending: Pending, line: str, reading: Reading) -> Step | None:
    """Return what an answer leads to, or None when the line is no answer: the question is dropped then."""
    intents = {command.intent for command in reading.commands}
    if intents == {Intent.CANCEL}:
        return saying(Told(DROPPED))
    if not pending.candidates:
        return _resuming(pending, pending.call) if intents == {Intent.CONFIRM} else None
    if intents == {Intent.CONFIRM}:
        return saying(Told(WHICH, pending))
    if all_meant(line):
        return saying(ask_known(lambda tasks: _with_tasks(pending.call, list(tasks)), pending.candidates))
    chosen = _chosen(pending, line, reading)
    return _resuming(pending, with_task(pending.call, chosen.id)) if chosen else None


def _chosen(pending: Pending, line: str, reading: Reading) -> Named | None:
    dated = any(command.due or command.repeat for command in reading.commands)
    by_words = {command.intent for command in reading.commands} <= _NO_COMMAND and not dated
    found = choice(line, pending.candidates)
    pointed = found is not None and not any(letter.isalpha() for letter in line)
    return found if pointed or by_words else None


def _resuming(pending: Pending, call: Call) -> Step:
    """Make the call under the question's id; if the tool can't be reached, the question stays open."""
    keyed = Call(call.tool, call.arguments | {"client_request_id": pending.id})

    def say(output: str) -> Told:
        told = tell(call, output)
        unreached = told.text == output
        return Told(told.text, pending) if unreached else told

    return Step(keyed, say)


def _with_tasks(call: Call, tasks: list[str]) -> Call:
    items = call.arguments.get("items")
    if isinstance(items, list):
        return Call(call.tool, call.arguments | {"items": [items[0] | {"task": task} for task in tasks]})
    return Call(call.tool, call.arguments | {"tasks": tasks})
