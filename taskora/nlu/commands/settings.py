"""Preferences and history: my week starts on sunday, use day first dates, show my history. Said here, done by others."""

from taskora.nlu.commands.clause import Clause, Found
from taskora.nlu.commands.naming import named
from taskora.nlu.reading import Command, Intent


def _setting(name: str, found: Found) -> Command:
    words = {"setting": name}
    if "value" in found:
        words["value"] = found["value"].text
    return Command(Intent.PREFERENCES, words=words)


def week_start(_clause: Clause, found: Found) -> Command:
    """Choose the first day of the week."""
    return _setting("week_start", found)


def zone(_clause: Clause, found: Found) -> Command:
    """Choose the time zone."""
    return _setting("zone", found)


def place(clause: Clause, found: Found) -> Command | None:
    """Choose the zone of a place where someone is: "I'm in Tokyo this week", not "I'm in a meeting"."""
    value = found["value"]
    if not clause.tokens[value.first].capitalised:
        return None
    return _setting("zone", {"value": value})


def date_order(_clause: Clause, found: Found) -> Command:
    """Choose how numeric dates are read."""
    return _setting("date_order", found)


def reminders(_clause: Clause, found: Found) -> Command:
    """Choose the usual reminder, the channels or the quiet hours."""
    return _setting("reminders", found)


def language(_clause: Clause, found: Found) -> Command:
    """Choose the language or the clock."""
    return _setting("locale", found)


def show(_clause: Clause, _found: Found) -> Command:
    """Show the preferences."""
    return Command(Intent.PREFERENCES)


def fixed(_clause: Clause, _found: Found) -> Command:
    """Show the preferences to someone who wants to change what is none: what morning means, when the weekend begins."""
    return Command(Intent.PREFERENCES)


def history(_clause: Clause, found: Found) -> Command:
    """Show what was done, to one task or to all."""
    return Command(Intent.HISTORY, target=named(found["target"]) if "target" in found else None)


_DAY = "{value:weekstart}"
ROWS = (
    (
        week_start,
        f"""
        [my|the|our] week/weeks starts/start/begins/begin [on|from] {_DAY}
        (start|begin|i start|i begin|we start|we begin) [my|the|our] week/weeks on {_DAY}
        (set|change|make|use) [the|my] [first day of [the|my] week|week start|start of [the|my] week|week start \
            day|weekstart] [to|as|on] {_DAY}
        {_DAY} is the (first day|start) of [my|the] week
        (make|set|use) {_DAY} [as] [the|my] (first day of the week|first day of my week|start of the week|week start)
        """,
    ),
    (
        zone,
        """
        (my|the) [current] (time zone|timezone|tz) is [now] {value}
        (set|change|switch|update|use) [my|the] (time zone|timezone|tz) [to] {value}
        (i'm|i am|im) [now|currently] (in|living in|based in) the {value} (time zone|timezone)
        (i moved to|i've moved to|i live in|i now live in|i'm based in|i am based in|i'm travelling to|i'm \
            traveling to|i am travelling to) {value}
        use {value} time zone/timezone/time
        (switch|change|move|put|set) me (to|on) {value} [time zone|timezone|time]
        """,
    ),
    (place, "(i'm|i am|im|i'll be|i will be) [now|currently|back] in {value} [<while>]"),
    (
        date_order,
        """
        use [the] (day first|month first|year first|european|american|us|uk|british|iso|dmy|mdy|ymd) [style| \
            format] date/dates/format/order [format/style/order]
        (set|change|switch|use) [my|the] (date format|date order|dates) [to] {value}
        (write|show|read) dates [as|with] {value}
        (day|month|year) first [dates|please]
        (i use|i prefer|i write|use|we use|switch to|change to) [the] (day / month|dd / mm|d / m|month / day| \
            mm / dd|day - month|month - day) \
            [/ year|/ yyyy] [date|dates|format|order|style]
        (day|month) comes first in [my] dates
        """,
    ),
    (
        reminders,
        """
        [my|the] (default|usual|standard) reminder/reminders [time] [is|should be|:|=] {value}
        (make|set|use) {value} [as] [my|the] (default|usual|standard) reminder
        (set|change|make|use) [my|the] (default reminder|default reminders|usual reminder|reminder default| \
            default reminder time|reminder lead time) [to|is] {value}
        (remind me|always remind me|remind me always) {value} before [all|every|each] [my] task/tasks [by default]
        [always] remind me {value} before (by default|everything|all my tasks|every task)
        (turn|switch) (off|on) [all] [my|the] (reminders|notifications|emails|sounds|alerts)
        (turn|switch) [all] [my|the] (reminders|notifications|emails|sounds|alerts) (off|on)
        (disable|enable|mute|unmute|silence|stop) [all] [my|the] (reminders|notifications|emails|alerts|sounds)
        (set|change|my|use) [my] quiet hours [are|to|from|:] {value}
        (don't|dont|do not) (disturb|notify|remind|bother) me (between|from|after|before|at|on) {value}
        no (notifications|reminders) (between|from|after|before|at|on|during) {value}
        (send|deliver|give) [me] [my] (reminders|notifications) (by|via|to|through) {value}
        """,
    ),
    (
        language,
        """
        use [the|a] (24|12) [-] (hour|h|hr) [time|clock|format]
        [the] (24|12) [-] (hour|h|hr) (time|clock|format)
        (set|change|switch) [my|the] (language|locale|time format) [to] {value}
        """,
    ),
    (
        show,
        """
        [show|list|view|see|open|change|edit|update|what are] [me] [my|the] (settings|preferences|options|config| \
            configuration|prefs)
        (what is|what's|whats) my (time zone|timezone|week start|date format|default reminder)
        """,
    ),
    (
        fixed,
        """
        [my|the|our] weekend/weekends (starts|start|begins|begin|is|are) [on] (friday|saturday|sunday|thursday)
        (morning|evening|afternoon|night|tonight|noon) (means|starts at|should mean) {value} [for me|to me]
        """,
    ),
    (
        history,
        """
        [show|list|view|see|open|display] [me] [my|the] [task|recent|full|change|audit|activity|edit|action] \
            (history|activity|audit log|audit trail|activity log|change log|changelog|log|recent changes|recent \
            activity|changes)
        [show|list|view|see|open|display|what is|what's] [me] [the] (history|activity|changes|log|audit log) (of| \
            for|on|to) {target}
        (what|what's|whats) [has|have|was|is|did] (changed|been changed|happened) [recently|lately|today| \
            yesterday|this week|so far]
        what (did you|have you|did the assistant|has the assistant) (do|done|change|changed|just do|just change| \
            delete|add) [to my tasks|today|yesterday|recently|so far]
        what did i [just] (change|do|delete|remove|add|edit|undo) [last|recently]
        what have i (changed|deleted|removed|edited) [today|recently|this week|lately]
        who (changed|moved|deleted|completed|added|edited|created|renamed|touched) {target}
        when (did i|was|did we|did you) (complete|completed|finish|finished|add|added|create|created|delete| \
            deleted|move|moved|change|changed) {target}
        when (was|did) {target} (added|created|completed|finished|deleted|moved|changed|done|get done)
        what happened (to|with) {target}
        show [me] what (you|i|we|the assistant) (did|changed|have done|just did|have changed|deleted|added)
        (read|tell) me what (you|i) (did|changed)
        """,
    ),
)
