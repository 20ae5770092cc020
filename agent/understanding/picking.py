"""Lists that the reader has no words for: the trash, what repeats, what has no tag, what was added when; and the overview."""

from agent.session import Call
from agent.speaking.facts import Choices, Tags
from agent.speaking.replies import Told
from agent.steps import Step, asking, calling
from agent.understanding.commands import LIST_LIMIT, Translator
from agent.understanding.forms import Forms
from taskora.domain.errors import TaskoraError
from taskora.domain.preferences import Preferences
from taskora.nlu.reader import read_period
from taskora.nlu.reading import Context

_SHOW = "[show|list|display|see|find|give me|what are|what is|what's|which|do i have] [me] [all|any] [of] [my|the|any]"
_NOUN = "(task|tasks|todo|todos|thing|things|item|items|ones|stuff|habits|routines)"
_TRASH = Forms(f"""
    {_SHOW} [in] [the|my] (trash|bin)
    {_SHOW} (deleted|removed|trashed) {_NOUN}
    {_SHOW} {_NOUN} in [the|my] (trash|bin)
    what (did i|have i) [just] (delete|deleted|remove|removed)
""")
_REPEATING = Forms(f"""
    {_SHOW} (recurring|repeating|regular) {_NOUN}
    {_SHOW} (habits|routines)
    {_SHOW} {_NOUN} that (repeat|recur)
    (what|which) [{_NOUN}] (repeats|repeat|recurs|recur)
""")
_SINGLE = Forms(f"""
    {_SHOW} (one-off|one-time|non-repeating|non-recurring|nonrecurring|single) {_NOUN}
    {_SHOW} {_NOUN} that (don't|do not) (repeat|recur)
""")
_UNTAGGED = Forms(f"""
    {_SHOW} untagged [{_NOUN}]
    {_SHOW} {_NOUN} (without|with no) [any|a] (tag|tags|label|labels)
    (what|which) [{_NOUN}] (has|have) no (tag|tags|labels)
""")
_OVERVIEW = Forms("""
    [give|show|get] [me] [a|an|the|my] (overview|summary|status|briefing|rundown) [of (my|the) (tasks|day|week|things)]
    how am i doing
    how (do|are) (things|my tasks) (stand|look|looking|doing|going)
    where do i stand
    what should i (do|start|tackle|work on) [with] [first|now|next]
    (what's|what is) (next|up next|most important|important) [now|today]
""")


_ADDED = Forms(f"""
    {_SHOW} {_NOUN} [i|that i|that were] (added|created|made|entered) {{when:recently}}
    {_SHOW} (new|recent|newest) {_NOUN} [of|from] {{when:recently}}
    what did i add {{when:recently}}
""")


def pick_order(line: str, translator: Translator) -> Step | None:
    """Return the list that a line asks for."""
    if _OVERVIEW.fits(line):
        return calling(Call("get_overview", {"said_at": translator.said_at.isoformat()}))
    if _UNTAGGED.fits(line):
        return asking(Call("manage_tags", {"action": "list"}), Tags, lambda tags: _untagged(tags, translator))
    if added := _ADDED.read(line):
        return asking(Call("preferences", {}), Choices, lambda choices: _added(added["when"], choices, translator))
    asked = _picked(line)
    return calling(_search(asked, translator)) if asked else None


def _picked(line: str) -> dict[str, object] | None:
    if _TRASH.fits(line):
        return {"status": "trash"}
    if _REPEATING.fits(line):
        return {"repeats": True}
    return {"repeats": False} if _SINGLE.fits(line) else None


def _untagged(tags: Tags, translator: Translator) -> Step:
    """Find the tasks that have none of the tags there are."""
    return calling(_search({"no_tags": [tag.name for tag in tags.tags]} if tags.tags else {}, translator))


def _added(when: str, choices: Choices, translator: Translator) -> Told | Step:
    try:
        period = read_period(when, Context(translator.said_at, Preferences(zone=choices.zone)))
    except TaskoraError as error:
        return Told(error.sentence)
    bounds = {"created_from": period.due_from, "created_to": period.due_to}
    said = {name: due.date.isoformat() for name, due in bounds.items() if due}
    return calling(_search({"status": "all", **said}, translator))


def _search(asked: dict[str, object], translator: Translator) -> Call:
    return Call("find_tasks", {**asked, "limit": LIST_LIMIT, "said_at": translator.said_at.isoformat()})
