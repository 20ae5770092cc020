"""What must be: one person's tasks and series, and what every command makes of them. It imports nothing of the product.

A state is changed by a `Work`, which is one command. What only the system can choose (ids) is taken from the rows that it
wrote; all else is worked out here and compared with them. Tasks and series are dicts in the form of the snapshots.
"""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from tests.faults.soaking import dates

Json = dict[str, Any]
STOPPED = {"reason": "stopped", "task_id": None, "passed_over": 0}
COPIED = ("title", "description", "priority", "tags", "reminders")
NOT_UNDONE = ("undo", "preferences")


class Refusal(Exception):
    """An item is refused."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Step:
    """One numbered change. `told` is the series that its event tells of."""

    type: str
    subject: str
    before: Json | None
    after: Json
    told: Json | None = None


@dataclass(frozen=True)
class Command:
    """A command that was carried out, with its changes."""

    id: str
    kind: str
    last: int
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class Completion:
    """A completion of which something must come: the task and the series as they were then."""

    task: Json
    series: Json
    at: dt.datetime
    zone: str
    may_be: frozenset[str] = frozenset()


@dataclass
class State:
    """All of one person's. Values are replaced and never changed, so that a copy is cheap."""

    user: str
    zone: str
    tasks: dict[str, Json] = field(default_factory=dict)
    series: dict[str, Json] = field(default_factory=dict)
    commands: dict[str, Command] = field(default_factory=dict)
    undone: set[str] = field(default_factory=set)
    touches: dict[str, tuple[tuple[int, str], ...]] = field(default_factory=dict)
    waiting: dict[str, Completion] = field(default_factory=dict)
    number: int = 0
    sequence: int = 0

    def copy(self) -> "State":
        """Return the same state, to try something on."""
        return replace(
            self,
            tasks=dict(self.tasks),
            series=dict(self.series),
            commands=dict(self.commands),
            undone=set(self.undone),
            touches=dict(self.touches),
            waiting=dict(self.waiting),
        )

    def open_of(self, series_id: str) -> Json | None:
        """Return the open occurrence of a series."""
        for task in self.tasks.values():
            if task["series_id"] == series_id and task["status"] == "open" and task["deleted_at"] is None:
                return task
        return None

    def touched(self, task_id: str, after: int = 0) -> bool:
        """Tell whether a person's command that still stands changed a task after a number."""
        return any(
            number > after and command not in self.undone and self.commands[command].kind != "undo"
            for number, command in self.touches.get(task_id, ())
        )

    def last_to_undo(self) -> Command | None:
        """Return the last command that still stands."""
        done = (one for one in self.commands.values() if one.last and one.kind not in NOT_UNDONE)
        return max((one for one in done if one.id not in self.undone), key=lambda one: one.last, default=None)


class Work:
    """One command on a state. `rows` are the changes that the system wrote for it, from which ids are taken."""

    def __init__(self, state: State, at: dt.datetime, rows: Sequence[Json] = ()) -> None:
        self.state = state
        self.at = at
        self.now = instant_text(at)
        self.steps: list[Step] = []
        self._rows = rows

    def row(self) -> Json:
        """Return the row of the next step; an empty one where the system wrote none."""
        return self._rows[len(self.steps)] if len(self.steps) < len(self._rows) else {"event_id": "?", "subject": "?"}

    def attempt(self, item: Callable[[], Json | None]) -> Json | str | None:
        """Return the task after an item, or the code of its refusal; a refused item leaves nothing."""
        before, steps = self.state.copy(), len(self.steps)
        try:
            return item()
        except Refusal as refusal:
            vars(self.state).update(vars(before))
            del self.steps[steps:]
            return refusal.code

    def end(self, command_id: str, kind: str) -> None:
        """Number the steps, and remember the command."""
        state = self.state
        for number, step in enumerate(self.steps, state.sequence + 1):
            if kind != "recurrence":
                state.touches[step.subject] = (*state.touches.get(step.subject, ()), (number, command_id))
        state.sequence += len(self.steps)
        if self.steps and kind != "recurrence":
            state.commands[command_id] = Command(command_id, kind, state.sequence, tuple(self.steps))

    def find(self, target: Json) -> Json:
        """Return the task that is meant."""
        task = self.state.tasks.get(target["task"])
        if task is None:
            raise Refusal("not_found")
        if target.get("version") not in {None, task["version"]}:
            raise Refusal("stale_version")
        return task

    def series_of(self, task: Json) -> Json | None:
        """Return the series of a task."""
        return None if task["series_id"] is None else self.state.series[task["series_id"]]

    def later(self, task: Json, **changed: object) -> Json:
        """Return the next version of a task."""
        return {**task, **changed, "version": task["version"] + 1, "updated_at": self.now}

    def store(self, kind: str, before: Json | None, task: Json) -> Json:
        """Store a task with its change."""
        series = self.series_of(task)
        self.steps.append(Step(kind, task["id"], before, task, series))
        self.state.tasks[task["id"]] = task
        return task

    def store_series(self, before: Json, series: Json) -> None:
        """Store a series that was changed, with its change."""
        if series == before:
            return
        kind = "series.stopped" if series["state"] == "stopped" else "series.updated"
        self.state.series[series["id"]] = series
        self.steps.append(Step(kind, series["id"], before, series))

    def count(self, series_id: str | None, change: int) -> None:
        """Count a task that a series made, or that was taken back; no change tells of it."""
        if series_id is not None:
            series = self.state.series[series_id]
            self.state.series[series_id] = {**series, "made": max(0, series["made"] + change)}


