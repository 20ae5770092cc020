"""Delete and restore. Deleting the open occurrence stops its series in the same command; restoring revives both."""

from services.tasks.occurrences import alone_if_needed, revive_with, stop_with
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
    stored = work.store(EventType.TASK_DELETED, before, task, series)
    return Done(stored, stop_with(work, stored, series))


def restore_task(task_id: str, version: int | None = None, *assumptions: str) -> Item:
    """Return the item that brings a task back from the trash."""

    def item(work: Work) -> Done:
        before, series = work.find(task_id, version)
        return restored(work, before, restore(before, now=work.now), series, *assumptions)

    return item


def restored(work: Work, before: Task, task: Task, series: Series | None, *assumptions: str) -> Done:
    """Store a restoration; with another occurrence open the task stands alone, else its series goes on."""
    task, series, said = alone_if_needed(work, task, series)
    stored = work.store(EventType.TASK_RESTORED, before, task, series)
    return Done(stored, revive_with(work, stored, series), (*assumptions, *said))
