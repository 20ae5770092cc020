"""Lines that make sense only after the line before: "no, friday", "make it 6", "cancel that", "slides too"."""

import re
from collections.abc import Callable, Sequence

from agent.session import Call, Named
from agent.speaking.replies import with_task
from agent.steps import Step, calling
from agent.understanding.commands import Translator
from agent.understanding.forms import Forms
from agent.understanding.references import is_ordinal, other, plain, resolve
from taskora.domain.errors import TaskoraError
from taskora.nlu.commands.shifting import shift_of
from taskora.nlu.reader import read_repeat, read_when
from taskora.nlu.reading import Command, Context, Intent, Reading

_CORRECTIONS = (
    re.compile(r"(?:no|nope|sorry|actually|wait|oh|rather|instead|hm+|better)\b[,.! ]*"),
    re.compile(r"(?:i )?mean(?:t)?\b[,: ]*"),
    re.compile(r"(?:please )?(?:make|mak|change|move|set|push|shift) (?:it|that|this)\b(?: (?:to|for|on))?\s*"),
)
_JOINED = re.compile(r"(?:and|also|plus|oh and)\b[, ]+(?:also )?")
_INSTEAD = Forms("[no|and|actually] (what|how) about {when} instead\n{when} instead")
_HOUR = re.compile(r"\d{1,2}(?:[:.]\d\d)?")
_TAKE_BACK = re.compile(
    r"(?:(?:no|oh|wait|actually|on second thoughts?)[, ]+)*(?:cancel|forget|scrap|drop) (?:that|it|this)(?: one| task)?"
)
_OTHER = Forms("""
    [no|nope|sorry|wait|oh|actually|not that one|i mean|i meant] the other [one|task] [instead]
""")
_OTHER_TOO = Forms("""
    (and|also) the other [one|task] [too|as well]
    the other [one|task] (too|as well|also)
""")
_TOO = Forms("""
    [and] [the] same (for|with|goes for|to) {task}
    [and] do (the same|that|it) (for|with|to) {task}
    [and|also] {task} (too|as well)
    also {task:number}
""")
_POINTED = re.compile(r"(?:and |also |then )+(?P<rest>(?:#\d+|(?:the )?\w+(?: one)?)(?: (?:to|on|for|at|by) .+)?)")
_SAME_TIME = Forms("""
    [no|actually|and] [at] [the] same (time|hour) [but] {when}
    [no|and] [on] [the] same (day|date) [but] {when:week}
""")
_NEXT = dict.fromkeys(("next week", "the week after", "a week later", "the following week", "in a week"), "P7D")
_NEXT |= dict.fromkeys(("the next day", "next day", "the day after"), "P1D")
_MOVED = Forms("""
    [no|actually|and|then] [make it|make that|move it|move that|push it] {by} {way:way}
""")
_WAYS = {"later": "", "back": "", "earlier": "-", "sooner": "-"}
_PRIORITY = re.compile(
    r"(?:no[, ]+|and )?(?:p[1-4]|!{1,4}|(?:urgent|high|medium|normal|low|no)(?: prio(?:rity)?)|urgent|asap)"
)
_TAGS = re.compile(r"(?:and )?(?:[#@%][^\W\d][\w-]*[, ]*)+")
_LEVELS = {
    "p1": "urgent",
    "p2": "high",
    "p3": "medium",
    "p4": "low",
    "!": "medium",
    "!!": "high",
    "!!!": "urgent",
    "asap": "urgent",
    "normal": "medium",
    "no": "medium",
}
_CHANGING = frozenset({"update_tasks", "reschedule_tasks"})


def followed_up(line: str, reading: Reading, context: Context, translator: Translator) -> list[Step] | None:
    """Return what a line does to the last task, or to another what was done to the last; None when it leans on nothing."""
    memory = translator.memory
    if memory.last is None:
        return None
    said = plain(line)
    if memory.added and _TAKE_BACK.fullmatch(said):
        return [calling(Call("delete_tasks", {"tasks": [memory.last.id]}))]
    for follow in _FOLLOWS:
        if steps := follow(said, memory.last, translator):
            return steps
    leans = memory.added or (memory.did is not None and memory.did.tool in _CHANGING)
    when = _corrected(said) or (_bare(reading) if leans else None)
    if when:
        changes = _timed(when, context)
        return [_changing(memory.last, translator, **changes)] if changes else None
    return None


def unjoined(line: str) -> str:
    """Return the line without a leading "and", which goes on with the line before."""
    return _JOINED.sub("", line.strip(), count=1) if _JOINED.match(line.strip().lower()) else line


