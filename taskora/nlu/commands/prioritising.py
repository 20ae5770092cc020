"""Changing a priority: make X high priority, set priority of X to low, X is now urgent, bump X to p1, prioritize X."""

from dataclasses import replace

from taskora.domain.task import Priority
from taskora.nlu.commands.bulk import aimed
from taskora.nlu.commands.clause import Clause, Found
from taskora.nlu.levels import level_of
from taskora.nlu.reading import Changes, Command, Confidence, Intent
from taskora.nlu.wordlists import word_set

_NO_TASK = word_set(
    "it's its that's there what what's which who anything something nothing everything i i'm if when how why"
)
_LONGEST_SUBJECT = 8


def prioritise(_clause: Clause, found: Found) -> Command | None:
    """Give the task `target` the priority `level`."""
    level = level_of(found["level"].words)
    return _update(found, level) if level is not None else None


def prioritise_own(_clause: Clause, found: Found) -> Command | None:
    """Give the task of the conversation another priority: no, urgent."""
    level = level_of(found["level"].words)
    return Command(Intent.UPDATE, changes=Changes(priority=level)) if level is not None else None


def prioritise_subject(clause: Clause, found: Found) -> Command | None:
    """Give the subject of "… is urgent" that priority."""
    subject = found["target"].words
    if subject[0] in _NO_TASK or clause.is_question or len(subject) > _LONGEST_SUBJECT:
        return None
    return prioritise(clause, found)


def raise_it(_clause: Clause, found: Found) -> Command:
    """Make it high."""
    return _update(found, Priority.HIGH, "took that as high priority")


def lower_it(_clause: Clause, found: Found) -> Command:
    """Make it low."""
    return _update(found, Priority.LOW, "took that as low priority")


def reset(_clause: Clause, found: Found) -> Command:
    """Give it the usual priority again."""
    return _update(found, Priority.MEDIUM)


def _update(found: Found, level: Priority, note: str = "") -> Command:
    command = Command(Intent.UPDATE, changes=Changes(priority=level))
    if note:
        command = replace(command, confidence=Confidence.ASSUMED, assumptions=(note,))
    return aimed(command, found["target"])


ROWS = (
    (
        prioritise,
        "(raise|increase|bump up|bump|lower|decrease|reduce|drop) [the] priority (of|for|on) {target} to {level:level}",
    ),
    (prioritise, "change/set/move [the] priority (of|for|on) {target} from {old:level} to {level:level}"),
    (
        prioritise_own,
        """
        no [,] [make it|i meant|i mean|to] {level:level} [priority/prio]
        actually [,] [make it] {level:level} [priority/prio]
        """,
    ),
    (
        raise_it,
        """
        prioritize/prioritise {target}
        (raise|increase|bump up|bump) [the] priority (of|for|on) {target}
        star/pin {target}
        make {target} (more important|more urgent|a priority|a top priority|my top priority)
        """,
    ),
    (
        lower_it,
        """
        deprioritize/deprioritise/unprioritize {target}
        (lower|decrease|reduce|drop) [the] priority (of|for|on) {target}
        make {target} less (important|urgent)
        """,
    ),
    (
        prioritise,
        """
        set/change/make/update/put/turn [the] priority/prio/importance (of|for|on) {target} (to|as|at|=) {level:level}
        raise/lower/bump/increase/decrease/drop [the] priority/prio (of|for|on) {target} to {level:level}
        set/change/make/update/give {target} priority/prio [to|as|at|=] {level:level}
        set/make/mark/flag/change/turn/treat/rate {target} [to|as|to be|into|at] [a|an] {level:level} \
            priority/prio/importance
        make/mark/flag/treat/rate/label {target} [as|to be] [a|an|really|very|super] {level:level}
        set/change/turn/update {target} (to|as|at) {level:level} [priority/prio]
        raise/lower/bump/increase/decrease/drop/move/push/upgrade/downgrade/promote/demote {target} [up|down] to \
            {level:level} [priority/prio]
        give {target} [a|the] {level:level} priority/prio
        set/make [the] priority/prio [to|as|=] {level:level} (for|on|of) {target}
        set/put {level:level} priority/prio (for|on) {target}
        {target} - > {level:level} [priority/prio]
        """,
    ),
    (
        prioritise_subject,
        """
        {target} (is|are) [a|an|very|super|really] {level:level} [priority/prio] now
        {target} (is|are|is now|is actually|has become|just became|became|are now) [a|an|very|super|really] \
            {level:level} [priority/prio]
        {target} (should be|needs to be|must be|has to be) {level:level} [priority/prio]
        """,
    ),
    (
        reset,
        "remove/clear/reset/unset [the] priority/flag/star (from|of|on|for) {target}\nunstar/unflag/unpin {target}",
    ),
)