def instant_text(at: dt.datetime) -> str:
    """Return an instant as the snapshots write it."""
    return at.astimezone(dt.UTC).isoformat().replace("+00:00", "Z")


def outside_trash(task: Json) -> None:
    """Refuse a task in the trash."""
    if task["deleted_at"] is not None:
        raise Refusal("conflict")


def stopped(series: Json, by: str | None = None) -> Json:
    """Return a series that makes no more tasks."""
    if series["state"] == "stopped":
        return series
    return {**series, "state": "stopped", "stopped_by": by, "version": series["version"] + 1}


def complete(work: Work, target: Json) -> Json:
    """Complete a task."""
    before = work.find(target)
    outside_trash(before)
    if before["status"] == "completed":
        raise Refusal("conflict")
    return completed(work, before, work.later(before, status="completed", completed_at=work.now, next=None))


def completed(work: Work, before: Json, task: Json) -> Json:
    """Store a completion, and note that something has to come of it."""
    series = work.series_of(task)
    task = {**task, "completed_by": work.row()["event_id"]}
    if series is not None and series["state"] == "stopped" and task["next"] is None:
        task = {**task, "next": STOPPED}
    stored = work.store("task.completed", before, task)
    if series is not None and series["state"] == "active" and task["next"] is None:
        at = dt.datetime.fromisoformat(task["completed_at"])
        work.state.waiting[task["completed_by"]] = Completion(task, series, at, work.state.zone)
    return stored


def reopen(work: Work, target: Json) -> Json:
    """Open a completed task again."""
    before = work.find(target)
    outside_trash(before)
    if before["status"] == "open":
        raise Refusal("conflict")
    task = work.later(before, status="open", completed_at=None, completed_by=None, next=None)
    return reopened(work, before, task)


def reopened(work: Work, before: Json, task: Json) -> Json:
    """Store a reopening; the untouched next occurrence goes to the trash, beside a touched one the task stands alone."""
    if task["series_id"] is not None:
        _take_back_successors(work, before, task["series_id"])
    return work.store("task.reopened", before, alone_if_needed(work, task))


def _take_back_successors(work: Work, task: Json, series_id: str) -> None:
    found = [one for one in work.state.tasks.values() if one["predecessor_id"] == task["id"] and not one["deleted_at"]]
    for one in sorted(found, key=lambda one: one["number"]):
        if one["status"] == "completed" or one["series_id"] != series_id or work.state.touched(one["id"]):
            continue
        work.count(series_id, -1)
        work.store("task.deleted", one, work.later(one, deleted_at=work.now, taken_back=True))


def alone_if_needed(work: Work, task: Json, before: Json | None = None) -> Json:
    """Return an open task without its series when another occurrence is open, or was made instead of one taken back."""
    if task["series_id"] is None or task["status"] != "open" or task["deleted_at"] is not None:
        return task
    other = work.state.open_of(task["series_id"])
    if other is None and before is not None and before["taken_back"] and task["predecessor_id"] is not None:
        instead = work.state.tasks[task["predecessor_id"]]["next"]
        other = work.state.tasks.get(instead["task_id"]) if instead else None
    if other is None or other["id"] == task["id"]:
        return task
    return {**task, "series_id": None, "occurrence": None, "next": None, "usual": {}}


def delete(work: Work, target: Json) -> Json:
    """Move a task to the trash."""
    before = work.find(target)
    outside_trash(before)
    return deleted(work, before, work.later(before, deleted_at=work.now))


def deleted(work: Work, before: Json, task: Json) -> Json:
    """Store a deletion; with its open occurrence a series stops."""
    recount(work, before, task)
    stored = work.store("task.deleted", before, task)
    series = work.series_of(task)
    if series is not None and task["status"] == "open":
        work.store_series(series, stopped(series, task["id"]))
    return stored


