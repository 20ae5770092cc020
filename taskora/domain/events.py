"""The events: a CloudEvents 1.0 envelope, and the one table that says which type goes to which topics.

Data of every event: schema version, user id, audience, sequence (of a numbered change), actor, snapshot, changes.
"""

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

EVENT_SIZE_LIMIT = 256 * 1024
SOURCE_TASKS = "/taskora/tasks"
SOURCE_RECURRENCE = "/taskora/recurrence"


class Topic(StrEnum):
    """The topics by their role. What a role is called at the broker is a setting."""

    TASK_EVENTS = "task-events"
    TASK_UPDATES = "task-updates"
    TASK_COMMANDS = "task-commands"
    REMINDERS = "reminders"
    USER_EVENTS = "user-events"
    CHAT_EVENTS = "chat-events"
    SYSTEM_EVENTS = "system-events"


class EventType(StrEnum):
    """The types of event. Those of services that come later have a schema and no producer yet."""

    TASK_CREATED = "task.created"
    TASK_UPDATED = "task.updated"
    TASK_COMPLETED = "task.completed"
    TASK_REOPENED = "task.reopened"
    TASK_DELETED = "task.deleted"
    TASK_RESTORED = "task.restored"
    SERIES_UPDATED = "series.updated"
    SERIES_STOPPED = "series.stopped"
    TAG_UPDATED = "tag.updated"
    PREFERENCES_UPDATED = "preferences.updated"
    TASK_CREATE = "task.create"
    REMINDER_DUE = "reminder.due"
    NOTIFICATION_CREATED = "notification.created"
    USER_SIGNED_IN = "user.signed_in"
    USER_SIGNED_OUT = "user.signed_out"
    USER_ERASED = "user.erased"
    CHAT_ANSWERED = "chat.answered"
    SYSTEM_STARTED = "system.started"
    SYSTEM_STOPPED = "system.stopped"
    SYSTEM_FAILED = "system.failed"


@dataclass(frozen=True, slots=True)
class EventKind:
    """Where events of a type go, and the version of their data's schema."""

    topics: tuple[Topic, ...]
    schema_version: int = 1


_CHANGE = EventKind((Topic.TASK_EVENTS, Topic.TASK_UPDATES))

EVENT_TABLE: Mapping[EventType, EventKind] = {
    EventType.TASK_CREATED: _CHANGE,
    EventType.TASK_UPDATED: _CHANGE,
    EventType.TASK_COMPLETED: _CHANGE,
    EventType.TASK_REOPENED: _CHANGE,
    EventType.TASK_DELETED: _CHANGE,
    EventType.TASK_RESTORED: _CHANGE,
    EventType.SERIES_UPDATED: _CHANGE,
    EventType.SERIES_STOPPED: _CHANGE,
    EventType.TAG_UPDATED: _CHANGE,
    EventType.PREFERENCES_UPDATED: EventKind((Topic.TASK_EVENTS, Topic.TASK_UPDATES, Topic.USER_EVENTS)),
    EventType.TASK_CREATE: EventKind((Topic.TASK_COMMANDS,)),
    EventType.REMINDER_DUE: EventKind((Topic.REMINDERS,)),
    EventType.NOTIFICATION_CREATED: EventKind((Topic.TASK_UPDATES,)),
    EventType.USER_SIGNED_IN: EventKind((Topic.USER_EVENTS,)),
    EventType.USER_SIGNED_OUT: EventKind((Topic.USER_EVENTS,)),
    EventType.USER_ERASED: EventKind((Topic.USER_EVENTS,)),
    EventType.CHAT_ANSWERED: EventKind((Topic.CHAT_EVENTS,)),
    EventType.SYSTEM_STARTED: EventKind((Topic.SYSTEM_EVENTS,)),
    EventType.SYSTEM_STOPPED: EventKind((Topic.SYSTEM_EVENTS,)),
    EventType.SYSTEM_FAILED: EventKind((Topic.SYSTEM_EVENTS,)),
}


@dataclass(frozen=True, slots=True)
class Event:
    """A CloudEvents 1.0 event (§ "Context Attributes") with the extensions partitionkey, correlationid, traceparent.

    `id` is fixed when the event is first written and survives every repetition; `subject` is the task's id;
    `partitionkey` the user's. `data` is JSON-ready.
    """

    id: str
    type: str
    source: str
    subject: str
    time: dt.datetime
    partitionkey: str
    correlationid: str
    data: Mapping[str, object]
    traceparent: str | None = None
    _envelope: str | None = field(default=None, init=False, repr=False, compare=False)

    @classmethod
    def from_text(cls, text: str) -> "Event":
        """Read an envelope as JSON text, and keep the text for `to_text`. Raises ValueError as `from_dict` does."""
        envelope = json.loads(text)
        if not isinstance(envelope, Mapping):
            raise ValueError("an object is needed")  # noqa: TRY004  a wrong form of input, one kind of error for all
        event = cls.from_dict(envelope)
        object.__setattr__(event, "_envelope", text)  # frozen for others; the text says the same as the attributes
        return event

    def to_text(self) -> str:
        """Return the envelope as JSON text: the very one it was read from, else compact."""
        return self._envelope if self._envelope is not None else _ENCODER.encode(self.to_dict())

    def to_dict(self) -> dict[str, object]:
        """Return the envelope in the JSON event format."""
        envelope: dict[str, object] = {
            "specversion": "1.0",
            "id": self.id,
            "type": self.type,
            "source": self.source,
            "subject": self.subject,
            "time": self.time.astimezone(dt.UTC).isoformat().replace("+00:00", "Z"),
            "datacontenttype": "application/json",
            "partitionkey": self.partitionkey,
            "correlationid": self.correlationid,
            "data": dict(self.data),
        }
        if self.traceparent is not None:
            envelope["traceparent"] = self.traceparent
        return envelope

    @classmethod
    def from_dict(cls, envelope: Mapping[str, object]) -> "Event":
        """Read the JSON event format.

        Raises ValueError naming the attribute when one is missing or has the wrong form.
        """
        if envelope.get("specversion") != "1.0":
            raise ValueError("specversion: only CloudEvents 1.0 is understood")
        data = envelope.get("data")
        if not isinstance(data, Mapping):
            raise ValueError("data: an object is needed")  # noqa: TRY004  a wrong form of input, one kind of error for all
        traceparent = envelope.get("traceparent")
        return cls(
            id=_text(envelope, "id"),
            type=_text(envelope, "type"),
            source=_text(envelope, "source"),
            subject=_text(envelope, "subject"),
            time=dt.datetime.fromisoformat(_text(envelope, "time")),
            partitionkey=_text(envelope, "partitionkey"),
            correlationid=_text(envelope, "correlationid"),
            data=data,
            traceparent=traceparent if isinstance(traceparent, str) else None,
        )


_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def _text(envelope: Mapping[str, object], name: str) -> str:
    value = envelope.get(name)
    if not isinstance(value, str) or not value:
        raise ValueError(f"{name}: a text is needed")
    return value
