"""Reminders of a task that is there: remind me 15 minutes before the dentist, add a reminder to dentist 1 hour before."""

import datetime as dt

from taskora.nlu.commands.clause import Clause, Found
from taskora.nlu.commands.dating import when_of
from taskora.nlu.commands.naming import named
from taskora.nlu.quantities import Quantity, quantity_at
from taskora.nlu.reading import Command, Intent
from taskora.nlu.tokens import tokenise
from taskora.nlu.wordlists import word_set

_FILLERS = word_set("at for with a an the to about of by in")
_DAY_OF: dict[tuple[str, ...], Quantity] = {
    ("day",): Quantity(days=1),
    ("night",): Quantity(days=1),
    ("week",): Quantity(days=7),
    ("hour",): Quantity(seconds=3600),
}


def remind_before(_clause: Clause, found: Found) -> Command | None:
    """Remind a length of time before the due of `target`."""
    offset = _offset(found["offset"].text)
    target = named(found["target"]) if "target" in found else None
    if offset is None or ("target" in found and found["target"].words[0] == ":"):
        return None
    return Command(Intent.REMIND, target=target, reminders=(-offset,))


def remind_split(_clause: Clause, found: Found) -> Command | None:
    """Part "the dentist an hour" of "remind me about the dentist an hour before"."""
    rest = found["rest"]
    for i in range(rest.first + 1, rest.last):
        offset = _offset(rest.cut(i, rest.last).text)
        if offset is not None:
            return Command(Intent.REMIND, target=named(rest.cut(rest.first, i)), reminders=(-offset,))
    return None


def remind_at(_clause: Clause, found: Found) -> Command | None:
    """Remind of `target`, or of the task of the conversation, at a stated time."""
    read = when_of(found["when"]) if found["when"].words[0] != "to" else None
    if read is None or read.due is None:
        return None
    target = named(found["target"]) if "target" in found else None
    return Command(
        Intent.REMIND,
        target=target,
        reminders=(read.due,),
        words={"when": found["when"].text},
        assumptions=read.assumptions,
    )


def _offset(text: str) -> dt.timedelta | None:
    tokens = tokenise(text)
    i = 0
    while tokens.word(i) in _FILLERS and quantity_at(tokens, i) is None and tokens.words[i:] not in _DAY_OF:
        i += 1
    day = _DAY_OF.get(tokens.words[i:])
    if day is not None:
        return day.elapsed
    quantity = quantity_at(tokens, i)
    return quantity.value.elapsed if quantity is not None and quantity.end == len(tokens) else None


ROWS = (
    (
        remind_before,
        """
        remind/alert/notify/ping/warn/nudge me [about it|of it] {offset} before {target} [starts|begins|is due]
        (set|add|create|put|give me) [a|another] reminder/reminders/alarm/alert {offset} before {target}
        set/change/update [the] reminder/reminders (for|of|on) {target} to {offset} (before|earlier|in advance|ahead)
        remind/alert/notify/ping/warn me {offset} (before|earlier|in advance|ahead|beforehand|before it|before \
            that|before it's due)
        """,
    ),
    (
        remind_split,
        """
        remind/alert/notify/ping/warn/nudge me (about|of|for|on) {rest} <before>
        set/add/create/put [a|another] reminder/reminders/alarm/alert (for|to|on) {rest} <before>
        """,
    ),
    (
        remind_at,
        """
        set/change/update/move [the] reminder/reminders (for|of|on) {target} (to|at) {when}
        add/set/put [a|another] reminder/alarm/alert on {target} (at|on|for) {when}
        remind/alert/notify/ping me (about it|of it|about that|about this) {when}
        remind/alert/notify/ping me {when}
        """,
    ),
)
