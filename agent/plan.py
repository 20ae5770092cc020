"""What is to be done for one line: the steps, in order. Pure; the rule model makes the calls."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from agent.answers import answered
from agent.commands import TOOLS, Translator
from agent.followups import followed_up, unjoined
from agent.references import is_pronoun
from agent.replies import Told, new_question
from agent.sayings import HOW_LONG, TOO_MUCH, UNCLEAR, said_to
from agent.session import Memory, Pending
from agent.steps import Step, saying
from taskora.domain.errors import TaskoraError
from taskora.nlu.reader import read_line
from taskora.nlu.reading import Command, Confidence, Context, Intent

COMMANDS_LIMIT = 100
"""Most commands of one line: the limit of a batch."""


def plan(line: str, context: Context, memory: Memory, pending: Pending | None) -> list[Step]:
    """Return the steps for a line: an answer to the open question, something about the last task, or new commands."""
    translator = Translator(memory, context.now)
    try:
        reading = read_line(unjoined(line), context)
        step = answered(pending, line, reading) if pending else None
        step = step or followed_up(line, reading, context, translator)
    except TaskoraError as error:
        return [saying(Told(error.sentence))]
    if step:
        return [step]
    if len(reading.commands) > COMMANDS_LIMIT:
        return [saying(Told(TOO_MUCH.format(number=len(reading.commands), limit=COMMANDS_LIMIT)))]
    return _translated(reading.commands, translator)


def _translated(spoken: Sequence[Command], translator: Translator) -> list[Step]:
    commands = list(_named(spoken))
    steps: list[Step] = []
    deletions = [command for command in commands if command.intent is Intent.DELETE and command.target]
    adding: list[Command] = []
    for command in commands:
        if adding and not _plain_add(command):
            steps.append(translator.add(adding))
            adding = []
        if _plain_add(command):
            adding.append(command)
        elif len(deletions) > 1 and command in deletions:
            if command is deletions[-1]:
                steps.append(translator.delete_several(deletions))
        else:
            steps.append(_step(command, translator))
    if adding:
        steps.append(translator.add(adding))
    return steps or [saying(Told(UNCLEAR))]


def _named(commands: Sequence[Command]) -> Iterator[Command]:
    """Return the commands with "it" as the task that an earlier one of the same line names, not the conversation's."""
    subject: str | None = None
    for command in commands:
        leans = command.filter is None and is_pronoun(command.target or "it")
        named = replace(command, target=subject) if subject and leans and command.intent in TOOLS else command
        yield named
        renamed = command.changes.title if command.changes else None
        subject = renamed or (command.title if command.intent is Intent.ADD else named.target) or subject


def _plain_add(command: Command) -> bool:
    return command.intent is Intent.ADD and command.confidence is not Confidence.ASKED


def _step(command: Command, translator: Translator) -> Step:
    match command.intent:
        case Intent.ADD:
            return _asked_first(command, translator.add([command]))
        case Intent.LIST:
            return translator.find(command)
        case Intent.UNDO:
            return translator.undo()
        case Intent.SNOOZE if "when" not in command.words:
            return saying(Told(HOW_LONG))
        case intent if intent in TOOLS:
            return translator.change(command)
        case intent:
            return saying(Told(command.question or said_to(intent, command.text)))


def _asked_first(command: Command, step: Step) -> Step:
    """Ask the reader's question before anything is added; yes adds."""
    if step.call is None or not command.question:
        return step
    return saying(Told(command.question, new_question(step.call)))
