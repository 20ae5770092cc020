"""Answers to the question that is open: yes and no, or which of the tasks that were named."""

import re

from agent.approval import approved
from agent.session import Call, Named, Pending
from agent.speaking.confirmation import ask_known
from agent.speaking.replies import Told, tell, with_task
from agent.speaking.sayings import ALL_OR_NOTHING, DROPPED, WHICH
from agent.steps import Step, saying
from agent.understanding.references import all_meant, choice, dated, plain
from taskora.nlu.reading import Intent, Reading

_NEITHER = re.compile(
    r"(?:neither|none|no one|nothing)(?: of (?:them|those|these))?|not (?:that|those|any)(?: one| of them)?"
)
_IN_PART = re.compile(
    r"(?:yes|yeah|yep|ok|okay|sure|fine|no|go ahead)\b.*\b(?:but|except|only|not|without|keep|leave)\b"
)
_UNTOLD = re.compile(r"(?:no[, ]+)?(?:the |that |this )?(?:other|one|it|that|this)(?: one)?|which(?: one| ones)?|what")
_ONE = re.compile(r"(?:no[, ]+|i mean[, ]+)?(?:the|that|it's) ?(?:one|task)?\b")
_NO_COMMAND = {Intent.ADD, Intent.CLARIFY, Intent.CHAT, Intent.OUT_OF_SCOPE}
"""What a bare title looks like to the reader; words that begin a command are none of these, and are no answer."""


def answered(pending: Pending, line: str, reading: Reading) -> Step | None:
    """Return what an answer leads to, or None when the line is no answer: the question is dropped then."""
    intents = {command.intent for command in reading.commands}
    if intents == {Intent.CANCEL} or _NEITHER.fullmatch(plain(line)):
        return saying(Told(DROPPED))
    if not pending.candidates:
        return _agreed(pending, line, intents)
    return _which(pending, line, reading, intents)


def _agreed(pending: Pending, line: str, intents: set[Intent]) -> Step | None:
    """Return what a yes leads to; one with a condition is none."""
    if _IN_PART.match(plain(line)):
        return saying(Told(ALL_OR_NOTHING))
    return approved(pending) if intents == {Intent.CONFIRM} else None


def _which(pending: Pending, line: str, reading: Reading, intents: set[Intent]) -> Step | None:
    """Return what naming one of the candidates leads to; of a single one, yes names it."""
    if intents == {Intent.CONFIRM} and len(pending.candidates) == 1:
        return _resuming(pending, with_task(pending.call, pending.candidates[0].id))
    if intents == {Intent.CONFIRM} or _UNTOLD.fullmatch(plain(line)):
        return saying(Told(WHICH, pending))
    if all_meant(line):
        return ask_known(lambda tasks: _with_tasks(pending.call, list(tasks)), pending.candidates)
    chosen = _chosen(pending, line, reading)
    return _resuming(pending, with_task(pending.call, chosen.id)) if chosen else None


def _chosen(pending: Pending, line: str, reading: Reading) -> Named | None:
    timed = any(command.due or command.repeat for command in reading.commands)
    by_words = {command.intent for command in reading.commands} <= _NO_COMMAND and not timed
    found = choice(line, pending.candidates)
    pointed = found is not None and not any(letter.isalpha() for letter in line)
    by_date = dated(plain(line), pending.candidates) if _ONE.match(plain(line)) else None
    return found if found and (pointed or by_words) else by_date


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
