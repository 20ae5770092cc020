"""Completing and reopening: done with standup, cross milk off, I paid the rent, the dishes are done; reopen, not done yet."""

from dataclasses import replace

from taskora.domain.task import Status
from taskora.nlu.commands.actions import begins_with_action, object_of_past
from taskora.nlu.commands.bulk import means_several, on_tasks, speaks_of_tasks
from taskora.nlu.commands.clause import Clause, Found, Piece
from taskora.nlu.commands.dating import without_trailing_time
from taskora.nlu.commands.naming import has_type_word
from taskora.nlu.commands.questions import ask_which
from taskora.nlu.filters.grammar import read_filter
from taskora.nlu.reading import Command, Intent
from taskora.nlu.verbs import ACTIONS
from taskora.nlu.wordlists import word_set

_PLURALS = word_set("tasks todos items ones things task reminders")
_ASKING = word_set("i we you they he she it")
_NOT_BEFORE_DONE = word_set("when once until till is be get gets if after before to not i'm i it")
_FEW = 3
_ONLY_VERBS = word_set(
    "buy call pay send write fix pick take get make clean wash ask tell find bring go visit renew return submit "
    "prepare cancel feed mow"
)
"""Verbs that are no nouns: what begins with one is the name of a task."""

_NO_SUBJECT = word_set(
    "show list display view see delete clear remove wipe trash empty purge restore find mark set count hide i i'm "
    "im we you he she they get have make be almost not want need wanna gonna getting let keep is are am never "
    "until when if how what why who did nothing isn't aren't haven't didn't throw toss chuck discard drop kill bin"
)


def complete(_clause: Clause, found: Found) -> Command | None:
    """Complete what `target` names."""
    piece = found["target"]
    return complete_piece(piece if means_several(piece) else without_trailing_time(piece))


def complete_piece(piece: Piece) -> Command:
    """Complete the task or the tasks that a piece names."""
    return on_tasks(Intent.COMPLETE, piece)


def complete_reported(clause: Clause, found: Found) -> Command | None:
    """Complete what is reported; "completed tasks from last week" asks for a list, "did I finish anything" as well."""
    piece = found["target"]
    sought = read_filter(clause.tokens, piece.first, piece.last, clause.context, status=Status.COMPLETED)
    if sought.bounds is not None and not sought.unknown and piece.words[0] not in _PLURALS | _ASKING:
        return sought.of(Command(Intent.LIST))  # completed last month
    return None if piece.words[0] in _PLURALS | _ASKING else complete(clause, found)


def complete_ordered(_clause: Clause, found: Found) -> Command | None:
    """Complete what "complete …" names; with a date it is a task to add: complete the form by friday."""
    piece = found["target"]
    dated = without_trailing_time(piece).last != piece.last
    return None if dated and not means_several(piece) else complete_piece(piece)


def complete_typed(clause: Clause, found: Found) -> Command | None:
    """Complete only what is clearly a task of the list: "finish the report task", "finish buy hay", not "finish report"."""
    several = means_several(found["target"]) and speaks_of_tasks(found["target"])
    names = several or has_type_word(found["target"]) or found["target"].words[0] in _ONLY_VERBS
    return complete_ordered(clause, found) if names else None


def complete_subject(_clause: Clause, found: Found) -> Command | None:
    """Complete the subject of "… is done" or of "laundry done"."""
    piece = found["target"]
    if piece.words[0] in _NO_SUBJECT or piece.words[-1] in _NOT_BEFORE_DONE:
        return None
    completed = complete_piece(without_trailing_time(piece))
    if completed.target is not None and completed.target.endswith(("'s", "’s")):
        return replace(completed, target=completed.target[:-2])
    return completed


def complete_past(_clause: Clause, found: Found) -> Command | None:
    """Complete what a verb in the past did: I paid the rent, just called mom."""
    act = found["act"]
    task = object_of_past(without_trailing_time(act))
    return complete_piece(task) if task is not None else None


def complete_marked(_clause: Clause, found: Found) -> Command | None:
    """Complete what a tick stands before, unless the tick belongs to the title of a new task: ✅ check the fuse box."""
    piece = found["target"]
    new = begins_with_action(piece.words) or without_trailing_time(piece).last != piece.last
    return None if new else complete_piece(piece)


def complete_acted(clause: Clause, found: Found) -> Command | None:
    """Complete what has been acted on: rent's paid, the form is signed. "get the form signed" is a task."""
    piece = found["target"]
    plain = len(piece.words) <= _FEW and piece.words[0] not in ACTIONS
    if piece.words[0] in {"that's", "thats", "it's"}:
        return None
    if not piece.words[-1].endswith("'s") and "verb" not in found and not plain:
        return None
    return complete_subject(clause, found)


def complete_all(clause: Clause, found: Found) -> Command | None:
    """Complete, after a yes, all that is due in a period: check everything off for today."""
    period = found["period"]
    sought = read_filter(clause.tokens, period.first, period.last, clause.context)
    if sought.unknown or not sought.says_which:
        return None
    return replace(sought.of(Command(Intent.COMPLETE)), needs_confirmation=True)