def recount(work: Work, before: Json, task: Json) -> None:
    """Count a task that is taken back, or comes back."""
    if before["taken_back"] != task["taken_back"]:
        work.count(task["series_id"], -1 if task["taken_back"] else 1)


def restore(work: Work, target: Json) -> Json:
    """Bring a task back from the trash; its series goes on if it was stopped by that."""
    before = work.find(target)
    if before["deleted_at"] is None:
        raise Refusal("conflict")
    task = alone_if_needed(work, work.later(before, deleted_at=None, taken_back=False), before)
    recount(work, before, task)
    stored = work.store("task.restored", before, task)
    series = work.series_of(task)
    if series is not None and task["status"] == "open" and series["stopped_by"] == task["id"]:
        work.store_series(
            series, {**series, "state": "active", "stopped_by": None, "version": series["version"] + 1}
        )  # fmt: skip
    return stored


def skip(work: Work, target: Json) -> Json:
    """Move a repeating task to its next date; without one it goes to the trash."""
    before = work.find(target)
    series = _active(work, before)
    if before["status"] == "completed":
        raise Refusal("conflict")
    upcoming = dates.date_after_skip(series, before, work.at, work.state.zone)
    if upcoming is None:
        return deleted(work, before, work.later(before, deleted_at=work.now))
    left_out = before["occurrence"] or before["due"]
    task = work.later(on_date(before, upcoming))
    stored = work.store("task.updated", before, task)
    if series["anchor"] != "completion":
        date = left_out["date"]
        if "HOURLY" in series["rules"][0]["rrule"] and left_out["time"]:
            date = f"{date}T{left_out['time']}"
        oldest = dt.date.fromisoformat(upcoming["date"]) - dt.timedelta(days=31)
        kept = [one for one in series["excluded_dates"] if one[:10] >= oldest.isoformat() and one != date]
        work.store_series(series, {**series, "excluded_dates": [*kept, date], "version": series["version"] + 1})
    return stored


def on_date(task: Json, due: Json) -> Json:
    """Return an occurrence on another date, with what was meant for all."""
    return {**task, **task["usual"], "usual": {}, "due": due, "occurrence": due}


def stop(work: Work, target: Json) -> Json:
    """Let a task repeat no more."""
    before = work.find(target)
    series = work.series_of(before)
    if series is not None and series["state"] == "stopped":
        outside_trash(before)
        return before
    series = _active(work, before)
    stored = work.store("task.updated", before, work.later(before))
    work.store_series(series, stopped(series))
    return stored


def _active(work: Work, task: Json) -> Json:
    outside_trash(task)
    series = work.series_of(task)
    if series is None or series["state"] == "stopped":
        raise Refusal("conflict")
    return series


def make_next(work: Work, completed_by: str) -> None:
    """Make the next occurrence of a completion; the system did so at this place, so it must have been right."""
    completion = work.state.waiting.get(completed_by)
    if completion is None:
        raise Refusal("no completion that waits")
    reason, date = outcome(work.state, completion)
    if reason != "made" or date is None:
        raise Refusal(reason)
    predecessor = work.state.tasks[completion.task["id"]]
    task = on_date(predecessor, date[0])
    work.state.number += 1
    work.count(task["series_id"], 1)
    task |= {
        "id": work.row()["subject"], "number": work.state.number, "status": "open", "predecessor_id": predecessor["id"],
        "caused_by": completed_by, "completed_at": None, "completed_by": None, "deleted_at": None, "next": None,
        "taken_back": False, "version": 1, "created_at": work.now, "updated_at": work.now,
    }  # fmt: skip
    work.store("task.created", None, task)
    found = {"reason": "made", "task_id": task["id"], "passed_over": date[1]}
    work.state.tasks[predecessor["id"]] = {**predecessor, "next": found}
    del work.state.waiting[completed_by]


def outcome(state: State, completion: Completion) -> tuple[str, tuple[Json, int] | None]:
    """Return what would come of a completion now."""
    series = state.series[completion.series["id"]]
    if series["state"] == "stopped":
        return "stopped", None
    if state.open_of(series["id"]) is not None:
        return "occurrence_open", None
    if series["count"] is not None and series["made"] >= series["count"]:
        return "ended", None
    same = series["version"] == completion.series["version"]
    counted = completion.series["made"] if same else series["made"]
    if series["count"] is not None and counted >= series["count"]:
        return "ended", None
    predecessor = completion.task if same else state.tasks[completion.task["id"]]
    date = dates.next_date(series, predecessor, completion.at, completion.zone)
    return ("ended", None) if date is None else ("made", date)
