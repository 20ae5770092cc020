"""Deleting and restoring: delete dentist, take milk off my list, get rid of …, cancel the lunch task; restore, bring back."""

from taskora.nlu.commands.bulk import means_several, on_tasks, speaks_of_tasks
from taskora.nlu.commands.clause import Clause, Found
from taskora.nlu.commands.dating import when_of, without_trailing_time
from taskora.nlu.commands.naming import has_type_word
from taskora.nlu.commands.questions import ask_which
from taskora.nlu.leads import asks_for_task
from taskora.nlu.reading import Command, Intent
from taskora.nlu.rules.vocabulary import EVERY
from taskora.nlu.wordlists import word_set

_FEW = 2
_CANCELLED_IN_LIFE = word_set(
    "subscription subscriptions membership order flight hotel reservation reservations booking trial account card "
    "policy insurance plan contract service cable internet phone netflix spotify hulu prime gym ticket tickets "
    "check cheque lease airbnb rental newspaper magazine delivery"
)


def delete(_clause: Clause, found: Found) -> Command | None:
    """Delete what `target` names, several only after a yes; "trash night every tuesday" and "trash out" are tasks."""
    piece = found["target"]
    if piece.words[0] == "out" or without_trailing_time(piece).words[-1] == "out":
        return None
    repeats = not EVERY.isdisjoint(piece.words[1:]) and not means_several(piece)
    return None if repeats else on_tasks(Intent.DELETE, piece)


def delete_off(clause: Clause, found: Found) -> Command | None:
    """Delete what is taken off, unless it is time: take friday off, take a day off."""
    piece = found["target"]
    is_time = when_of(piece) is not None or piece.words[0] in {"a", "an", "some", "time", "work"}
    return None if is_time else delete(clause, found)


def delete_typed(clause: Clause, found: Found) -> Command | None:
    """Delete only what is clearly a task of the list: "drop the milk task", not "drop the kids at school"."""
    piece = found["target"]
    if asks_for_task(clause.tokens, clause.first):
        return None  # chuck milk on the list
    several = means_several(piece) and (speaks_of_tasks(piece) or len(piece.words) <= _FEW)
    return delete(clause, found) if several or has_type_word(piece) else None


def cancel(clause: Clause, found: Found) -> Command | None:
    """Delete what is cancelled, unless it is something to cancel in life: cancel the gym membership, cancel it by friday."""
    piece = found["target"]
    if has_type_word(piece) or means_several(piece):
        return delete(clause, found)
    dated = without_trailing_time(piece).last != piece.last
    return None if dated or not _CANCELLED_IN_LIFE.isdisjoint(piece.words) else delete(clause, found)


def delete_nothing(_clause: Clause, _found: Found) -> Command:
    """Ask which task should go."""
    return ask_which(Intent.DELETE)


def restore(_clause: Clause, found: Found) -> Command:
    """Bring back what `target` names."""
    return on_tasks(Intent.RESTORE, found["target"])


def restore_undated(clause: Clause, found: Found) -> Command | None:
    """Bring back a task; "bring back the drill on friday" is one to add."""
    piece = found["target"]
    return restore(clause, found) if without_trailing_time(piece).last == piece.last else None


def restore_nothing(_clause: Clause, _found: Found) -> Command:
    """Ask which task should come back."""
    return ask_which(Intent.RESTORE)


ROWS = (
    (
        restore,
        """
        restore/undelete/recover/untrash/unremove/undiscard {target} from <trash>
        restore/undelete/recover/untrash/unremove/undiscard {target}
        un - delete/trash/remove {target}
        bring {target} back from <trash>
        take/get/pull/move/bring/put/fish {target} [back] [out] of/from <trash>
        (undo|revert|reverse) [the] (deletion|deleting|delete|removal|removing) of {target}
        (undo|revert) deleting/removing {target}
        i (didn't|didnt|did not) mean to (delete|remove|trash) {target} [[,|so] [please] (bring|put|get) it back]
        """,
    ),
    (restore_undated, "bring back {target}\nbring/get {target} back"),
    (restore_nothing, "restore\nundelete\nrecover\n(get|bring) back [the|my] (task|one) [that] i [just] deleted"),
    (
        delete,
        """
        delete/remove/erase/trash/scrap/discard/bin/delte/remvoe/deleet [the] {target} (from|off|off of|out of) <list>
        delete/remove/erase/trash/scrap/discard/bin/delte/remvoe/deleet {target}
        (get rid of|rid me of|do away with) {target}
        (throw|toss|chuck) (away|out) {target} <offlist>
        (forget about|never mind about|nevermind about|nvm about|never mind) {target}
        (i'm|im|i am|we're|we are) not (doing|having|going to|attending) {target} [anymore|any more] \
            [[,|so|-] [please] (delete|remove|cancel|drop) it]
        take/get/pull/strike/wipe/kick/drop/leave {target} (off|off of|from|out of) <list>
        (move|put|throw|send|toss) {target} [in|into|to] the trash/bin
        (move|put|throw|send|toss) {target} in/into/to trash
        (no need to|there's no need to|no point in) {target} [anymore|any more|any longer]
        {target} is/are no longer (needed|necessary|relevant|required)
        {target} isn't/aren't (needed|necessary|relevant|required) [anymore|any more|any longer]
        (i don't|i dont|we don't|i no longer|i do not|no longer|don't|dont) need [to] {target} [anymore|any more|any longer]
        """,
    ),
    (delete_off, "take/pull/wipe/kick {target} off\ntake off {target}"),
    (cancel, "cancel {target}\ncall off {target}"),
    (
        delete_typed,
        (
            "drop/lose/clear/wipe/dump/ditch/nuke/purge/eliminate/forget/empty/scratch/throw [out|off|away] {target}\n"
            "kill/toss/chuck [off|out|away] {target}"
        ),
    ),
    (delete_nothing, "delete\nremove\nget rid of\ndelete task\nremove task\ntrash\nerase"),
)
