"""One open occurrence per series: what deleting, restoring and reopening an occurrence mean for its series and its neighbours.

Above: the commands and the undo. The unique index of the store holds the same rule; here it is kept before it is asked.
"""

from services.tasks.store import commands, tasks
from services.tasks.store.tasks import Found
from services.tasks.work import Work
from taskora.domain import transitions
from taskora.domain.edits import describe
from taskora.domain.events import EventType
from taskora.domain.series import Series, SeriesState
from taskora.domain.task import Status, Task
from taskora.domain.transitions import revive, single, stop


def stopped_with(task: Task, series: Series | None) -> Series | None:
    """Return the series as it is once its open occurrence is in the trash."""
    if series is None or task.status is not Status.OPEN:
        return series
    return stop(series, stopped_by=task.id)


def revived_with(task: Task, series: Series | None) -> Series | None:
    """Return the series as it goes on if it was the deletion of this task that had stopped it."""
    if series is None or task.status is not Status.OPEN:
        return series
    return revive(series, task_id=task.id)


def store_series(work: Work, task: Task, before: Series | None, series: Series | None) -> None:
    """Store what became of a task's series, and tell whether it was stopped."""
    if before is None or series is None or series == before:
        return
    stopped = series.state is SeriesState.STOPPED
    work.store_series(EventType.SERIES_STOPPED if stopped else EventType.SERIES_UPDATED, before, series, task)


def take_back(work: Work, task: Task, series: Series) -> Series:
    """Move the open occurrence that followed a completion to the trash, unless a person or agent has touched it since."""
    for successor, _ in tasks.successors(work.connection, work.user.user_id, task.id):
        if successor.status is Status.COMPLETED or successor.series_id != series.id:
            continue
        if commands.touched(work.connection, work.user.user_id, successor.id):
            continue
        taken = transitions.take_back(successor, now=work.now)
        series = recounted(work, successor, taken, series)
        work.store(EventType.TASK_DELETED, successor, taken, series)
    return series


def recounted(work: Work, before: Task, task: Task, series: Series) -> Series:
    """Return the series as it counts once a task is taken back, or has come back into it."""
    if before.taken_back == task.taken_back:
        return series
    return work.count_made(series, -1 if task.taken_back else +1)


def alone_if_needed(
    work: Work, task: Task, series: Series | None, before: Task | None = None
) -> tuple[Task, Series | None, tuple[str, ...]]:
    """Return an open task as it may stand: without its series, and saying so, when another occurrence has its place.

    That is the open one; and for a task that comes back (`before`) after it was taken back, the one made instead of it.
    """
    if series is None or task.status is not Status.OPEN or task.deleted_at is not None:
        return task, series, ()
    other = tasks.open_occurrence(work.connection, work.user.user_id, series.id)
    if other is None and before is not None and before.taken_back:
        other = _made_instead(work, task)
    if other is None or other[0].id == task.id:
        return task, series, ()
    state = "is the open one of its series" if other[0].status is Status.OPEN else "was made in its place"
    said = f"{describe(task)} no longer repeats: {describe(other[0])} {state}."
    return single(task), None, (said,)


def _made_instead(work: Work, task: Task) -> Found | None:
    """Return the occurrence that a later completion of a task's predecessor made."""
    predecessor = None if task.predecessor_id is None else work.find(task.predecessor_id)[0]
    if predecessor is None or predecessor.next is None or predecessor.next.task_id is None:
        return None
    return tasks.by_id(work.connection, work.user.user_id, predecessor.next.task_id)
