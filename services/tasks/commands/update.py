"""Update: new values for a task, and what they mean for its series. Moving a repeating task keeps its rule.

A changed rule applies from the next completion on: the open task keeps its date. A task that begins to repeat stands on a date
of its rule.
"""

from dataclasses import replace

from services.tasks.commands.create import begin_series, check_repeat
from services.tasks.occurrences import store_series
from services.tasks.work import Done, Item, Work
from taskora.domain import edits
from taskora.domain.due import Due
from taskora.domain.edits import Edit, describe
from taskora.domain.encoding import Json, repeat_to_json
from taskora.domain.errors import Conflict, InvalidField
from taskora.domain.events import EventType
from taskora.domain.recurrence import first_occurrence
from taskora.domain.series import Repeat, Series, SeriesState
from taskora.domain.task import Status, Task
from taskora.domain.transitions import change_rules, stop
from taskora.domain.wording import due_text


def update_task(
    task_id: str, edit: Edit, version: int | None = None, assumptions: tuple[str, ...] = (), left: tuple[str, ...] = ()
) -> Item:
    """Return the item that changes a task. One that changes nothing succeeds without a change."""

    def item(work: Work) -> Done:
        before, series = work.find(task_id, version)
        task = edits.update(before, edit, user_zone=work.user.zone, now=work.now)
        said: tuple[str, ...] = ()
        changed_series, fields = series, dict[str, object]()
        if edit.repeat is not None:
            task, changed_series, said = _repeating(work, task, series, edit.repeat)
            fields = {"repeat": [_repeat_of(series), _repeat_of(changed_series)]}
        elif "repeat" in edit.cleared and series is not None and series.state is SeriesState.ACTIVE:
            changed_series = stop(series)
            fields = {"repeat": [_repeat_of(series), None]}
        if task == before and changed_series == series:
            return Done(before, series, assumptions, left)
        if task.version == before.version:
            task = edits.later(task, work.now)
        stored = work.store(EventType.TASK_UPDATED, before, task, changed_series, said=fields)
        store_series(work, stored, series, changed_series)
        return Done(stored, changed_series, (*assumptions, *said), left)

    return item


def _repeating(work: Work, task: Task, series: Series | None, repeat: Repeat) -> tuple[Task, Series, tuple[str, ...]]:
    """Return the task and the series as they repeat from now on."""
    check_repeat(repeat, work.user.preferences)
    zone = work.user.zone
    if series is not None:
        return task, change_rules(series, repeat, user_zone=zone), ()
    if task.status is Status.COMPLETED:
        raise Conflict(f"{describe(task)} is completed.", field="repeat", advice="Reopen it, then let it repeat.")
    first = first_occurrence(repeat, zone, work.now if task.due is None else Due(task.due.date).instant(zone))
    if first is None:
        raise InvalidField("This repetition ends before it begins.", field="repeat")
    moved = () if task.due in {None, first} else (f"due {due_text(first)}: the first date of the rule",)
    series = begin_series(work, repeat)
    return replace(task, due=first, series_id=series.id, occurrence=first), series, moved


def _repeat_of(series: Series | None) -> Json | None:
    return None if series is None or series.state is SeriesState.STOPPED else repeat_to_json(series.repeat)
