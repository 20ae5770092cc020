"""Delete and restore. Deleting the open occurrence stops its series in the same command; restoring revives both."""

from services.tasks.occurrences import alone_if_needed, recounted, revived_with, stopped_with, store_series
from services.tasks.work import Done, Item, Work
from taskora.domain.events import EventType
from taskora.domain.series import Series
from taskora.domain.task import Task
from taskora.domain.transitions import delete, restore


def delete_task(task_id: str, version: int | None = None) -> Item:
    """Return the item that moves a task to the trash."""

    def item(work: Work) -> Done:
        before, series = work.find(task_id, version)
        return deleted(work, before, delete(before, now=work.now), series)

    return item


def deleted(work: Work, before: Task, task: Task, series: Series | None) -> Done:
    """Store a deletion, and stop the series of an open occurrence."""
    series = None if series is None else recounted(work, before, task, series)
    stopped = stopped_with(task, series)
    stored = work.store(EventType.TASK_DELETED, before, task, stopped)
    store_series(work, stored, series, stopped)
    return Done(stored, stopped)


def restore_task(task_id: str, version: int | None = None, *assumptions: str) -> Item:
    """Return the item that brings a task back from the trash."""

    def item(work: Work) -> Done:
        before, series = work.find(task_id, version)
        return restored(work, before, restore(before, now=work.now), series, *assumptions)

    return item


def restored(work: Work, before: Task, task: Task, series: Series | None, *assumptions: str) -> Done:
    """Store a restoration; with another occurrence open the task stands alone, else its series goes on."""
    task, series, said = alone_if_needed(work, task, series, before)
    series = None if series is None else recounted(work, before, task, series)
    revived = revived_with(task, series)
    stored = work.store(EventType.TASK_RESTORED, before, task, revived)
    store_series(work, stored, series, revived)
    return Done(stored, revived, (*assumptions, *said))
