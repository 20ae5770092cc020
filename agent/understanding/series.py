"""Orders about a task that repeats: skip a date, leave dates out, stop it or let it end, for this one or from now on."""

import re
from collections.abc import Callable, Mapping, Sequence

from agent.session import Call
from agent.speaking.facts import Batch, Choices, SeriesDates, Task
from agent.speaking.replies import Told, tell
from agent.speaking.wording import name
from agent.steps import Step, asking, calling, saying
from agent.understanding.commands import Translator
from agent.understanding.forms import Forms
from agent.understanding.references import resolve
from taskora.domain.errors import TaskoraError
from taskora.domain.preferences import Preferences
from taskora.nlu.reader import read_period
from taskora.nlu.reading import Command, Context


def _phrases(words: str) -> re.Pattern[str]:
    """Return what finds any of the phrases as whole words, with a comma before."""
    return re.compile(rf"\s*,?\s*\b(?:{words})\b", re.IGNORECASE)


_VERB = re.compile(r"^.*?\b(?:skip|skp|leave out|pass(?: on)?|skipping|drop)\b", re.IGNORECASE)
_NOISE = re.compile(
    r"\b(?:the|this|my|next|coming|on|for|in|during|of|occurrence|instance|one|time|date|once|just|again|please|now)\b"
    r"|'s\b|[,.!?]",
    re.IGNORECASE,
)
_AND = re.compile(r"\s*(?:,|\band\b|&)\s*", re.IGNORECASE)
_HALVED = re.compile(r"\s+(?:on|in|this|next|tomorrow|today)\b.*\band$", re.IGNORECASE)
"""What is left of "on saturday and sunday" where only the second of two days was taken for one."""
_AGAIN = re.compile(r"\s+(?:again|please|this time|once)$", re.IGNORECASE)
_NO_MORE = Forms("""
    no {task} {days:when}
    (don't|dont|do not) (do|have|hold|need) [the|my] {task} {days:when}
""")
_CALLED_OFF = Forms("(cancel|call off|drop|scrap) {days:whose} {task}")
_ONCE = Forms(
    "(make|turn) [the|my] {task} [into] [a|an] (one-off|one-time|single|one off|one time) [task|event|thing|one]"
)
_NOT_SKIPPED = Forms("[no|wait|oh|actually] (don't|dont|do not) skip {task}\nunskip {task}")
_ENDS = Forms("""
    (stop|end) [repeating] [the|my] {task} {ends:when}
    [let|make|have] [the|my] {task} (end|ends|stop|stops|should end|should stop) [repeating] {ends:when}
    repeat [the|my] {task} {ends:when}
    repeat [the|my] {task} [only] {times:count} [more] (time|times)
""")
_FUTURE = _phrases(
    "from now on|going forward|from here on|in future|in the future|for all future ones|for all following ones"
    "|and all future ones|all future ones too|always|permanently"
)
_ALL_OF = re.compile(
    r"\b(?:all|every)(?: of)? (?:the |my )?(?:future|following|coming|upcoming|remaining) (?=\w)", re.IGNORECASE
)
_THIS = _phrases(
    "this time only|this once only|just this once|just this time|just this one|only this once|only this time"
    "|but only this one|only this one|this once|this time|just once|only once|just for today|only for today"
)
_ONLY = re.compile(r"\b(?:only|just) (?:the |this |the next |(?:today|tomorrow|\w+day)'s )(?=\w)", re.IGNORECASE)
_CHANGES = re.compile(
    r"(?:(?:please|only|just) )*(?:move|change|shift|push|reschedule|set|make|rename|put|do|tag|start)\b", re.IGNORECASE
)
_ALL_DAY = Forms("(make|set|change|turn) [the|my] {task} [to|into|an] (all day|all-day) [task|event]")
_RULE = Forms("(make|change|set|let|have) [the|my] {task} [to] [repeat|happen|recur] {rule:rule}")
MOST_DATES = 50
NOTHING_THEN = "{name} has no date then, so nothing was changed."
_MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]


def series_order(line: str, translator: Translator) -> Step | None:
    """Return what a line does with a series, where the reader has no words for it."""
    did = translator.memory.did
    if did and did.arguments.get("action") == "skip" and _NOT_SKIPPED.fits(line):
        return translator.undo()
    for form, order in _ORDERS:
        if (found := form.read(line)) is not None:
            return order(found, line, translator)
    return None


