"""What a task list should be after what people did: a model in a hundred lines that knows nothing of the product's code.

One person's tasks; each is plain, or an occurrence of a daily or weekly series at nine. What was answered has happened.
"""

import datetime as dt
from collections import Counter
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo

NINE = dt.time(9)
Answer = dict[str, Any]


@dataclass
class ModelTask:
    """A task as it should be stored. `every` is the days between two occurrences, None for a plain task."""

    id: str
    title: str
    due: dt.date
    every: int | None = None
    series: str | None = None
    predecessor: str | None = None
    priority: str = "medium"
    status: str = "open"
    deleted: bool = False
    touched: bool = False
    successor: str | None = None


@dataclass
class Model:
    """One person's tasks and the changes that should be in the log."""

    zone: ZoneInfo
    tasks: dict[str, ModelTask] = field(default_factory=dict)
    changes: Counter[tuple[str, str]] = field(default_factory=Counter)

    def created(self, answer: Answer, title: str, every: int | None) -> None:
        """Note a new task."""
        repeats = answer["repeats"] if every else None
        due = dt.date.fromisoformat(answer["due"]["date"])
        series = repeats["series_id"] if repeats else None
        self.tasks[answer["id"]] = ModelTask(answer["id"], title, due, every, series)
        self._changed("task.created", answer["id"])

    def completed(self, task: ModelTask, answer: Answer) -> dt.date | None:
        """Note a completion, and return the date on which the next one should be due."""
        task.status = "completed"
        task.touched = True
        self._changed("task.completed", task.id)
        if task.every is None:
            return None
        completed_at = dt.datetime.fromisoformat(answer["completed_at"])
        date = task.due + dt.timedelta(days=task.every)
        while dt.datetime.combine(date, NINE, self.zone) <= completed_at:
            date += dt.timedelta(days=task.every)
        return date

    def followed(self, task: ModelTask, successor: str, due: dt.date) -> None:
        """Note the next occurrence of a completed one."""
        task.successor = successor
        self.tasks[successor] = ModelTask(
            successor, task.title, due, task.every, task.series, predecessor=task.id, priority=task.priority
        )
        self._changed("task.created", successor)

    def reopened(self, task: ModelTask) -> None:
        """Note a reopening; the untouched next occurrence goes to the trash."""
        if task.successor is not None:
            self.tasks[task.successor].deleted = True
            self._changed("task.deleted", task.successor)
            task.successor = None
        task.status = "open"
        self._changed("task.reopened", task.id)

    def deleted(self, task: ModelTask) -> None:
        """Note a deletion; with its open occurrence a series stops."""
        self._trash(task, "task.deleted", "series.stopped", deleted=True)

    def restored(self, task: ModelTask) -> None:
        """Note a restoration; the series goes on."""
        self._trash(task, "task.restored", "series.updated", deleted=False)

    def edited(self, task: ModelTask, *, title: str | None = None, priority: str | None = None) -> None:
        """Note other values."""
        if (title or task.title, priority or task.priority) == (task.title, task.priority):
            return
        task.title, task.priority, task.touched = title or task.title, priority or task.priority, True
        self._changed("task.updated", task.id)

    def may_reopen(self, task: ModelTask) -> bool:
        """Tell whether reopening leaves no question: nothing followed, or what did is as it was made."""
        if task.status != "completed" or task.deleted:
            return False
        if task.every is None:
            return True
        successor = self.tasks.get(task.successor or "")
        return successor is not None and successor.status == "open" and not successor.touched and not successor.deleted

    def _trash(self, task: ModelTask, kind: str, of_series: str, *, deleted: bool) -> None:
        task.deleted, task.touched = deleted, True
        self._changed(kind, task.id)
        if task.series is not None and task.status == "open":
            self._changed(of_series, task.series)

    def _changed(self, kind: str, subject: str) -> None:
        self.changes[kind, subject] += 1
