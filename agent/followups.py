"""Lines that make sense only after the line before: "no, friday", "make it 6", "and tag it home", "cancel that"."""

import re

from agent.commands import Translator
from agent.references import plain
from agent.session import Call
from agent.steps import Step, calling
from taskora.domain.errors import TaskoraError
from taskora.nlu.reader import read_when
from taskora.nlu.reading import Command, Context, Intent, Reading

_CORRECTIONS = (
    re.compile(r"(?:no|nope|sorry|actually|wait|oh|rather|instead)\b[,.! ]*"),
    re.compile(r"(?:i )?mean(?:t)?\b[,: ]*"),
    re.compile(r"(?:please )?(?:make|change|move|set|push|shift) (?:it|that|this)\b(?: (?:to|for|on))?\s*"),
)
_JOINED = re.compile(r"(?:and|also|plus|oh and)\b[, ]+(?:also )?")
_HOUR = re.compile(r"\d{1,2}(?:[:.]\d\d)?")
_TAKE_BACK = re.compile(
    r"(?:(?:no|oh|wait|actually|on second thoughts?)[, ]+)*(?:cancel|forget|scrap|drop) (?:that|it|this)(?: one| task)?"
)


def followed_up(line: str, reading: Reading, context: Context, translator: Translator) -> Step | None:
    """Return what a line does to the last task, or None when it does not lean on the line before."""
    last = translator.memory.last
    if last is None:
        return None
    said = plain(line)
    if translator.memory.added and _TAKE_BACK.fullmatch(said):
        return calling(Call("delete_tasks", {"tasks": [last.id]}))
    when = _corrected(said) or (_bare(reading) if translator.memory.added else None)
    if when and _readable(when, context):
        changes = {"task": last.id, "when": when}
        return calling(Call("update_tasks", {"items": [changes], "said_at": translator.said_at.isoformat()}))
    return None


def unjoined(line: str) -> str:
    """Return the line without a leading "and", which goes on with the line before."""
    return _JOINED.sub("", line.strip(), count=1) if _JOINED.match(line.strip().lower()) else line


def _corrected(said: str) -> str | None:
    """Return the new time of a correction, or None when the line corrects nothing."""
    rest = said
    for correction in _CORRECTIONS:
        if found := correction.match(rest):
            rest = rest[found.end() :]
    if rest == said or not rest:
        return None
    return f"at {rest}" if _HOUR.fullmatch(rest) else rest


def _bare(reading: Reading) -> str | None:
    """Return the time that is all a line says; right after a task was added, it is that task's."""
    match reading.commands:
        case (Command(intent=Intent.CLARIFY, words=words),):
            return words.get("when")
        case _:
            return None


def _readable(when: str, context: Context) -> bool:
    try:
        read_when(when, context)
    except TaskoraError:
        return False
    return True
