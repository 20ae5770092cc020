"""What is to be done for one line: the steps, in order. Pure; the rule model makes the calls."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from agent.session import Memory, Pending
from agent.speaking.replies import Told, new_question
from agent.speaking.sayings import HOW_LONG, TOO_MUCH, UNCLEAR, said_to
from agent.steps import Step, saying
from agent.understanding.activity import recall
from agent.understanding.answers import answered
from agent.understanding.commands import TOOLS, Translator
from agent.understanding.details import found_by_text
from agent.understanding.followups import followed_up, unjoined
from agent.understanding.orders import ordered
from agent.understanding.preferences import choose
from agent.understanding.references import is_pronoun
from agent.understanding.reminding import remind
from agent.understanding.series import scoped, skip
from taskora.domain.errors import TaskoraError
from taskora.nlu.reader import read_line
from taskora.nlu.reading import Command, Confidence, Context, Filter, Intent, Reading

COMMANDS_LIMIT = 100
"""Most commands of one line: the limit of a batch."""


def plan(line: str, context: Context, memory: Memory, pending: Pending | None) -> list[Step]:
    """Return the steps for a line: an answer to the open question, something about the last task, or new commands."""
    translator = Translator(memory, context.now)
    try:
        reading = read_line(unjoined(line), context)
        if pending and (step := answered(pending, line, reading)):
            return [step]
        steps = followed_up(line, reading, context, translator)
        if steps is None and len(reading.commands) == 1:
            steps = ordered(line, translator)
        return steps or _read_again(line, context, translator) or _commanded(reading, translator)
    except TaskoraError as error:
        return [saying(Told(error.sentence))]


def _read_again(line: str, context: Context, translator: Translator) -> list[Step] | None:
    """Read a line anew without the words that say for which dates of a series it is."""
    if (part := scoped(line)) is not None:
        words, scope = part
        return _commanded(read_line(words, context), replace(translator, scope=scope))
    return None


def _commanded(reading: Reading, translator: Translator) -> list[Step]:
    if len(reading.commands) > COMMANDS_LIMIT:
        return [saying(Told(TOO_MUCH.format(number=len(reading.commands), limit=COMMANDS_LIMIT)))]
    return _translated(reading.commands, translator)


def _translated(spoken: Sequence[Command], translator: Translator) -> list[Step]:
    commands = list(_named(spoken))
    alone = len(commands) == 1
    deletions = [command for command in commands if command.intent is Intent.DELETE and command.target]
    steps: list[Step] = []
    for together, run in groupby(commands, lambda command: _together(command, translator, alone=alone)):
        several = list(run)
        if together is Intent.ADD:
            steps.append(translator.add(several))
        elif together is not None and len(several) > 1:
            steps.append(translator.change_all(several))
        else:
            steps += [step for command in several for step in _separate(command, translator, deletions, alone=alone)]
    return steps or [saying(Told(UNCLEAR))]


def _together(command: Command, translator: Translator, *, alone: bool) -> Intent | None:
    """Return as what a command can be done in one call with its neighbours, so that one undo takes them back."""
    if _plain_add(command) and (alone or not ordered(command.text, translator)):
        return Intent.ADD
    return command.intent if command.intent in _ALIKE and command.filter is None and command.target else None


def _separate(command: Command, translator: Translator, deletions: Sequence[Command], *, alone: bool) -> Sequence[Step]:
    """Return the steps of a command by itself; several deletions of a line are asked about once, at the last of them."""
    if len(deletions) > 1 and command in deletions:
        return [translator.delete_several(deletions)] if command is deletions[-1] else []
    return _steps(command, translator, alone=alone)


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


_ALIKE = frozenset({Intent.COMPLETE, Intent.REOPEN, Intent.RESTORE})
_UNSURE = frozenset({Intent.ADD, Intent.LIST, Intent.CLARIFY, Intent.OUT_OF_SCOPE})
"""What the reader takes a piece of a line for when it has no words for it."""


def _steps(command: Command, translator: Translator, *, alone: bool) -> list[Step]:
    """Return the steps of a command; a piece of a line may be an order of its own (one alone was asked before)."""
    own = ordered(command.text, translator) if not alone and command.intent in _UNSURE else None
    return own or [_step(command, translator)]


def _step(command: Command, translator: Translator) -> Step:
    if command.intent in _STEPS:
        return _STEPS[command.intent](command, translator)
    if command.intent in TOOLS:
        return translator.change(command)
    return saying(Told(command.question or said_to(command.intent, command.text)))


def _listed(command: Command, translator: Translator) -> Step:
    """Return the list that is asked for; the one task that words alone find is shown whole."""
    wanted = command.filter or Filter()
    call = translator.search(command)
    if call is not None and wanted.text and wanted == Filter(text=wanted.text, status=wanted.status):
        return found_by_text(call, command.target or wanted.text)
    return translator.find(command)


def _asked_first(command: Command, step: Step) -> Step:
    """Ask the reader's question before anything is added; yes adds."""
    if step.call is None or not command.question:
        return step
    return saying(Told(command.question, new_question(step.call)))


def _snoozed(command: Command, translator: Translator) -> Step:
    return translator.change(command) if "when" in command.words else saying(Told(HOW_LONG))


def _reminded(command: Command, translator: Translator) -> Step:
    return remind(command, translator) if command.reminders else saying(Told(said_to(command.intent, command.text)))


_STEPS: Mapping[Intent, Callable[[Command, Translator], Step]] = {
    Intent.ADD: lambda command, translator: _asked_first(command, translator.add([command])),
    Intent.LIST: _listed,
    Intent.UNDO: lambda _command, translator: translator.undo(),
    Intent.SKIP: skip,
    Intent.SNOOZE: _snoozed,
    Intent.REMIND: _reminded,
    Intent.PREFERENCES: lambda command, _translator: choose(command),
    Intent.HISTORY: recall,
}
