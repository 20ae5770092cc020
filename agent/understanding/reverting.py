"""How a change of preferences is taken back, which undo in the task service passes over: by the change that puts them back.

It is worked out from the calls of the line, since what was chosen before was looked at first.
"""

from collections.abc import Mapping, Sequence

from agent.made import Made
from agent.session import Call
from agent.speaking.facts import Choices, read


def changes_preferences(call: Made) -> bool:
    """Tell whether a call changes preferences."""
    return call.tool == "preferences" and bool(call.arguments.get("set"))


def taken_back(made: Sequence[Made]) -> Call | None:
    """Return the call that takes back the last change of a line, if it was one of preferences."""
    changes = [call for call in made if not call.failed and (changes_preferences(call) or not call.reads)]
    if not changes or not changes_preferences(changes[-1]):
        return None
    before = next((call.output for call in made if call.tool == "preferences" and not changes_preferences(call)), "")
    old, chosen = read(Choices, before), changes[-1].arguments.get("set")
    if old is None or not isinstance(chosen, Mapping):
        return None
    names = {"default_reminder_minutes" if name == "no_default_reminder" else name for name in chosen}
    values = {name: getattr(old, name) for name in names}
    if "default_reminder_minutes" in values and values["default_reminder_minutes"] is None:
        values = {name: value for name, value in values.items() if value is not None} | {"no_default_reminder": True}
    return Call("preferences", {"set": values})
