"""Emptying fields: take the date off groceries, remove the due date from X, make X undated, clear the reminders of X."""

from taskora.nlu.commands.bulk import aimed
from taskora.nlu.commands.clause import Clause, Found
from taskora.nlu.reading import Changes, Command, Intent


def _clear(field: str, found: Found) -> Command:
    return aimed(Command(Intent.UPDATE, changes=Changes(cleared=frozenset({field}))), found["target"])


def clear_due(_clause: Clause, found: Found) -> Command:
    """Take the date away."""
    return _clear("due", found)


def clear_time(_clause: Clause, found: Found) -> Command:
    """Take the time away and keep the day."""
    return _clear("time", found)


def clear_reminders(_clause: Clause, found: Found) -> Command:
    """Take the reminders away."""
    return _clear("reminders", found)


def clear_description(_clause: Clause, found: Found) -> Command:
    """Take the note away."""
    return _clear("description", found)


_TAKE = "take/remove/clear/delete/drop/unset/strip/erase/cancel"
ROWS = (
    (
        clear_time,
        f"""
        {_TAKE} [the|its] time (off|from|of|on|for) {{target}}
        make {{target}} [an] all - day [task]
        make {{target}} all day
        """,
    ),
    (
        clear_due,
        f"""
        {_TAKE} [the|its|any] <duedate> (off|from|of|on|for|off of) {{target}}
        make/set/leave/mark {{target}} [as|to] undated/unscheduled/dateless/open-ended
        make/set/leave/give {{target}} [to|have|with] (no|without a|without any) [due] date/deadline
        set/move/change/put {{target}} [to|for] (no date|no due date|none|never)
        unschedule {{target}}
        no [due] date/deadline (for|on) {{target}}
        {{target}} <without> (due date|date|deadline) [anymore|any more]
        """,
    ),
    (
        clear_reminders,
        f"""
        {_TAKE} [the|all|my|any] reminder/reminders/alarm/alarms/notification/notifications (off|from|of|on|for) \
            {{target}}
        (don't|dont|do not|stop|quit) remind/reminding me (about|of|to) {{target}} [anymore]
        (turn off|switch off|mute|silence) [the|all] [reminders|notifications] (for|of|on) {{target}}
        mute/silence {{target}}
        """,
    ),
    (
        clear_description,
        f"{_TAKE} [the|all] note/notes/description/details/comment/comments (off|from|of|on|for) {{target}}",
    ),
)
