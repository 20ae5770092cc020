"""One command inside its transaction: what it reads, what it stores, and the steps that become changes and events.

Above: the commands. Below: the store and the unit of work. Steps are announced only when the whole command has run, so that a
refused item leaves no number, no change and no event behind.
"""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from services.tasks.steps import SERVICE, Caller, Step, change_of, preferences_step, series_step, tag_step, task_step
from services.tasks.store import tags, tasks
from services.tasks.store.tags import Link, Tag
from services.tasks.store.tasks import Found
from services.tasks.store.users import User
from taskora.domain.encoding import Json
from taskora.domain.errors import NotDone, NotFound, Refused, StaleVersion
from taskora.domain.events import EventType
from taskora.domain.series import Series
from taskora.domain.task import Task
from taskora.storage.changes import NumberedChange, event_of
from taskora.storage.unit_of_work import UnitOfWork

Outcome = TypeVar("Outcome")


@dataclass(frozen=True, slots=True)
class Done:
    """What became of an item: the task with its series, and what was assumed."""

    task: Task
    series: Series | None
    assumptions: tuple[str, ...] = ()
    left: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Numbers:
    """The sequence numbers of a command's first and last change; 0 when it changed nothing."""

    first: int = 0
    last: int = 0


Item = Callable[["Work"], Done]
"""One item of a command: it checks, stores, and returns what became of it, or raises Refused."""


class Work:
    """A command at work. `user` is the locked counter row, `facts` are members of the answer beside the results."""

    def __init__(self, unit: UnitOfWork, user: User, caller: Caller) -> None:
        self.connection = unit.connection
        self.user = user
        self.caller = caller
        self._unit = unit
        unit.count_from(SERVICE, user.user_id, user.sequence)
        self.facts: dict[str, object] = {}
        self._number = user.task_number
        self._steps: list[Step] = []
        self._links: list[Link] = []

    @property
    def now(self) -> dt.datetime:
        """Return the instant of the command."""
        return self.caller.now

    def attempt(self, item: Callable[["Work"], Outcome]) -> Outcome | Refused:
        """Carry out one item in a savepoint of its own; a refusal undoes what it stored and is returned."""
        number, steps, links = self._number, len(self._steps), len(self._links)
        try:
            with self.connection.begin_nested():
                return item(self)
        except Refused as refusal:
            self._number = number
            del self._steps[steps:]
            del self._links[links:]
            return refusal

    def all_or_none(self, items: Sequence[Callable[["Work"], Outcome] | Refused]) -> list[Outcome | Refused]:
        """Carry out items that belong together; when one is refused, nothing is stored and the others are NotDone."""
        outcomes: list[Outcome | Refused] = []

        def together(work: Work) -> bool:
            outcomes.extend(item if isinstance(item, Refused) else work.attempt(item) for item in items)
            if any(isinstance(outcome, Refused) for outcome in outcomes):
                raise NotDone
            return True

        if self.attempt(together) is True:
            return outcomes
        first = next(index for index, outcome in enumerate(outcomes, 1) if isinstance(outcome, Refused))
        said = f"Not done, since item {first} of {len(items)} was refused and all or none were asked for."
        not_done = NotDone(said, advice="Correct that item or leave it out.", extra={"because_of": first})
        return [outcome if isinstance(outcome, Refused) else not_done for outcome in outcomes]

    def next_number(self) -> int:
        """Return a task number that was never given out."""
        self._number += 1
        return self._number

    def find(self, task_id: str, version: int | None = None) -> Found:
        """Return a task of the user with its series.

        Raises NotFound, and StaleVersion (with the pair in `extra`) when the task is not at the expected version.
        """
        found = tasks.by_id(self.connection, self.user.user_id, task_id)
        if found is None:
            raise NotFound(field="task", advice="List the tasks to see what there is.")
        if version is not None and version != found[0].version:
            detail = f"The task is at version {found[0].version}, not {version}."
            raise StaleVersion(detail, field="version", extra={"found": found})
        return found

    def insert(self, task: Task, series: Series | None, *, like: Task | None = None) -> Task:
        """Insert a new task and note its creation; its tags come back as the user first wrote them.

        `like` is a task that may have the same tags already. Otherwise the links to its tags are written when the command
        ends: no command reads a task that it made itself.
        """
        if like is not None and like.tags == task.tags:
            tasks.insert(self.connection, task, series, self.user.zone)
            tags.copy(self.connection, like.id, task.id)
        else:
            named = tags.made(self.connection, self.user.user_id, task.tags)
            task = replace(task, tags=tuple(tag.name for tag in named))
            tasks.insert(self.connection, task, series, self.user.zone)
            self._links += tags.links(task.id, named)
        self._steps.append(task_step(EventType.TASK_CREATED, None, task, series, user_zone=self.user.zone))
        return task

    def store(
        self,
        kind: EventType,
        before: Task,
        task: Task,
        series: Series | None,
        *,
        event_id: str | None = None,
        said: Json | None = None,
    ) -> Task:
        """Store a changed task and note the change (see `task_step`)."""
        if task.tags != before.tags:
            named = tags.made(self.connection, self.user.user_id, task.tags)
            task = replace(task, tags=tuple(tag.name for tag in named))
            tags.attach(self.connection, task.id, named, replaced=True)
        tasks.store(self.connection, before, task, series, self.user.zone)
        step = task_step(kind, before, task, series, user_zone=self.user.zone, event_id=event_id, said=said)
        self._steps.append(step)
        return task

    def insert_series(self, series: Series) -> None:
        """Insert a new series; the task that begins it tells of it."""
        tasks.insert_series(self.connection, series)

    def store_series(self, kind: EventType, before: Series, series: Series, task: Task) -> Series:
        """Store a changed series and note the change; `task` is the occurrence by which it was changed, stored already."""
        if series != before:
            tasks.store_series(self.connection, before, series)
            tasks.show_anew(self.connection, series.id, but=task.id)
            self._steps.append(series_step(kind, before, series, task))
        return series

    def count_made(self, series: Series, change: int) -> Series:
        """Count a task made or taken back. This is bookkeeping: no version, no numbered change."""
        counted = replace(series, made=max(0, series.made + change))
        if counted != series:
            tasks.store_series(self.connection, series, counted)
        return counted

    def note_tag(self, before: Tag | None, tag: Tag | None, more: Json | None = None) -> None:
        """Note that a tag was changed, is gone (`tag` is None), or has come back (`before` is)."""
        self._steps.append(tag_step(before, tag, more))

    def note_preferences(self, before: Json, preferences: Json) -> None:
        """Note that the user's preferences were changed."""
        self._steps.append(preferences_step(self.user.user_id, before, preferences))

    def announce(self) -> Numbers:
        """Write the steps into the change log and the outbox, in their order, and keep the last task number."""
        if self._number != self.user.task_number:
            self._unit.keep(SERVICE, self.user.user_id, task_number=self._number)
        for link in self._links:
            self._unit.later(tags.LINKS_INSERTED, link)
        numbers = []
        for step in self._steps:
            change = change_of(step, self.caller)
            sequence = self._unit.record(change)
            self._unit.send(SERVICE, event_of(NumberedChange(sequence, change)))
            numbers.append(sequence)
        return Numbers(numbers[0], numbers[-1]) if numbers else Numbers()
