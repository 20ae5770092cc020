"""One sentence that says two things about the list: I need eggs on my list and milk off it; take X off and put Y on."""

from taskora.nlu.commands.adding import add_text
from taskora.nlu.commands.clause import Clause, Found
from taskora.nlu.commands.naming import named
from taskora.nlu.reading import Command, Intent


def both(clause: Clause, found: Found) -> tuple[Command, ...]:
    """Add what goes `on` the list and delete what goes `off` it, in the order in which they are said."""
    added = add_text(clause, found["on"].text)
    deleted = Command(Intent.DELETE, target=named(found["off"]))
    return (added, deleted) if found["on"].first < found["off"].first else (deleted, added)


ROWS = (
    (
        both,
        """
        [<want>] {on} (on|onto|to|in) <list> and [take|get|remove|cross|strike] {off} (off|off of|from) [of] <list>
        [<want>] {on} (on|onto|to|in) <list> and [take|get|remove] {off} off
        [<want>] {on} on and {off} off [of] [<list>]
        [take|get|remove|cross|i want|i need|i'd like] {off} (off|off of|from) <list> and [put|add|get|stick] \
            {on} (on|onto|to|in) <list>
        [take|get|remove] {off} off [of] [<list>] and [put|add|get] {on} on [<list>]
        """,
    ),
)
