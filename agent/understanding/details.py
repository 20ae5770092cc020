"""Questions about one task: its card with the rule in words, its coming dates, where it stands."""

from collections.abc import Callable, Sequence

from agent.session import Call
from agent.speaking.facts import Batch, Page, SeriesDates, Task, read
from agent.speaking.listing import listed
from agent.speaking.replies import Told, tell
from agent.speaking.wording import card, name, when
from agent.steps import Step, asking
from agent.understanding.commands import Translator
from agent.understanding.forms import Forms, count_of
from agent.understanding.references import resolve

DATES_SHOWN = 3
_SHOW = "(show|open|view|see|display|give|tell|get) [me]"
_CARD = Forms(f"""
    {{task:number}}
    {_SHOW} [task] {{task:number}}
    {_SHOW} (details|detail|info|information|more|everything|more details) (of|about|on|for) [the|my] {{task}}
    [the] (details|info) (of|about|on|for) [the|my] {{task}}
    (what does|how does) [the|my] {{task}} look [like] [now]
    how often (do|does|should|must) [i] [do] [the|my] {{task}} [repeat|recur|come up|come|happen]
    (do|does) [the|my] {{task}} (repeat|recur)
    how many times (will|does|do) [the|my] {{task}} (repeat|recur|come|happen)
    (what's|what is|when is|when's) [the|my] next (date|time|one) (for|of) [the|my] {{task}}
    [the|my] {{task}} is due when
""")
_LAST = Forms(f"""
    {_SHOW} (it|that|this|that one|this one|that task|the last one)
    what (is|about) (it|that) [now|again]
""")
_DATES = Forms(f"""
    (when are|what are|{_SHOW}) [the|my] (next|coming|upcoming|future) [{{count:count}}] (date|dates|times|occurrences|days) \
        (of|for) [the|my] {{task}}
    [the|my] (next|coming|upcoming) [{{count:count}}] (date|dates|times|occurrences) (of|for) [the|my] {{task}}
    when are [the|my] (next|coming|upcoming) {{count:count}} {{task}}
""")
_MOST_DATES = 20


def detail_order(line: str, translator: Translator) -> Step | None:
    """Return the card of the task, or the coming dates, that a line asks for."""
    if found := _DATES.read(line):
        return _dates(found["task"], min(count_of(found.get("count", "five")), _MOST_DATES), translator)
    if found := _CARD.read(line):
        return show(found["task"], translator)
    if _LAST.fits(line):
        return show("it", translator)
    return None


def show(words: str, translator: Translator) -> Step | None:
    """Return the card of a task that words or the conversation name; None when they name nothing."""
    chosen = resolve(words, translator.memory)
    if chosen is None or len(chosen) > 1:
        return None
    return named(chosen[0], shown)


def named(words: str, follow: Callable[[Batch, Call], Told | Step]) -> Step:
    """Look for a task by words among the open ones, then among all, and go on with what was found."""
    everywhere = Call("get_tasks", {"tasks": [words], "scope": "any"})
    among_open = Call("get_tasks", {"tasks": [words], "scope": "open"})

    def looked(batch: Batch) -> Told | Step:
        if batch.tasks or _candidates(batch):
            return follow(batch, among_open)
        return asking(everywhere, Batch, lambda wider: follow(wider, everywhere))

    return asking(among_open, Batch, looked)


def shown(batch: Batch, call: Call) -> Told | Step:
    """Return the card of the task that was found, with its coming dates if it repeats."""
    if len(batch.tasks) != 1:
        return tell(call, batch.model_dump_json())
    task = batch.tasks[0]
    if not task.repeats or task.status != "open" or task.deleted_at:
        return Told(card(task))
    coming = Call("manage_series", {"action": "dates", "tasks": [task.id], "count": DATES_SHOWN})
    return Step(coming, lambda output: Told(card(task, _coming(output))))


def found_by_text(call: Call, words: str) -> Step:
    """Return a search by words as a list, or as a card when one task is found; if none is, look for what comes near."""

    def say(output: str) -> Told | Step:
        page = read(Page, output)
        if page is None or page.total > 1:
            return Told(listed(call, output))
        if page.tasks:
            return shown(_alone(page.tasks[0]), call)
        return named(words, lambda batch, near: _near(batch, near, listed(call, output)))

    return Step(call, say)


def _alone(task: Task) -> Batch:
    return Batch.model_validate({"results": [{"ok": True, "task": task.model_dump()}]})


def _near(batch: Batch, call: Call, nothing: str) -> Told | Step:
    return shown(batch, call) if batch.tasks or _candidates(batch) else Told(nothing)


def _candidates(batch: Batch) -> bool:
    return any(item.problem and item.problem.candidates for item in batch.results)


def _coming(output: str) -> Sequence[str]:
    answer = read(SeriesDates, output)
    return [date.due_text for date in answer.results[0].dates] if answer and answer.results else ()


def _dates(words: str, count: int, translator: Translator) -> Step | None:
    chosen = resolve(words, translator.memory)
    if chosen is None or len(chosen) > 1:
        return None
    call = Call("manage_series", {"action": "dates", "tasks": chosen, "count": count})

    def told(answer: SeriesDates) -> Told | Step:
        lines: list[str] = []
        for item in answer.results:
            if item.problem or item.task is None:
                return tell(call, answer.model_dump_json())
            dates = [when(item.task), *(date.due_text for date in item.dates)][:count]
            lines += [f"{name(item.task)}: {item.task.repeats}", *(f"  {date}" for date in dates)]
        return Told("\n".join(lines))

    return asking(call, SeriesDates, told)
