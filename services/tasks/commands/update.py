"""Update: new values for a task, and what they mean for its series.

Moving a repeating task keeps its rule, unless all that follow are meant: then the rule moves with it. A changed rule applies
from the next completion on: the open task keeps its date. A task that begins to repeat stands on a date of its rule.
"""

from dataclasses import replace

from services.tasks.commands.create import begin_series, check_repeat, zone_of
from services.tasks.occurrences import store_series
from services.tasks.store import tasks
from services.tasks.work import Done, Item, Work
from taskora.domain import edits
from taskora.domain.due import Due
from taskora.domain.edits import Edit, Scope, describe
from taskora.domain.encoding import Json, repeat_to_json
from taskora.domain.errors import Conflict, InvalidField
from taskora.domain.events import EventType
from taskora.domain.exceptions import end_series, leave_out_days, take_in_days
from taskora.domain.moving import move_series
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
        _check_scope(before, series, edit)
        task = edits.update(before, edit, user_zone=work.user.zone, now=work.now)
        said: tuple[str, ...] = ()
        changed_series, fields = series, dict[str, object]()
        if edit.repeat is not None:
            task, changed_series, said = _repeating(work, task, series, edit.repeat)
            fields = {"repeat": [_repeat_of(series), _repeat_of(changed_series)]}
        elif "repeat" in edit.cleared and series is not None and series.state is SeriesState.ACTIVE:
            changed_series = stop(series)
            fields = {"repeat": [_repeat_of(series), None]}
        elif edit.scope is Scope.FUTURE and series is not None and task.due is not None and task.due != before.due:
            task, changed_series = _with_its_rule(work, before, task, series)
            fields = {"repeat": [_repeat_of(series), _repeat_of(changed_series)]}
        if edit.of_series:
            begun, changed_series = changed_series, _with_exceptions(work, task, changed_series, edit)
            if series is None and begun is not None:
                tasks.store_series(work.connection, begun, changed_series)
            fields = {"repeat": [_repeat_of(series), _repeat_of(changed_series)]}
        if task == before and changed_series == series:
            return Done(before, series, assumptions, left)
        if task.version == before.version:
            task = edits.later(task, work.now)
        stored = work.store(EventType.TASK_UPDATED, before, task, changed_series, said=fields)
        store_series(work, stored, series, changed_series)
        return Done(stored, changed_series, (*assumptions, *said), left)

    return item


def _check_scope(task: Task, series: Series | None, edit: Edit) -> None:
    """Raise InvalidField where there are no occurrences to tell apart, or where a rule would be for one of them."""
    if edit.scope is None:
        return
    if series is None or series.state is SeriesState.STOPPED:
        raise InvalidField(f"{describe(task)} does not repeat.", field="scope", advice="Leave the scope out.")
    if edit.scope is Scope.THIS and (edit.repeat is not None or edit.of_series or "repeat" in edit.cleared):
        raise InvalidField(
            "How a task repeats is not a matter of one occurrence.", field="scope", advice="Leave the scope out."
        )
    if edit.scope is Scope.FUTURE and "due" in edit.cleared and edit.due is None:
        raise InvalidField("A rule needs its dates.", field="scope", advice="Stop the series to have no more dates.")


def _with_its_rule(work: Work, before: Task, task: Task, series: Series) -> tuple[Task, Series]:
    """Return the task on its new date, and the series that has it from now on instead of the old one."""
    if task.status is Status.COMPLETED:
        raise Conflict(f"{describe(task)} is completed.", field="scope", advice="Move the open one of its series.")
    old = before.occurrence or before.due
    if task.due is None or old is None:
        raise InvalidField("The task has no date that could be moved.", field="scope")
    moved = move_series(series, old, task.due, user_zone=work.user.zone)
    return replace(task, occurrence=task.due), moved


def _repeating(work: Work, task: Task, series: Series | None, repeat: Repeat) -> tuple[Task, Series, tuple[str, ...]]:
    """Return the task and the series as they repeat from now on."""
    check_repeat(repeat, work.user.preferences)
    zone = zone_of(repeat, task.due, work.user.zone)
    if series is not None:
        _check_goes_on(work, task, series)
        return task, change_rules(series, repeat, user_zone=zone), ()
    if task.status is Status.COMPLETED:
        raise Conflict(f"{describe(task)} is completed.", field="repeat", advice="Reopen it, then let it repeat.")
    first = first_occurrence(repeat, zone, work.now if task.due is None else Due(task.due.date).instant(zone))
    if first is None:
        raise InvalidField("This repetition ends before it begins.", field="repeat")
    moved = () if task.due in {None, first} else (f"due {due_text(first)}: the first date of the rule",)
    series = begin_series(work, repeat, first)
    return replace(task, due=first, series_id=series.id, occurrence=first), series, moved


def _with_exceptions(work: Work, task: Task, series: Series | None, edit: Edit) -> Series:
    """Return the series with other dates left out, or with another end; its rules stay."""
    if series is None or series.state is SeriesState.STOPPED:
        raise Conflict(f"{describe(task)} does not repeat.", advice="Say how it repeats, to begin.")
    present = (task.occurrence or task.due) if task.status is Status.OPEN else None
    if edit.include:
        series = take_in_days(series, edit.include)
    if edit.exclude:
        series = leave_out_days(series, edit.exclude, present=present, user_zone=work.user.zone)
    if edit.ends is not None:
        series = end_series(series, edit.ends)
        check_repeat(series.repeat, work.user.preferences)
    return series


def _check_goes_on(work: Work, task: Task, series: Series) -> None:
    """Raise Conflict for a completed task whose series has come to its end: nothing would ever come of a new rule."""
    if task.status is Status.OPEN or (task.next is None and series.state is SeriesState.ACTIVE):
        return
    if not tasks.has_open_occurrence(work.connection, series.id):
        raise Conflict(f"{describe(task)} is completed.", field="repeat", advice="Reopen it, then let it repeat.")


def _repeat_of(series: Series | None) -> Json | None:
    return None if series is None or series.state is SeriesState.STOPPED else repeat_to_json(series.repeat)