def _pointed(said: str, last: Named, translator: Translator) -> list[Step] | None:
    """Do to another what was done to the last one: "and the third to wednesday" after a move, "and #3" after completing."""
    del last
    found, did = _POINTED.fullmatch(said), translator.memory.did
    if found is None or did is None or not _of_one(did):
        return None
    head, *when = re.split(r" (?:to|on|for|at|by) ", found["rest"], maxsplit=1)
    chosen = resolve(head, translator.memory) if head.startswith("#") or is_ordinal(head) else None
    if chosen is None or (when and did.tool not in _CHANGING):
        return None
    if not when:
        return [calling(with_task(did, chosen[0]))]
    return [calling(_change(chosen[0], translator, when=when[0]))]


def _changing(task: Named, translator: Translator, **values: object) -> Step:
    return calling(_change(task.id, translator, **values))


def _change(task: str, translator: Translator, **values: object) -> Call:
    return Call("update_tasks", {"items": [{"task": task, **values}], "said_at": translator.said_at.isoformat()})


def _the_other(said: str, last: Named, translator: Translator) -> list[Step] | None:
    """Do to the other of two what was done to the first, in its place or as well."""
    del last
    memory = translator.memory
    instead, too = _OTHER.fits(said), _OTHER_TOO.fits(said)
    meant = other(memory) if instead or too else None
    if meant is None or memory.did is None or not _of_one(memory.did):
        return None
    again = calling(with_task(memory.did, meant.id))
    return [again] if too else [translator.undo(), again]


def _as_well(said: str, last: Named, translator: Translator) -> list[Step] | None:
    """Do to another task what was done to the last one: "slides too", "same for slides"."""
    del last
    found = _TOO.read(said)
    did = translator.memory.did
    if found is None or did is None or not _of_one(did):
        return None
    words = found["task"]
    if did.tool == "add_tasks":
        return [translator.add_text(words)]
    chosen = resolve(re.sub(r"^(?:the|my) ", "", words), translator.memory)
    return [calling(with_task(did, chosen[0]))] if chosen and len(chosen) == 1 else None


def _same_again(said: str, last: Named, translator: Translator) -> list[Step] | None:
    """Move by whole weeks or months, or to a day, and keep the time."""
    found = _SAME_TIME.read(said)
    if found is None:
        return None
    shift = _NEXT.get(found["when"])
    return [_changing(last, translator, **({"shift": shift} if shift else {"when": found["when"]}))]


def _shifted(said: str, last: Named, translator: Translator) -> list[Step] | None:
    """Move by a length of time: "an hour later", "a day earlier"."""
    found = _MOVED.read(said)
    shift = shift_of(found["by"]) if found and found["way"] in _WAYS else None
    return [_changing(last, translator, shift=_WAYS[found["way"]] + shift)] if found and shift else None


def _marked(said: str, last: Named, translator: Translator) -> list[Step] | None:
    """Give the task just added the priority or tags that are all a line says: "p1", "#garden"."""
    did = translator.memory.did
    if did is None or did.tool not in _CHANGING | {"add_tasks"}:
        return None
    if _TAGS.fullmatch(said):
        return [_changing(last, translator, tags_add=re.findall(r"[\w-]+", said.removeprefix("and ")))]
    if _PRIORITY.fullmatch(said):
        word = re.sub(r"^(?:no[, ]+|and )", "", said).split()[0]
        return [_changing(last, translator, priority=_LEVELS.get(word, word))]
    return None


_FOLLOWS: Sequence[Callable[[str, Named, Translator], list[Step] | None]] = (
    _the_other,
    _pointed,
    _as_well,
    _same_again,
    _shifted,
    _marked,
)


def _of_one(call: Call) -> bool:
    """Tell whether a call was about one task alone."""
    given = call.arguments.get("items", call.arguments.get("tasks"))
    return isinstance(given, list) and len(given) == 1


def _corrected(said: str) -> str | None:
    """Return the new time of a correction, or None when the line corrects nothing."""
    if instead := _INSTEAD.read(said):
        return instead["when"]
    rest = said
    for correction in _CORRECTIONS:
        if found := correction.match(rest):
            rest = rest[found.end() :]
    if rest == said or not rest:
        return None
    return f"at {rest}" if _HOUR.fullmatch(rest) else rest


def _bare(reading: Reading) -> str | None:
    """Return the time that is all a line says; right after a task was added or moved, it is that task's."""
    match reading.commands:
        case (Command(intent=Intent.CLARIFY, words=words),):
            return words.get("when")
        case _:
            return None


def _timed(when: str, context: Context) -> dict[str, object] | None:
    """Return the words as a new date or a new rule, None when they are neither."""
    for read, field in ((read_when, "when"), (read_repeat, "repeat")):
        try:
            read(when, context)
        except TaskoraError:
            continue
        return {field: when}
    return None