def scoped(line: str) -> tuple[str, str] | None:
    """Return a line without the words that say for which dates of a series it is, and the scope; None without such."""
    if not _CHANGES.match(line):
        return None
    if _FUTURE.search(line):
        return _FUTURE.sub("", line).strip(), "future"
    if _ALL_OF.search(line):
        return _ALL_OF.sub("", line).strip(), "future"
    if _THIS.search(line):
        return _THIS.sub("", line).strip(), "this"
    return (_ONLY.sub("", line).strip(), "this") if _ONLY.search(line) else _only_first(line)


def _only_first(line: str) -> tuple[str, str] | None:
    """Read "only move tomorrow's standup to 11"."""
    found = re.match(
        r"(?:please )?(?:only|just) (\w+) (?:(?:the|this|(?:today|tomorrow|\w+day)'s) )?(.+)", line, re.IGNORECASE
    )
    return (f"{found[1]} {found[2]}", "this") if found else None


def skip(command: Command, translator: Translator) -> Step:
    """Skip the next date of a task, or leave out the dates that are named."""
    target = _HALVED.sub("", _AGAIN.sub("", command.target or "it"))
    chosen = resolve(target, translator.memory)
    if chosen is None:
        return translator.unknown()
    days = _days(command.text, target)
    call = Call("manage_series", {"action": "skip", "tasks": chosen})
    return _leaving_out(call, days, translator) if days else calling(call)


def _leaving_out(call: Call, days: str, translator: Translator) -> Step:
    """Look where the task stands and where its user is: its present date is skipped, others are left out."""

    def looked(batch: Batch) -> Told | Step:
        if not batch.tasks:
            return tell(call, batch.model_dump_json())
        task = batch.tasks[0]
        return asking(Call("preferences", {}), Choices, lambda choices: _left_out(task, days, choices, translator))

    return asking(Call("get_tasks", {"tasks": call.arguments["tasks"], "scope": "open"}), Batch, looked)


def _left_out(task: Task, days: str, choices: Choices, translator: Translator) -> Step:
    """Leave out every day or period that is named; the one on which the task stands is skipped."""
    context = Context(translator.said_at, Preferences(zone=choices.zone))
    present = task.due[:10] if task.due else ""
    named, periods, meant = [], [], False
    try:
        for words in _AND.split(days):
            period = read_period(words, context)
            first, last = (due.date.isoformat() if due else "" for due in (period.due_from, period.due_to))
            meant = meant or first <= present <= last
            if first != last:
                periods.append((first, last))
            elif first != present:
                named.append(words)
    except TaskoraError:
        return calling(_skip(task))
    if not periods:
        return _leave(task, named, translator, and_skip=meant)
    coming = Call("manage_series", {"action": "dates", "tasks": [task.id], "count": MOST_DATES})

    def within(answer: SeriesDates) -> Step:
        dates = [date.due[:10] for item in answer.results for date in item.dates]
        inside = [date for date in dates if any(first <= date <= last for first, last in periods)]
        return _leave(task, [*named, *inside], translator, and_skip=meant)

    return asking(coming, SeriesDates, within)


def _leave(task: Task, days: Sequence[str], translator: Translator, *, and_skip: bool) -> Step:
    """Leave days out, then skip the present one where it is meant."""
    if not days:
        return calling(_skip(task)) if and_skip else saying(Told(NOTHING_THEN.format(name=name(task))))
    leave = calling(_changing("exclude", task, translator, days=list(days)))
    return Step(leave.call, lambda _output: calling(_skip(task))) if and_skip else leave


def _skip(task: Task) -> Call:
    return Call("manage_series", {"action": "skip", "tasks": [task.id]})


def _left_out_if_it_repeats(words: str, days: str, translator: Translator, otherwise: Step) -> Step | None:
    """Leave out the days of "no yoga on saturday" when yoga repeats; `otherwise` it is something else."""
    chosen = resolve(words, translator.memory)
    if chosen is None:
        return None

    def looked(batch: Batch) -> Told | Step:
        if not batch.tasks or not batch.tasks[0].repeats:
            return otherwise
        task = batch.tasks[0]
        return _leaving_out(Call("manage_series", {"action": "skip", "tasks": [task.id]}), days, translator)

    return asking(Call("get_tasks", {"tasks": chosen, "scope": "open"}), Batch, looked)


