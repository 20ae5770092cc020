"""Undo: takes back the last command of a person or an agent, with all its tasks; asked again, the one before it.

Each task gets back the values that the command changed. A task that a command which still stands has changed since is left
alone and named. What the system did because of the command (a next occurrence) goes with it, if nobody has touched it.
"""

from collections.abc import Sequence
from dataclasses import replace

from services.tasks.commands.command_parts import Part, parts_of
from services.tasks.commands.status import completed, reopened
from services.tasks.commands.trash import deleted
from services.tasks.commands.undo_tags import are_remembered, take_back_tags
from services.tasks.occurrences import alone_if_needed, recounted, store_series
from services.tasks.steps import new_id
from services.tasks.store import commands, tasks
from services.tasks.store.commands import CommandRecord
from services.tasks.work import Done, Item, Work
from taskora.domain.edits import describe
from taskora.domain.errors import Conflict, NotFound
from taskora.domain.events import EventType
from taskora.domain.series import Series
from taskora.domain.task import Status, Task
from taskora.domain.transitions import delete, revert, revert_series, stop
from taskora.storage import changes
from taskora.storage.changes import NumberedChange

TAGS = "tags"
"""The kind of a command on tags: it has no tasks to answer with."""
_DOING = {
    "create": "adding",
    "update": "changing",
    "complete": "completing",
    "reopen": "reopening",
    "delete": "deleting",
    "restore": "restoring",
    "skip": "skipping",
    "stop": "stopping",
}


def plan_undo(work: Work, command_id: str | None = None) -> Sequence[Item]:
    """Return the items that take back a command: the last one that still stands, or the one of that id.

    Raises Conflict when there is none, NotFound for an id that names none.
    """
    record, log = _chosen(work, command_id)
    commands.mark_undone(work.connection, record.id, work.caller.command_id)
    if record.kind == TAGS:
        work.facts["undone"] = take_back_tags(work, log)
        return ()
    parts = parts_of(log)
    main = [part for part in parts if not part.taken_back] or parts
    what = f"“{main[0].name}”" if len(main) == 1 else f"{len(main)} tasks"
    work.facts["undone"] = f"{_DOING[record.kind]} {what}"
    return [_take_back(part, record) for part in reversed(parts)]


def _chosen(work: Work, command_id: str | None) -> tuple[CommandRecord, Sequence[NumberedChange]]:
    """Return the command to take back, and what it did."""
    if command_id is None:
        return _last(work)
    record = commands.find(work.connection, work.user.user_id, command_id)
    if record is None:
        raise NotFound("There is no such command.", field="command_id")
    log = _log(work, record)
    if record.undone_by is not None or record.kind not in {TAGS, *_DOING} or not _can_be_undone(record, log):
        raise Conflict("This command was undone already, or can't be undone.", field="command_id")
    return record, log


def _last(work: Work) -> tuple[CommandRecord, Sequence[NumberedChange]]:
    """Return the last command that can be taken back; those that can't are passed over."""
    record = commands.last_to_undo(work.connection, work.user.user_id)
    while record is not None:
        log = _log(work, record)
        if _can_be_undone(record, log):
            return record, log
        record = commands.last_to_undo(work.connection, work.user.user_id, record.last_sequence)
    raise Conflict("There is nothing to undo.")


def _log(work: Work, record: CommandRecord) -> Sequence[NumberedChange]:
    return changes.of_command(work.connection, "tasks", work.user.user_id, record.id)


def _can_be_undone(record: CommandRecord, log: Sequence[NumberedChange]) -> bool:
    return record.kind != TAGS or are_remembered(log)


def _take_back(part: Part, record: CommandRecord) -> Item:
    """Return the item that gives one task its former values back."""

    def item(work: Work) -> Done:
        before, series = work.find(part.task_id)
        if commands.touched(work.connection, work.user.user_id, before.id, record.last_sequence):
            raise Conflict(
                f"{describe(before)} was changed since and is left as it is.",
                advice="Change it by hand if that is what you want.",
                extra={"task_id": before.id, "number": before.number},
            )
        if part.created:
            done = Done(before, series)
            return done if before.deleted_at else deleted(work, before, delete(before, now=work.now), series)
        return _reverted(work, part, before, series)

    return item


def _reverted(work: Work, part: Part, before: Task, present: Series | None) -> Done:
    task = revert(before, part.fields, now=work.now)
    series = _series_of(work, task, present)
    wanted = series if series is None else revert_series(series, part.series)
    done = _stored(work, part, before, task, wanted)
    if done.series is not None and series is not None and wanted is not None:
        counted = done.series.made - wanted.made
        before_it = replace(series, made=series.made + counted)
        store_series(work, done.task, before_it, replace(wanted, made=done.series.made))
    if present is not None and task.series_id is None:
        work.store_series(EventType.SERIES_STOPPED, present, stop(present), done.task)
    return done


def _series_of(work: Work, task: Task, present: Series | None) -> Series | None:
    """Return the series to which the reverted task belongs; it may have left it meanwhile."""
    if task.series_id is None or (present is not None and present.id == task.series_id):
        return present if task.series_id is not None else None
    return tasks.lock_series(work.connection, work.user.user_id, task.series_id)


def _stored(work: Work, part: Part, before: Task, task: Task, series: Series | None) -> Done:
    """Store the reverted task as what its change is: a reopening, a completion or a deletion."""
    if before.deleted_at is None and task.deleted_at is not None:
        return deleted(work, before, task, series)
    if before.status is Status.COMPLETED and task.status is Status.OPEN:
        return reopened(work, before, task, series)
    if before.status is Status.OPEN and task.status is Status.COMPLETED:
        return completed(work, before, replace(task, completed_by=new_id()), series)
    restored = before.deleted_at is not None and task.deleted_at is None
    task, series, said = alone_if_needed(work, task, series, before)
    series = None if series is None else recounted(work, before, task, series)
    kind = EventType.TASK_RESTORED if restored else EventType.TASK_UPDATED
    return Done(work.store(kind, before, task, series, said=part.repeat_reverted), series, said)