def complete_it(_clause: Clause, _found: Found) -> Command:
    """Complete the task of the conversation: that's done."""
    return Command(Intent.COMPLETE, target="it")


def complete_nothing(_clause: Clause, _found: Found) -> Command:
    """Ask which task is done."""
    return ask_which(Intent.COMPLETE)


def reopen(_clause: Clause, found: Found) -> Command | None:
    """Reopen what `target` names; "show tasks that are not done" asks for a list."""
    piece = found["target"]
    if piece.words[0] in _NO_SUBJECT:
        return None
    return on_tasks(Intent.REOPEN, piece if means_several(piece) else without_trailing_time(piece))


def reopen_nothing(_clause: Clause, _found: Found) -> Command:
    """Ask which task should be open again."""
    return ask_which(Intent.REOPEN)


ROWS = (
    (
        reopen,
        """
        put {target} back on <list> [,] [it's|its|it is] [not] [done|finished] [yet]
        reopen/uncomplete/unfinish/uncheck/untick/unmark/uncross/reactivate/unarchive {target}
        re/un - open/complete/check/tick/mark/do {target}
        mark/set/put/change/turn/flag {target} [back] [as|to|back to] <undone> [again]
        mark/set/flag [as] <undone> {target}
        {target} isn't/isnt/aren't/arent/wasn't/wasnt <really> <done> [yet]
        {target} isn't/isnt/aren't/arent/wasn't/wasnt <done> [yet|after all|actually]
        {target} is/are/was not [<really>] <done> [yet]
        {target} is/are still open/pending/incomplete/unfinished
        i (didn't|didnt|haven't|havent|have not|did not|never) [<really>] <done>/did/do/done {target} [yet|after all]
        i (didn't|didnt|haven't|havent|have not|did not|never) [<really>] (<done>|did|do) {target} [yet|after all]
        <iam> not [<really>] (done|finished|through) with {target} [yet]
        not done with {target} [yet]
        open {target} [up] again
        (undo|revert|reverse) [the] (complete|completing|completion of|done|finishing|marking|checking off| \
            ticking off) {target}
        """,
    ),
    (reopen_nothing, "reopen\nuncomplete\nre - open\nuncheck"),
    (
        complete_it,
        """
        (it's|its|that's|thats|that one's|this is|that is|it is|this one is|that one is) [<really>] <done>
        """,
    ),
    (complete_all, "check/tick/cross/mark everything/all [done] off [for|from|on|as done for] {period}"),
    (complete, "mark {target} [as] <acted>"),
    (complete_acted, "{target} {verb:isnow} <acted> [now]\n{target} <acted>"),
    (
        complete,
        """
        mark/set/flag/check/tick/cross/call/consider/count/put/move [off] {target} [off] [as|off as|to|to be] <done>
        mark/set/flag/check/tick [off] [as|off|off as] (done|complete|completed|finished) [:] {target}
        mark/check/tick/cross/strike/scratch/knock {target} <offlist>
        mark/check/tick/cross/strike/scratch/knock {target} off
        mark/check/tick/cross/strike/scratch/knock off {target} <offlist>
        mark/check/tick/cross/strike/scratch/knock off {target}
        mark/check/tick/cross {target} from <list>
        [<iam>] [<really>] done/finished/through with {target} [<really>]
        [<iam>] [<really>] done [<really>] [:] {target}
        <ihave> (finished|completed|did|done|accomplished|wrapped up|finished up|taken care of|took care of| \
            gotten through|got through|knocked out|handled|dealt with|dealt) {target}
        (took care of|taken care of|wrapped up|dealt with|got through|knocked out|all set with) {target}
        close out {target}
        {target} <isnow> <done> [with] [now|already|too]
        {target} <isnow> (taken care of|over with|sorted out|out of the way|dealt with|wrapped up)
        got {target} <done>
        <ihave> got/gotten {target} <done>
        (that's|thats|that is) {target} (done|sorted|finished|sorted out|out of the way|taken care of|ticked off)
        mark/cross/strike/scratch/tick out {target}
        (crossed|checked|ticked) off {target}
        (crossed|checked|ticked) {target} off [<list>]
        <ihave> (crossed|checked|ticked) off {target}
        <ihave> (crossed|checked|ticked) {target} off
        """,
    ),
    (complete_reported, "finished/completed/did [up] [with] {target}"),
    (complete_ordered, "complete/tick [:] {target}\nlog {target} as <done>"),
    (
        complete_typed,
        "finish/close/resolve/conclude/archive [up|off|out] {target}\nwrap up {target}\nfinish up [with] {target}",
    ),
    (complete_past, "<ihave> {act}\nalready/just/finally {act}"),
    (complete_marked, "✅/✔/☑ {target}"),
    (complete_subject, "{target} done/finished/completed/complete/✓/✅/✔ [now|already]"),
    (
        complete_nothing,
        "done\nfinished\ncomplete\nmark [as] done\ncheck off\ncross off\ntick off\nmark complete\nmark it\nfinish\nmark",
    ),
)
