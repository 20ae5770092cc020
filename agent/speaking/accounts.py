"""What people read of tags, preferences, history and the overview: the answers of the tools that are about more than tasks.

Pure: a call and its output go in, lines come out. A sentence instead of an answer is passed on as it is.
"""

import re
from collections.abc import Mapping, Sequence

from agent.session import Call
from agent.speaking.facts import Act, Activity, Choices, Overview, Problem, Tag, TagBatch, TagItem, Tags, read
from agent.speaking.wording import day_and_time, length, table
from taskora.domain.fields import COLOURS

_TOOLS = re.compile(r"\b(?:[a-z]+_(?:tasks|tags|series|activity|overview)|the tools? \w+)\b")
_COLOUR_NAMES = {colour: name for name, colour in COLOURS.items()}
_BY_ITSELF = "Taskora"
"""Whose changes are told only where the history of one task is asked for."""
_ORDERS = {"mdy": "month first", "dmy": "day first", "ymd": "year first"}
_LANGUAGES = {"en": "English", "de": "German", "es": "Spanish", "fr": "French", "it": "Italian", "pt": "Portuguese"}


def tags_told(call: Call, output: str) -> str:
    """Return the tags there are, or what became of some of them."""
    if call.arguments.get("action") == "list":
        listed = read(Tags, output)
        return _tag_list(listed.tags) if listed else output
    batch = read(TagBatch, output)
    if batch is None:
        return output
    items = call.arguments.get("items")
    given: Sequence[object] = items if isinstance(items, list) else []
    return "\n".join(
        _tag_told(str(call.arguments.get("action")), *pair) for pair in zip(given, batch.results, strict=False)
    )


def _tag_list(tags: Sequence[Tag]) -> str:
    if not tags:
        return "You have no tags yet. Try: tag the report work."
    width = max(len(tag.name) for tag in tags)
    lines = [f"  #{tag.name.ljust(width)}  {_tag_facts(tag)}" for tag in tags]
    return "\n".join([f"{len(tags)} {'tag' if len(tags) == 1 else 'tags'}:", *lines])


def _tag_facts(tag: Tag) -> str:
    count = f"{tag.open or 0} open {'task' if tag.open == 1 else 'tasks'}"
    return f"{count} · {colour_name(tag.colour)}" if tag.colour else count


def colour_name(colour: str) -> str:
    """Return a colour by its name where it has one."""
    return _COLOUR_NAMES.get(colour.lower(), colour)


def _tag_told(action: str, given: object, item: TagItem) -> str:
    before = str(given.get("tag", "")).lstrip("#@") if isinstance(given, Mapping) else ""
    if item.problem:
        return sentence(item.problem)
    notes = [f"  ({assumption})" for assumption in item.assumptions]
    if action == "delete" or item.tag is None:
        said = f"The tag #{before} is gone, also from its tasks. Say undo to take that back."
    elif action == "colour":
        said = f"#{item.tag.name} is now {colour_name(item.tag.colour) if item.tag.colour else 'without a colour'}."
    else:
        said = f"#{before} is now #{item.tag.name}."
    return "\n".join([said, *notes])


def sentence(problem: Problem) -> str:
    """Return a problem with what to do about it; advice about tools is for assistants, not for people."""
    advice = "" if _TOOLS.search(problem.advice) else problem.advice
    return f"{problem.detail} {advice}".strip()


def choices_told(call: Call, output: str) -> str:
    """Return the preferences, or the one that was just chosen."""
    choices = read(Choices, output)
    if choices is None:
        return output
    chosen = call.arguments.get("set")
    if isinstance(chosen, Mapping) and chosen:
        return "\n".join(_CHOSEN[name](choices) for name in chosen if name in _CHOSEN)
    return "\n".join(["Your preferences:", *(f"  {line}" for line in choice_lines(choices).values())])


def choice_lines(choices: Choices) -> Mapping[str, str]:
    """Return each preference in words, by its name."""
    return {
        "zone": f"time zone: {choices.zone}",
        "week_start": f"the week starts on {choices.week_start.capitalize()}",
        "date_order": f"dates such as 3/4: {_ORDERS.get(choices.date_order, choices.date_order)}",
        "default_reminder_minutes": f"reminder: {_lead(choices)}",
        "all_day_time": f"day of a task without a time begins at {choices.all_day_time[:5]}",
        "locale": f"language: {_LANGUAGES.get(choices.locale.split('-')[0], choices.locale)}",
    }


def _lead(choices: Choices) -> str:
    minutes = choices.default_reminder_minutes
    if minutes is None:
        return "none, unless you ask for one"
    return f"{length(minutes)} before" if minutes else "when it is due"


_CHOSEN = {
    "zone": lambda choices: f"Your time zone is now {choices.zone}. Days and times are read there.",
    "week_start": lambda choices: f"Your week now starts on {choices.week_start.capitalize()}.",
    "date_order": lambda choices: f"Dates such as 3/4 are now read {_ORDERS.get(choices.date_order)}.",
    "no_default_reminder": lambda choices: f"The usual reminder is now: {_lead(choices)}.",
    "default_reminder_minutes": lambda choices: f"The usual reminder is now: {_lead(choices)}.",
    "all_day_time": lambda choices: f"Tasks without a time are now reminded of at {choices.all_day_time[:5]}.",
    "locale": lambda choices: f"Your language is now {_LANGUAGES.get(choices.locale.split('-')[0], choices.locale)}.",
}


def activity_told(call: Call, output: str) -> str:
    """Return what was done, the newest last, so that it reads like a story."""
    activity = read(Activity, output)
    if activity is None:
        return output
    acts = [act for act in activity.activity if call.arguments.get("task") or act.by != _BY_ITSELF]
    when = call.arguments.get("when")
    if not acts:
        return f"Nothing was changed{f' ({when})' if when else ''}."
    lines = [_act(act) for act in reversed(acts)]
    alone = call.arguments.get("limit") == 1
    more = (
        ["  There is more before that. Name a day or a task to see it."] if activity.next_cursor and not alone else []
    )
    return "\n".join([f"What was done{f' ({when})' if when else ''}:", *lines, *more])


def _act(act: Act) -> str:
    at = act.at_text or day_and_time(act.at)
    named = f"#{act.task.number} {act.task.title}: " if act.task else ""
    by = f" · by {act.by}" if act.by else ""
    return f"  {at}  {named}{act.text}{by}{' · undone' if act.undone else ''}"


def overview_told(_call: Call, output: str) -> str:
    """Return how things stand, with the tasks that need a look first."""
    seen = read(Overview, output)
    if seen is None:
        return output
    counts = {
        "overdue": seen.overdue,
        "due today": seen.due_today,
        "due this week": seen.due_week,
        "urgent": seen.urgent,
        "with no date": seen.no_due,
    }
    parts = [f"{count} {what}" for what, count in counts.items() if count]
    lines = [f"{seen.open} open {'task' if seen.open == 1 else 'tasks'}" + (f": {', '.join(parts)}." if parts else ".")]
    if seen.completed_today:
        lines.append(f"{seen.completed_today} completed today.")
    return "\n".join([*lines, *(["First:", *table(seen.attention)] if seen.attention else [])])
