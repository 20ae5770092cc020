"""Moving a task to another time: move dentist to friday 3pm, postpone X until monday, push X back 2 days, make it 4."""

from dataclasses import replace

from taskora.nlu.calendar_words import WEEKDAYS
from taskora.nlu.commands.bulk import aimed, speaks_of_tasks
from taskora.nlu.commands.clause import Clause, Found, Piece
from taskora.nlu.commands.dating import splits, when_of
from taskora.nlu.commands.naming import has_type_word, is_pronoun, named
from taskora.nlu.commands.questions import ask
from taskora.nlu.commands.repeating import repeat_changes
from taskora.nlu.commands.shifting import shift_of
from taskora.nlu.filters.grammar import read_filter
from taskora.nlu.leads import asks_for_task
from taskora.nlu.levels import level_of
from taskora.nlu.reading import Changes, Command, Intent
from taskora.nlu.tokens import TokenKind
from taskora.nlu.wordlists import word_set

_DIRECTIONS = word_set("forward back up ahead out over on")
_PREPOSITIONS = word_set("on against at in with from")
_HOURS_OF_A_CLOCK = 12
_TO = word_set("to until till til into onto")
_NEW_THINGS = word_set("a an alarm timer reminder alarms")


def move(clause: Clause, found: Found) -> Command | None:
    """Move the task at the start of `rest` to the date after "to"; "move the couch on friday" is a task."""
    return _moved(clause, found["rest"], _TO)


def move_changed(clause: Clause, found: Found) -> Command | None:
    """Move what is changed to a date: change dentist to 5pm, update dentist: friday."""
    return _moved(clause, found["rest"], _TO | {":"})


def move_instead(clause: Clause, found: Found) -> Command | None:
    """Move a task to the date before "instead"."""
    return _moved(clause, found["rest"])


def move_or_ask(clause: Clause, found: Found) -> Command | None:
    """Move, or ask for the date: reschedule dentist."""
    moved = _moved(clause, found["rest"], _TO) or _moved(clause, found["rest"])
    if moved is not None:
        return moved
    if found["rest"].words[0] in _PREPOSITIONS:
        return None
    target = named(found["rest"])
    return ask(f"When should “{target or 'it'}” be? For example: “friday 3pm”.", target=target)


def move_known(clause: Clause, found: Found) -> Command | None:
    """Move only a task that is clearly of the list: "put it on friday", not "put the bins out on friday"."""
    command = _moved(clause, found["rest"])
    if command is None or command.target is None:
        return command if command is not None and speaks_of_tasks(found["rest"]) else None
    if clause.tokens[found["rest"].first].kind is TokenKind.QUOTED:
        return None
    if asks_for_task(clause.tokens, clause.first):
        return None
    known = is_pronoun(command.target) or command.target.startswith("#")
    return command if known or has_type_word(found["rest"]) else None


def move_set(clause: Clause, found: Found) -> Command | None:
    """Move what is set to or for a date: "set dentist for friday", not "set an alarm for 7", "set thermostat to 21"."""
    words = found["rest"].words
    degrees = words[-2:-1] == ("to",) and words[-1].isdecimal() and int(words[-1][:9]) > _HOURS_OF_A_CLOCK
    return None if words[0] in _NEW_THINGS or degrees else _moved(clause, found["rest"], _TO | {"for"})


def change_date(clause: Clause, found: Found) -> Command | None:
    """Give the task `target` the date `when`."""
    target = found["target"]
    command = dated(clause, target, found["when"])
    if command is None or command.filter is None or "old" not in found:
        return command
    old = read_filter(clause.tokens, found["old"].first, found["old"].last, clause.context)
    return replace(command, filter=replace(command.filter, due_from=old.filter.due_from, due_to=old.filter.due_to))


def change_own_date(clause: Clause, found: Found) -> Command | None:
    """Give the task of the conversation the date `when`: no, friday; make it 4."""
    return dated(clause, found.get("target"), found["when"])


def shift(_clause: Clause, found: Found) -> Command | None:
    """Move a task by a length of time, which needs its present date: push dentist back 2 days."""
    by = shift_of(found["by"].text)
    if by is None:
        return None
    earlier = "earlier" in found
    words = {"shift": f"-{by}" if earlier else by}
    return aimed(Command(Intent.UPDATE, changes=Changes(), words=words), found["target"])


def dated(clause: Clause, target: Piece | None, when: Piece) -> Command | None:
    """Return the update that moves a task, None when the words are no date."""
    read = when_of(when) if when.words != ("one",) else None
    if read is None:
        return repeat_changes(clause, target, when)
    cleared = read.changes.cleared if read.changes else frozenset[str]()
    command = Command(
        Intent.UPDATE,
        changes=Changes(due=read.due, end=read.end, cleared=cleared),
        words={**read.words, "when": when.text},
        confidence=read.confidence,
        assumptions=read.assumptions,
    )
    return aimed(command, target) if target is not None else command


def _moved(clause: Clause, rest: Piece, leads: frozenset[str] | None = None) -> Command | None:
    """Part the name of a task from its new date, which comes after one of `leads` when those are given."""
    for target, when, lead in splits(rest):
        if level_of(when.words) is not None or _is_day(target) or (leads is not None and lead not in leads):
            continue
        command = dated(clause, _without_direction(target), when)
        if command is not None and (lead or command.changes is None or command.changes.repeat is None):
            return command
    return None


