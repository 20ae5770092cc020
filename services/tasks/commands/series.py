"""Skip and stop: what is done to one date of a series, and to the series itself.

To skip moves the same task to the next date of its rule and leaves the present date out. To stop leaves the open task as the
last one. "This and all that follow" is deleted by deleting the open occurrence, which stops its series (`trash`).
"""

from services.tasks.commands.trash import deleted
from services.tasks.occurrences import store_series
from services.tasks.work import Done, Item, Work
from taskora.domain import edits
from taskora.domain.due import Due, local_datetime
from taskora.domain.edits import describe, outside_trash
from taskora.domain.encoding import due_to_json, repeat_to_json
from taskora.domain.errors import Conflict
from taskora.domain.events import EventType
from taskora.domain.recurrence import occurrence_after_skipping
from taskora.domain.series import Series, SeriesState
from taskora.domain.task import Status, Task
from taskora.domain.transitions import delete, leave_out, skip, stop
from taskora.domain.wording import due_text


def skip_task(task_id: str, version: int | None = None, *assumptions: str) -> Item:
    """Return the item that skips the present date of a repeating task. The last one of its series goes to the trash."""

    def item(work: Work) -> Done:
        before, series = work.find(task_id, version)
        series = _active(before, series)
        if before.status is Status.COMPLETED:
            raise Conflict(f"{describe(before)} is completed.", advice="Skip the open one of its series.")
        skipped = before.occurrence or before.due or Due(local_datetime(work.now, work.user.zone).date())
        upcoming = occurrence_after_skipping(
            series.repeat,
            series.zone or work.user.zone,
            occurrence=skipped,
            due=before.due,
            now=work.now,
            user_zone=work.user.zone,
        )
        if upcoming is None:
            done = deleted(work, before, delete(before, now=work.now), series)
            said = f"{due_text(skipped)} was the last date: the series ends, and the task is in the trash"
            return Done(done.task, done.series, (*assumptions, said))
        task, changed = skip(before, upcoming, now=work.now), leave_out(series, skipped, upcoming)
        stored = work.store(
            EventType.TASK_UPDATED, before, task, changed, said={"skipped": [None, due_to_json(skipped)]}
        )
        store_series(work, stored, series, changed)
        return Done(stored, changed, (*assumptions, f"next: {due_text(upcoming)}"))

    return item


def stop_series(task_id: str, version: int | None = None, *assumptions: str) -> Item:
    """Return the item that lets a task repeat no more. One that was stopped already succeeds without a change."""

    def item(work: Work) -> Done:
        before, series = work.find(task_id, version)
        if series is not None and series.state is SeriesState.STOPPED:
            outside_trash(before)
            return Done(before, series, (*assumptions, "it was stopped already"))
        series = _active(before, series)
        stopped = stop(series)
        fields = {"repeat": [repeat_to_json(series.repeat), None]}
        stored = work.store(EventType.TASK_UPDATED, before, edits.later(before, work.now), stopped, said=fields)
        store_series(work, stored, series, stopped)
        return Done(stored, stopped, assumptions)

    return item


def _active(task: Task, series: Series | None) -> Series:
    """Return the series of a task outside the trash. Raises Conflict when it does not repeat, or not any more."""
    outside_trash(task)
    if series is None:
        raise Conflict(f"{describe(task)} does not repeat.")
    if series.state is SeriesState.STOPPED:
        raise Conflict(f"{describe(task)} does not repeat any more.", advice="Say how it repeats, to begin again.")
    return series
