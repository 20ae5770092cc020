"""A language model's dates beside the parser's, of the same line. Pure. Where they differ the parser wins, and it is said.

A model is asked to pass the user's words on. One that works out a date by itself is often a day off, so its words are kept
only if the user said them, or if they mean what the user's own words mean.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from agent.session import Call
from agent.understanding.followups import unjoined
from taskora.domain.due import Due
from taskora.domain.errors import TaskoraError
from taskora.nlu.reader import read_line, read_task, read_when
from taskora.nlu.reading import Command, Context

OWN_DATE = "the date “{words}” is not in your words: check it"
OURS = "your words “{ours}” were taken, not “{theirs}”, as the model had read them"


@dataclass(frozen=True, slots=True)
class Compared:
    """A call with the words that count, and what is to be said of that."""

    call: Call
    remarks: tuple[str, ...] = ()


def compared(call: Call, line: str, heard: Iterable[str], context: Context) -> Compared:
    """Return a model's call with the user's words for time where the model's mean something else.

    `heard` are the user's lines before; words that stand in one of them are the user's too.
    """
    items = call.arguments.get("items")
    if not isinstance(items, list) or call.tool not in {"add_tasks", "update_tasks", "reschedule_tasks"}:
        return Compared(call)
    said = [line, *heard]
    commands = _commands(line, context)
    own = _own(commands, context)
    remarks: list[str] = []
    settled = [
        _rule(_deadline(_settled(item, own, said, context, remarks), commands, remarks), commands, said, remarks)
        if isinstance(item, dict)
        else item
        for item in items
    ]
    return Compared(Call(call.tool, call.arguments | {"items": settled}), tuple(dict.fromkeys(remarks)))


@dataclass(frozen=True, slots=True)
class _Own:
    """A time in the user's own words, what the parser makes of it, and the words beside it."""

    words: str
    due: Due | None
    beside: frozenset[str]


def _commands(line: str, context: Context) -> tuple[Command, ...]:
    try:
        commands = read_line(unjoined(line), context).commands
    except TaskoraError:
        return ()
    timed = any({"when", "repeat"} & command.words.keys() for command in commands)
    return commands if timed else _as_task(line, context)


def _own(commands: Sequence[Command], context: Context) -> list[_Own]:
    found = [(command.words.get("when"), command) for command in commands]
    return [_Own(words, _due(words, command, context), _tokens(command.text)) for words, command in found if words]


def _as_task(line: str, context: Context) -> tuple[Command, ...]:
    """Read a line that was no command for the time in it alone."""
    try:
        return (read_task(line, context),)
    except TaskoraError:
        return ()


def _due(words: str, command: Command, context: Context) -> Due | None:
    return command.due or _meant(words, context)


def _settled(
    item: dict[str, object], own: Sequence[_Own], said: Sequence[str], context: Context, remarks: list[str]
) -> dict[str, object]:
    theirs = item.get("when", item.get("text"))
    if not isinstance(theirs, str) or _said(theirs, said):
        return item
    guess = _meant(theirs, context) if "when" in item else _of_text(theirs, context)
    if guess is not None and any(one.due == guess for one in own):
        return item
    mine = _nearest(own, item)
    if mine is None:
        if guess is not None:
            remarks.append(OWN_DATE.format(words=theirs))
        return item
    if guess is None and "when" not in item and not mine.beside & _tokens(theirs):
        return item
    if guess is not None:
        remarks.append(OURS.format(ours=mine.words, theirs=theirs))
    return item | {"when": mine.words}


def _rule(
    item: dict[str, object], commands: Sequence[Command], said: Sequence[str], remarks: list[str]
) -> dict[str, object]:
    """Return an item with the user's words for its rule, if they say one and the model says it in others."""
    theirs = item.get("repeat")
    own = {command.words["repeat"] for command in commands if "repeat" in command.words}
    if not isinstance(theirs, str) or _said(theirs, said) or len(own) != 1:
        return item
    ours = own.pop()
    remarks.append(OURS.format(ours=ours, theirs=theirs))
    return item | {"repeat": ours}


def _deadline(item: dict[str, object], commands: Sequence[Command], remarks: list[str]) -> dict[str, object]:
    """Return an item with the deadline that the parser reads in the line, if it reads one."""
    theirs = item.get("deadline")
    own = {command.deadline.date.isoformat() for command in commands if command.deadline}
    if not isinstance(theirs, str) or theirs in own:
        return item
    if len(own) != 1:
        remarks.append(OWN_DATE.format(words=theirs))
        return item
    ours = own.pop()
    remarks.append(OURS.format(ours=ours, theirs=theirs))
    return item | {"deadline": ours}


def _nearest(own: Sequence[_Own], item: dict[str, object]) -> _Own | None:
    """Return the user's words for time that stand beside the words of an item: the only ones, or the likeliest."""
    if len(own) < 2:
        return own[0] if own else None
    wanted = _tokens(" ".join(str(item.get(name, "")) for name in ("text", "title", "task")))
    ranked = sorted(own, key=lambda one: len(one.beside & wanted), reverse=True)
    clear = len(ranked[0].beside & wanted) > len(ranked[1].beside & wanted)
    return ranked[0] if clear else None


def _meant(words: str, context: Context) -> Due | None:
    try:
        return read_when(words, context).due
    except TaskoraError:
        return None


def _of_text(text: str, context: Context) -> Due | None:
    try:
        return read_task(text, context).due
    except TaskoraError:
        return None


def _said(words: str, lines: Sequence[str]) -> bool:
    return any(_plain(words) in _plain(line) for line in lines)


def _plain(text: str) -> str:
    return " ".join(text.lower().split())


def _tokens(text: str) -> frozenset[str]:
    return frozenset(word for word in text.lower().split() if len(word) > 2)