def _is_day(target: Piece) -> bool:
    """Tell whether what would be moved is itself a day: shift sat 2 til 10pm. "The second one" is none."""
    if target.words[-1] == "one":
        return False
    return when_of(target) is not None or (target.words[0] in WEEKDAYS and len(target.words) <= 2)


def _without_direction(target: Piece) -> Piece:
    """Cut "forward" of "bring the call forward to monday"."""
    last = target.last
    while last - target.first > 1 and target.clause.tokens.words[last - 1] in _DIRECTIONS:
        last -= 1
    return target.cut(target.first, last)


def ask_date(_clause: Clause, found: Found) -> Command:
    """Ask for the date that a task shall get."""
    target = named(found["target"])
    return ask(f"When should “{target or 'it'}” be due? For example: “friday 3pm”.", target=target)


def move_nothing(_clause: Clause, _found: Found) -> Command:
    """Ask where to move what."""
    return ask('Which task, and to when? For example: "move dentist to friday 3pm".')


ROWS = (
    (
        change_own_date,
        """
        no [,] [<really>] [make it|i meant|i mean|on|at|to|not that] {when}
        i meant/mean [it] [on|at|to] {when}
        make/change {target} {when} instead
        not {old} (,|but) {when}
        on/at {when} instead
        """,
    ),
    (
        shift,
        """
        push/move/shift/put/set {target} back [by|for|a further] {by}
        push/put/move back {target} by {by}
        push/move/shift/delay/postpone/defer/extend/advance/bump {target} (by|another|for another|an additional| \
            forward by|back by|out by|out) {by}
        delay/postpone/defer/extend {target} [for] {by}
        make/move/push {target} {by} later
        push/move/shift {target} out {by}
        push/move/shift/bump {target:pronoun} {by}
        """,
    ),
    (
        lambda clause, found: shift(clause, {**found, "earlier": found["by"]}),
        """
        move/bring/pull/push/shift {target} (forward|up|ahead) [by] {by}
        (bring|move|pull) (forward|up) {target} by {by}
        make/move/pull/bring {target} {by} (earlier|sooner)
        """,
    ),
    (
        change_date,
        """
        change/set/update/move/make/shift/push/edit/adjust [the] <duedate> (of|for|on) {target} (to|as|at|be) {when}
        change/set/update/move/make/shift/push/edit/adjust/extend {target} <duedate> (to|as|at|until|till) {when}
        {target} (was|got|has been|is|is being|gets|has) moved/rescheduled/postponed/pushed/delayed/shifted \
            [back] (to|until|till|for) {when}
        {target} moved/rescheduled/postponed/pushed/delayed/shifted (to|until|till) {when}
        {target} (is now|is now on|is now at|is actually|is actually on|will now be|is on) {when} instead
        {target} is now [on|at|due] [on|by] {when}
        {target} is (on|at|due|due on|due by) {when} (now|instead)
        move/shift/push/reschedule/change/postpone/bring {target} from {old} (to|until|till) {when}
        <ihave> moved/rescheduled/postponed/pushed {target} (to|until|till) {when}
        {target} should be [on|at|due|due on|due by] {when}
        {target} (needs to be|has to be|must be) (on|at|due|due on|due by) {when}
        make/have {target} start/begin (on|at) {when}
        make/move/set the {target} one [to|for|on|at] {when}
        {target} (is|should be) [now] [on|at|due] {when} [now] [,] (not|rather than|instead of) {old}
        {target} - > {when}
        put/push/move/set {target} back to {when}
        make/set/have {target} due [on|by|at] {when}
        [the] <duedate> (of|for) {target} (is|:|should be) [now] [on|at] {when}
        set/add/put/give [a|the] <duedate> (of|on|for|to) {target} (to|for|of|:|as) {when}
        add/set/use/put/make {when} as [the|a] <duedate> (of|for|on|to) {target}
        give {target} [a] (due date|due|date|deadline) of {when}
        """,
    ),
    (ask_date, "set/add/put/give/change [a|the] <duedate> (of|on|for|to) {target}"),
    (
        move_nothing,
        "move\nmove it\nreschedule\nreschedule it\npostpone\npostpone it\nmove task\nchange\nupdate\nedit\nchange it",
    ),
    (
        move_or_ask,
        """
        reschedule/postpone/prepone/delay/defer/reshedule/rescedule/resched {rest}
        (push back|put off|move back|hold off) {rest}
        """,
    ),
    (move, "move/shift/push/bump/bring/advance/pull/slide/drag/transfer/swap/mvoe/moev [back|forward|up] {rest}"),
    (move_set, "set {rest}"),
    (move_changed, "change/update/edit/switch/adjust {rest}"),
    (move_instead, "[do|have|make|let's do|start] {rest} (instead of|rather than) {old}"),
    (move_instead, "do/have/make/let's/start {rest} instead\n{rest} instead"),
    (move_known, "make/put/do/schedule/plan/have/start {rest}"),
)
