"""Questions about what was done: "what did I change today", "who moved the dentist", "show my history"."""

import re

from agent.session import Call
from agent.speaking.facts import Batch
from agent.speaking.replies import Told, tell
from agent.steps import Step, calling
from agent.understanding.commands import Translator
from agent.understanding.details import named
from agent.understanding.forms import Forms
from agent.understanding.references import resolve
from taskora.nlu.reading import Command

LIMIT = 20
_NEWEST = re.compile(r"\b(?:last|latest) (?:thing|change|action)\b", re.IGNORECASE)
_VAGUE = frozenset({"recently", "lately", "so far"})
_TO_THE_AGENT = frozenset({"you", "assistant", "agent"})
_WHEN = Forms("""
    {before} {when:recently}
    {when:recently}
""")
_MINE = Forms("""
    what [all] (did|have) (i|we) [just|already] {did:word} [so far]
    what [all] (did|have) (i|we) [just|already] {did:word} {when:recently}
    which (tasks|things|ones) (did|have) (i|we) [just|already] {did:word} [{when:recently}]
    (what was|what is|show) [me] [the|my] (last|latest|recent) (thing|change|action|changes) [(i|you) (did|made)]
    (recent changes|what's new|what is new)
    changes (today|yesterday|this week)
""")
_DEEDS = frozenset(
    (
        *(
            "change",
            "changed",
            "edit",
            "edited",
            "move",
            "moved",
            "delete",
            "deleted",
            "remove",
            "removed",
            "add",
            "added",
        ),
        *("create", "created", "rename", "renamed", "tag", "tagged", "reschedule", "rescheduled"),
    )
)
_ABOUT = Forms("""
    [show me|show|what is|what's] [the] (history|changes|log|activity) (of|for|on|to) [the|my] {task}
    what [has] (changed|happened) (with|to|on|in|about) [the|my] {task}
    what (did|have) (i|we|you) (do|done|change|changed) (with|to|about) [the|my] {task}
""")


def activity_order(line: str, translator: Translator) -> Step | None:
    """Return the history that a line asks for in words that the reader takes for something else."""
    about = _ABOUT.read(line)
    if about and not is_period(about["task"]):
        return _of_task(about["task"], translator, line)
    mine = _MINE.read(line)
    if mine is not None and mine.get("did", "change").lower() in _DEEDS:
        return calling(_asked(line, translator))
    return None


def is_period(words: str) -> bool:
    """Tell whether words mean a time, not a task."""
    return "before" not in (_WHEN.read(words) or {"before": ""})


def recall(command: Command, translator: Translator) -> Step:
    """Return the history that a command asks for, of one task or of all."""
    if command.target:
        return _of_task(command.target, translator, command.text)
    return calling(_asked(command.text, translator))


def _asked(line: str, translator: Translator) -> Call:
    newest = _NEWEST.search(line) is not None
    asked: dict[str, object] = {"limit": 1 if newest else LIMIT, "said_at": translator.said_at.isoformat()}
    when = (_WHEN.read(line) or {}).get("when", "")
    if when and when.lower() not in _VAGUE:
        asked["when"] = re.sub(r"^(?:on|in) ", "", when, flags=re.IGNORECASE)
    if not _TO_THE_AGENT.isdisjoint(line.lower().split()):
        asked["actor"] = "agent"
    return Call("get_activity", asked)


def _of_task(words: str, translator: Translator, line: str) -> Step:
    """Find the task first, also among those that are done or deleted, since its history says what became of it."""
    chosen = resolve(words, translator.memory)
    if chosen is None or len(chosen) != 1:
        return calling(_asked(line, translator))
    return named(chosen[0], _found)


def _found(batch: Batch, look: Call) -> Told | Step:
    if not batch.tasks:
        return tell(look, batch.model_dump_json())
    return calling(Call("get_activity", {"task": batch.tasks[0].id, "limit": LIMIT}))
