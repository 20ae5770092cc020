"""What a command did, gathered from the change log by task: the former values that an undo gives back."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from taskora.domain.encoding import Json
from taskora.domain.events import EventType
from taskora.storage.changes import Change, NumberedChange


@dataclass(slots=True)
class Part:
    """What a command did to one task, and to its series by way of it, as `{field: [old, new]}`.

    `taken_back`: the task went to the trash because the completion that made it was taken back.
    """

    task_id: str
    title: str
    created: bool = False
    fields: dict[str, Any] = field(default_factory=dict)
    series: dict[str, Any] = field(default_factory=dict)

    @property
    def taken_back(self) -> bool:
        """Tell whether the task went to the trash with the completion that had made it."""
        return bool(self.fields.get("taken_back", [False, False])[1])

    @property
    def name(self) -> str:
        """Return the title that the task has once the command is taken back."""
        former = self.fields.get("title", [None])[0]
        return former if isinstance(former, str) else self.title

    @property
    def repeat_reverted(self) -> Json:
        """Return the change of the rule the other way round, for the event; nothing when the rule was not changed."""
        return {"repeat": self.fields["repeat"][::-1]} if "repeat" in self.fields else {}


def parts_of(log: Iterable[NumberedChange]) -> list[Part]:
    """Return the parts in the order of each task's first change; of a field that changed twice the first old value counts."""
    parts: dict[str, Part] = {}
    by_series: dict[str, dict[str, Any]] = {}
    for change in (numbered.change for numbered in log):
        if change.type.startswith("series."):
            fields = by_series.setdefault(change.subject, {})
            fields.update({name: values for name, values in change.fields.items() if name not in fields})
        elif change.type.startswith("task."):
            _add(parts, by_series, change)
    return list(parts.values())


def _add(parts: dict[str, Part], by_series: dict[str, dict[str, Any]], change: Change) -> None:
    part = parts.setdefault(change.subject, Part(change.subject, str(change.snapshot["title"])))
    part.created = part.created or change.type == EventType.TASK_CREATED
    part.fields = dict(change.fields) | part.fields
    series_id = change.snapshot["series_id"]
    if isinstance(series_id, str):
        part.series = by_series.setdefault(series_id, {})
