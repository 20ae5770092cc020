"""Notes on a task that is there: add a note to dentist: bring the x-rays."""

from taskora.nlu.commands.clause import Clause, Found
from taskora.nlu.commands.naming import named
from taskora.nlu.reading import Changes, Command, Intent


def note(_clause: Clause, found: Found) -> Command | None:
    """Add the note `note` to the task `target`."""
    text = found["note"].text.strip().strip('"“”')
    target = named(found["target"])
    if not text or target is None or target.casefold() in {"self", "myself", "me"}:
        return None
    return Command(Intent.UPDATE, target=target, changes=Changes(), description=text)


_NOTE = "note/description/comment/notes/details/memo"
ROWS = (
    (
        note,
        f"""
        add/attach/put/write/leave/set/append [a|the|this|another] {_NOTE} (to|on|for|of) {{target}} (:|saying| \
            that says|saying that|reading|-|that) {{note}}
        {_NOTE} (to|on|for) {{target}} : {{note}}
        add/attach/append {{note}} to [the|its] {_NOTE} of/for/on {{target}}
        set/change/update [the] {_NOTE} of/for/on {{target}} to {{note}}
        """,
    ),
)
