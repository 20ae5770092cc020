"""Whether the rules cover a line fully, so that no language model need see it. Pure.

They do when every command in it was found by its words, nothing that looks like a date was left over and nothing is open. A
sentence that only became a title because nothing else fitted is not covered.
"""

import re

from agent.session import Memory, Pending
from agent.steps import Step
from agent.understanding.answers import answered
from agent.understanding.commands import Translator
from agent.understanding.followups import unjoined
from agent.understanding.orders import ordered
from agent.understanding.plan import plan
from taskora.domain.errors import TaskoraError
from taskora.nlu.reader import read_line
from taskora.nlu.reading import Command, Confidence, Context, Intent, Reading

TITLE_WORDS = 8
"""A title of more words, if the line doesn't begin with "add", may be a story that a model understands better."""
_SOCIAL = {Intent.HELP, Intent.CHAT, Intent.CONFIRM, Intent.CANCEL}
_SWITCHES = {Intent.CONFIRM, Intent.CANCEL, Intent.UNDO}
"""What must work by a word whatever a model is like."""
_TOLD = re.compile(
    r"^(?:i|i'm|i've|i'd|we|we're|my|it|it's|there|if|because|since|could|can|would|will|should|which|what|why|how|when|where|who)\b"
    r"|[.!?…]\s+\w|\?\s*$|\b(?:because|so that|but|except|unless|although|whether)\b",
    re.IGNORECASE,
)
_ASKED = re.compile(r"\s*(?:please )?(?:add|new|create|note|todo|task)\b", re.IGNORECASE)


def covered(line: str, context: Context, memory: Memory, pending: Pending | None) -> bool:
    """Tell whether the rules alone do all that a line says."""
    reading = _read(line, context)
    if reading is None:
        return False
    if pending and answered(pending, line, reading):
        return True
    if ordered(line, Translator(memory, context.now)):
        return True
    if not all(_settled(step, reading) for step in plan(line, context, memory, pending)):
        return False
    return not any(_loose(command, line) for command in reading.commands)


def switched(line: str, context: Context, pending: Pending | None) -> bool:
    """Tell whether a line answers the open question or is a word that is never left to a model: yes, no, undo."""
    reading = _read(line, context)
    if reading is None:
        return False
    if pending and answered(pending, line, reading):
        return True
    return all(command.intent in _SWITCHES for command in reading.commands)


def _read(line: str, context: Context) -> Reading | None:
    """Return the reading of a line; None where it cannot be read."""
    try:
        return read_line(unjoined(line), context)
    except TaskoraError:
        return None


def _settled(step: Step, reading: Reading) -> bool:
    """Tell whether a step does something, asks before it does, or is all that there is to say."""
    if step.call:
        return True
    intents = {command.intent for command in reading.commands}
    if intents <= _SOCIAL:
        return True
    said = step.say("")
    asked = any(command.confidence is Confidence.ASKED for command in reading.commands)
    return not isinstance(said, Step) and said.pending is not None and not asked


def _loose(command: Command, line: str) -> bool:
    if command.left:
        return True
    if command.intent is not Intent.ADD or _ASKED.match(line):
        return False
    title = command.title or ""
    return len(title.split()) > TITLE_WORDS or bool(_TOLD.search(title))