def _without_time(words: str, translator: Translator) -> Step | None:
    chosen = resolve(words, translator.memory)
    if chosen is None or len(chosen) != 1:
        return None
    return calling(Call("reschedule_tasks", {"items": [{"task": chosen[0], "clear_time": True}]}))


def _once(words: str, translator: Translator) -> Step | None:
    chosen = resolve(words, translator.memory)
    return calling(Call("manage_series", {"action": "stop", "tasks": chosen})) if chosen else None


def _ruled(words: str, rule: str, line: str, translator: Translator) -> Step | None:
    """Give the task of exactly that title another rule; "make bread every saturday" is a task when there is no bread."""
    chosen = resolve(words, translator.memory)
    if chosen is None or len(chosen) != 1:
        return None

    def looked(batch: Batch) -> Told | Step:
        named = [task for task in batch.tasks if task.id == chosen[0] or task.title.casefold() == words.casefold()]
        if not named:
            return translator.add_text(line)
        items = [{"task": named[0].id, "repeat": rule}]
        return calling(Call("update_tasks", {"items": items, "said_at": translator.said_at.isoformat()}))

    return asking(Call("get_tasks", {"tasks": chosen, "scope": "open"}), Batch, looked)


def _ending(words: str, ends: str, line: str, translator: Translator) -> Step | None:
    """Let a series end by words; of what does not repeat, such a line is a task of its own."""
    chosen = resolve(words, translator.memory)
    if chosen is None or len(chosen) != 1:
        return None
    month = ends.lower().removeprefix("after ")

    def looked(batch: Batch) -> Told | Step:
        if not batch.tasks or not batch.tasks[0].repeats:
            return translator.add_text(line)
        end = f"the last day of {month}" if month in _MONTHS else ends
        return calling(_changing("change", batch.tasks[0], translator, ends=end))

    return asking(Call("get_tasks", {"tasks": chosen, "scope": "open"}), Batch, looked)


def _changing(action: str, task: Task, translator: Translator, **values: object) -> Call:
    said_at = translator.said_at.isoformat()
    return Call("manage_series", {"action": action, "tasks": [task.id], **values, "said_at": said_at})


def _days(line: str, target: str) -> str:
    """Return which dates a line names beside its task: tomorrow, on friday, this week; nothing for the next one."""
    rest = _VERB.sub("", line.strip().strip(".!?"), count=1)
    where = rest.lower().find(target.lower())
    if where >= 0:
        rest = f"{rest[:where]} {rest[where + len(target) :]}"
    rest = re.sub(r"^\s*(?:the|my)\b", "", rest, flags=re.IGNORECASE)
    days = " ".join(re.sub(r"'s\b", "", rest).split())
    return days if _NOISE.sub("", days).strip() else ""


def _ends(found: Mapping[str, str], line: str, translator: Translator) -> Step | None:
    return _ending(found["task"], found.get("ends") or f"after {found['times']} times", line, translator)


def _not_on(found: Mapping[str, str], line: str, translator: Translator) -> Step | None:
    return _left_out_if_it_repeats(found["task"], found["days"], translator, translator.add_text(line))


def _called_off(found: Mapping[str, str], _line: str, translator: Translator) -> Step | None:
    away = calling(Call("delete_tasks", {"tasks": [found["task"]]}))
    return _left_out_if_it_repeats(found["task"], found["days"].removesuffix("'s"), translator, away)


_ORDERS: Sequence[tuple[Forms, Callable[[Mapping[str, str], str, Translator], Step | None]]] = (
    (_ALL_DAY, lambda found, _line, translator: _without_time(found["task"], translator)),
    (_ENDS, _ends),
    (_RULE, lambda found, line, translator: _ruled(found["task"], found["rule"], line, translator)),
    (_NO_MORE, _not_on),
    (_CALLED_OFF, _called_off),
    (_ONCE, lambda found, _line, translator: _once(found["task"], translator)),
)
