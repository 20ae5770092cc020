"""Complete and reopen. Completing makes nothing here: the next occurrence comes by way of the completion's event."""

import datetime as dt

from services.tasks.occurrences import alone_if_needed, take_back
from services.tasks.steps import new_id
from services.tasks.work import Done, Item, Work
from taskora.domain.due import Due, local_datetime
from taskora.domain.edits import describe
from taskora.domain.encoding import instant_to_json
from taskora.domain.errors import Conflict
from taskora.domain.events import EventType
from taskora.domain.series import Series, SeriesState
from taskora.domain.task import NextOutcome, Status, Task
from taskora.domain.transitions import complete, reopen, settle
from taskora.domain.wording import due_text


def complete_task(task_id: str, version: int | None = None) -> Item:
    """Return the item that completes a task. One that is completed already is a conflict that says since when."""

    def item(work: Work) -> Done:
        before, series = work.find(task_id, version)
        if before.status is Status.COMPLETED and before.completed_at is not None and before.deleted_at is None:
            raise _completed_already(before, before.completed_at, work.user.zone)
        return completed(work, before, complete(before, event_id=new_id(), now=work.now), series)

    return item


def completed(work: Work, before: Task, task: Task, series: Series | None, *assumptions: str) -> Done:
    """Store a completion; its event has the id that the task keeps in `completed_by`.

    Of a series that was stopped nothing comes: that is known at once.
    """
    if series is not None and series.state is SeriesState.STOPPED and task.next is None:
        task = settle(task, NextOutcome("stopped"))
    stored = work.store(EventType.TASK_COMPLETED, before, task, series, event_id=task.completed_by)
    return Done(stored, series, assumptions)


def reopen_task(task_id: str, version: int | None = None, *assumptions: str) -> Item:
    """Return the item that opens a completed task again."""

    def item(work: Work) -> Done:
        before, series = work.find(task_id, version)
        return reopened(work, before, reopen(before, now=work.now), series, *assumptions)

    return item


def reopened(work: Work, before: Task, task: Task, series: Series | None, *assumptions: str) -> Done:
    """Store a reopening: an untouched next occurrence is taken back; with a touched one the task stands alone."""
    if series is not None:
        series = take_back(work, before, series)
    task, series, said = alone_if_needed(work, task, series)
    stored = work.store(EventType.TASK_REOPENED, before, task, series)
    return Done(stored, series, (*assumptions, *said))


def _completed_already(task: Task, completed_at: dt.datetime, user_zone: str) -> Conflict:
    local = local_datetime(completed_at, user_zone)
    when = due_text(Due(local.date(), local.time(), user_zone))
    return Conflict(
        f"{describe(task)} was completed already: {when}.",
        advice="Reopen it if it is to be done again.",
        extra={"completed_at": instant_to_json(completed_at)},
    )
