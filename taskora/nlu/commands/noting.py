"""Notes on a task that is there: add a note to dentist: bring the x-rays."""

from taskora.nlu.commands.clause import Clause, Found
from taskora.nlu.commands.naming import named
from taskora.nlu.reading import Changes, Command, Intent
from taskora.nlu.tokens import TokenKind


def note(_clause: Clause, found: Found) -> Command | None:
    """Add the note `note` to the task `target`."""
    text = found["note"].text.strip().strip('"“”')
    target = named(found["target"])
    if not text or target is None or target.casefold() in {"self", "myself", "me"}:
        return None
    return Command(Intent.UPDATE, target=target, changes=Changes(), description=text)


def quoted_note(clause: Clause, found: Found) -> Command | None:
    """Add a note that stands in quotes: add note "bring card" to dentist."""
    quoted = clause.tokens[found["note"].first].kind is TokenKind.QUOTED
    return note(clause, found) if quoted and len(found["note"].words) == 1 else None


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
    (quoted_note, f"add/attach/append/put [the|a] {_NOTE} {{note}} (to|on|in) {{target}}"),
)
