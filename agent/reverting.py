"""How a change of tags or preferences is taken back, which the task service does not undo: by the change that puts it back.

It is worked out from the calls of the line: what was there before was looked at first. Deleted tags do not come back.
"""

from collections.abc import Mapping, Sequence

from agent.facts import Choices, TagBatch, Tags, read
from agent.made import Made
from agent.session import Call

NO_COLOUR = "none"


def taken_back(made: Sequence[Made]) -> Call | None:
    """Return the call that takes back the last change of a line, if it was one of tags or preferences."""
    changes = [call for call in made if not call.failed and _changes(call)]
    if not changes:
        return None
    last = changes[-1]
    before = next((call.output for call in made if call.tool == last.tool and not _changes(call)), "")
    return _preferences(last, before) if last.tool == "preferences" else _tags(last, before)


def _changes(call: Made) -> bool:
    if call.tool == "preferences":
        return bool(call.arguments.get("set"))
    return call.tool == "manage_tags" and call.arguments.get("action") in {"rename", "colour"}


def _preferences(call: Made, before: str) -> Call | None:
    old, chosen = read(Choices, before), call.arguments.get("set")
    if old is None or not isinstance(chosen, Mapping):
        return None
    names = {"default_reminder_minutes" if name == "no_default_reminder" else name for name in chosen}
    values = {name: getattr(old, name) for name in names}
    if "default_reminder_minutes" in values and values["default_reminder_minutes"] is None:
        values = {name: value for name, value in values.items() if value is not None} | {"no_default_reminder": True}
    return Call("preferences", {"set": values})


def _tags(call: Made, before: str) -> Call | None:
    """Put back a name or a colour; two tags that became one cannot be told apart any more."""
    old, now, items = read(Tags, before), read(TagBatch, call.output), call.arguments.get("items")
    if old is None or now is None or not isinstance(items, list) or len(items) != 1 or not now.results[0].tag:
        return None
    known = {tag.name.casefold(): tag for tag in old.tags}
    was = known.get(str(items[0].get("tag")).casefold())
    if was is None:
        return None
    new = now.results[0].tag.name
    if call.arguments.get("action") == "colour":
        return _tag_change("colour", {"tag": new, "colour": was.colour or NO_COLOUR})
    return None if new.casefold() in known else _tag_change("rename", {"tag": new, "name": was.name})


def _tag_change(action: str, item: dict[str, object]) -> Call:
    return Call("manage_tags", {"action": action, "items": [item]})
