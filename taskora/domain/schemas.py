"""The form of every event as a JSON Schema (2020-12): the envelope, and what its data holds by type.

Written to docs/events by `python -m taskora.api.event_schemas`. A consumer ignores members that it does not know; a member that
goes or changes its meaning needs a new schema version in EVENT_TABLE.
"""

from collections.abc import Mapping
from typing import Any

from taskora.domain.actor import ActorKind, Channel
from taskora.domain.events import EVENT_TABLE, SOURCE_RECURRENCE, SOURCE_TASKS, EventType
from taskora.domain.preferences import DateOrder, WeekStart
from taskora.domain.series import Anchor, SeriesState
from taskora.domain.task import Priority, Status

Schema = dict[str, Any]
DIALECT = "https://json-schema.org/draft/2020-12/schema"

MEANINGS: Mapping[EventType, str] = {
    EventType.TASK_CREATED: "A task was created by somebody, or as the next occurrence of a series.",
    EventType.TASK_UPDATED: "Fields of a task were changed.",
    EventType.TASK_COMPLETED: "A task was completed. All that the next occurrence depends on is in here.",
    EventType.TASK_REOPENED: "A completed task was opened again.",
    EventType.TASK_DELETED: "A task was moved to the trash; its last snapshot is in here.",
    EventType.TASK_RESTORED: "A task was brought back from the trash.",
    EventType.SERIES_UPDATED: "The rules by which a task repeats were changed, or the series goes on again.",
    EventType.SERIES_STOPPED: "A series makes no further task.",
    EventType.TAG_UPDATED: "A tag was renamed, got another colour, went (perhaps `into` another one), or came back.",
    EventType.PREFERENCES_UPDATED: "A user chose other preferences.",
    EventType.TASK_CREATE: "A command: create the next occurrence if the completion still stands. `due` null: the series ends.",
    EventType.REMINDER_DUE: "The time of a reminder has come.",
    EventType.NOTIFICATION_CREATED: "A notification for a user was made.",
    EventType.USER_SIGNED_IN: "A user signed in.",
    EventType.USER_SIGNED_OUT: "A user signed out.",
    EventType.USER_ERASED: "A user is to be forgotten: every service deletes what it has of them.",
    EventType.CHAT_ANSWERED: "The agent answered a line. What was said is not in here.",
    EventType.SYSTEM_STARTED: "A process of a service began to work.",
    EventType.SYSTEM_STOPPED: "A process of a service ended in order.",
    EventType.SYSTEM_FAILED: "Something that nobody foresaw went wrong in a process; its log has the correlation id.",
}


def schema_of(kind: EventType) -> Schema:
    """Return the schema of a type's events in their present version."""
    version = EVENT_TABLE[kind].schema_version
    envelope = {
        "specversion": {"const": "1.0"},
        "id": _TEXT | {"description": "The same however often the event comes."},
        "type": {"const": kind.value},
        "source": _TEXT | {"format": "uri-reference", "examples": [SOURCE_TASKS, SOURCE_RECURRENCE]},
        "subject": _TEXT | {"description": "The id of what the event is about."},
        "time": _INSTANT,
        "datacontenttype": {"const": "application/json"},
        "partitionkey": _TEXT | {"description": "The user's id; of system events the service."},
        "correlationid": _TEXT | {"description": "Of the request that led to it."},
        "traceparent": {"type": "string", "pattern": "^[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$"},
        "data": _object({"schema": {"const": version}, **_DATA[kind]}, optional=_OPTIONAL.get(kind, ())),
    }
    return {
        "$schema": DIALECT,
        "$id": f"urn:taskora:event:{kind.value}:{version}",
        "title": kind.value,
        "description": MEANINGS[kind],
        **_object(envelope, optional=("traceparent",)),
    }


def _object(members: Mapping[str, Schema], *, optional: tuple[str, ...] = ()) -> Schema:
    required = [name for name in members if name not in optional]
    return {"type": "object", "properties": dict(members), "required": required}


def _or_null(schema: Schema) -> Schema:
    return {"anyOf": [schema, {"type": "null"}]}


def _list(items: Schema) -> Schema:
    return {"type": "array", "items": items}


_TEXT: Schema = {"type": "string", "minLength": 1}
_WORDS: Schema = {"type": "string"}
_COUNT: Schema = {"type": "integer", "minimum": 0}
_NUMBER: Schema = {"type": "integer", "minimum": 1}
_FLAG: Schema = {"type": "boolean"}
_INSTANT: Schema = {"type": "string", "format": "date-time", "pattern": "Z$"}
_DATE: Schema = {"type": "string", "format": "date"}
_WALL: Schema = {"type": "string", "pattern": "^[0-9-]{10}T[0-9:]{8}$"}
_TIME: Schema = {"type": "string", "pattern": "^[0-2][0-9]:[0-5][0-9]"}
_DURATION: Schema = {"type": "string", "pattern": "^-?P"}
_DUE = _object({"date": _DATE, "time": _or_null(_TIME), "zone": _or_null(_TEXT)})
_RULE = _object({"rrule": _TEXT, "start": _DATE, "time": _or_null(_TIME)})
_NEXT = _object({"reason": _TEXT, "task_id": _or_null(_TEXT), "passed_over": _COUNT})
_ACTOR = _object({"kind": {"enum": [kind.value for kind in ActorKind]}, "name": _WORDS})

TASK = _object(
    {
        "id": _TEXT,
        "user_id": _TEXT,
        "number": _NUMBER,
        "title": _TEXT,
        "description": _WORDS,
        "status": {"enum": [status.value for status in Status]},
        "priority": {"enum": [priority.value for priority in Priority]},
        "tags": _list(_TEXT),
        "due": _or_null(_DUE),
        "end": _or_null(_DUE),
        "duration": _or_null(_DURATION),
        "deadline": _or_null(_DATE),
        "reminders": _list({"anyOf": [_DURATION, _INSTANT]}),
        "series_id": _or_null(_TEXT),
        "occurrence": _or_null(_DUE),
        "predecessor_id": _or_null(_TEXT),
        "caused_by": _or_null(_TEXT),
        "completed_at": _or_null(_INSTANT),
        "completed_by": _or_null(_TEXT),
        "deleted_at": _or_null(_INSTANT),
        "next": _or_null(_NEXT),
        "usual": {
            "type": "object",
            "description": "Fields that later occurrences keep where this one was changed alone.",
        },
        "taken_back": _FLAG,
        "version": _NUMBER,
        "created_at": _INSTANT,
        "updated_at": _INSTANT,
    },
    optional=("usual", "taken_back"),  # snapshots of earlier versions have none
)
SERIES = _object(
    {
        "id": _TEXT,
        "user_id": _TEXT,
        "rules": _list(_RULE),
        "excluded_dates": _list({"anyOf": [_DATE, _WALL]}),
        "excluded_rules": _list(_RULE),
        "anchor": {"enum": [anchor.value for anchor in Anchor]},
        "until": _or_null(_DATE),
        "count": _or_null(_NUMBER),
        "zone": _or_null(_TEXT),
        "state": {"enum": [state.value for state in SeriesState]},
        "version": _NUMBER,
        "made": _COUNT,
        "stopped_by": _or_null(_TEXT),
    }
)
PREFERENCES = _object(
    {
        "zone": _TEXT,
        "locale": _TEXT,
        "week_start": {"enum": [day.value for day in WeekStart]},
        "date_order": {"enum": [order.value for order in DateOrder]},
        "all_day_time": _TIME,
        "default_reminder_minutes": _or_null(_COUNT),
        "require_end": _FLAG,
    }
)
_PLACES = _or_null(_list({"type": "array", "prefixItems": [_TEXT, _COUNT], "minItems": 2, "maxItems": 2})) | {
    "description": "The tasks of a tag that goes, each with the tag's place among its tags; null where there are too many."
}
TAG = _object({"id": _TEXT, "name": _TEXT, "colour": _or_null(_TEXT)})

_CHANGES: Schema = {
    "type": "object",
    "description": "What differs, by field: the old value and the new one.",
    "additionalProperties": {"type": "array", "minItems": 2, "maxItems": 2},
}
_USER: Mapping[str, Schema] = {
    "user_id": _TEXT,
    "audience": _list(_TEXT) | {"description": "Who may see it; nobody else."},
}
_CHANGE: Mapping[str, Schema] = {
    **_USER,
    "sequence": _NUMBER | {"description": "Per user, without a gap."},
    "actor": _ACTOR,
    "channel": {"enum": [channel.value for channel in Channel]},
    "command_id": _TEXT,
    "changes": _CHANGES,
}
_OF_TASK: Mapping[str, Schema] = {**_CHANGE, "task": TASK, "series": _or_null(SERIES)}
_OF_SERIES: Mapping[str, Schema] = {**_CHANGE, "series": SERIES, "task": TASK}
_OF_PROCESS: Mapping[str, Schema] = {"service": _TEXT, "instance": _TEXT, "version": _TEXT}
_DATA: Mapping[EventType, Mapping[str, Schema]] = {
    EventType.TASK_CREATED: _OF_TASK,
    EventType.TASK_UPDATED: _OF_TASK,
    EventType.TASK_COMPLETED: {**_OF_TASK, "user_zone": _TEXT, "completed_at": _INSTANT},
    EventType.TASK_REOPENED: _OF_TASK,
    EventType.TASK_DELETED: _OF_TASK,
    EventType.TASK_RESTORED: _OF_TASK,
    EventType.SERIES_UPDATED: _OF_SERIES,
    EventType.SERIES_STOPPED: _OF_SERIES,
    EventType.TAG_UPDATED: {**_CHANGE, "tag": TAG, "tasks": _PLACES, "into": _TEXT, "moved": _PLACES},
    EventType.PREFERENCES_UPDATED: {**_CHANGE, "preferences": PREFERENCES},
    EventType.TASK_CREATE: {
        "user_id": _TEXT,
        "series_id": _TEXT,
        "series_version": _NUMBER,
        "predecessor_id": _TEXT,
        "completed_by": _TEXT,
        "completed_at": _INSTANT,
        "user_zone": _TEXT,
        "due": _or_null(_DUE),
        "passed_over": _COUNT,
    },
    EventType.REMINDER_DUE: {
        **_USER,
        "reminder_id": _TEXT,
        "task_id": _TEXT,
        "title": _TEXT,
        "due_at": _INSTANT,
        "remind_at": _INSTANT,
        "channels": _list(_TEXT),
    },
    EventType.NOTIFICATION_CREATED: {
        **_USER,
        "notification_id": _TEXT,
        "task_id": _or_null(_TEXT),
        "text": _TEXT,
        "created_at": _INSTANT,
    },
    EventType.USER_SIGNED_IN: {**_USER, "door": _TEXT},
    EventType.USER_SIGNED_OUT: {**_USER, "door": _TEXT},
    EventType.USER_ERASED: _USER,
    EventType.CHAT_ANSWERED: {
        **_USER,
        "conversation_id": _TEXT,
        "turn": _NUMBER,
        "model": _TEXT,
        "tools": _list(_object({"name": _TEXT, "ok": _FLAG})),
        "seconds": {"type": "number", "minimum": 0},
    },
    EventType.SYSTEM_STARTED: _OF_PROCESS,
    EventType.SYSTEM_STOPPED: _OF_PROCESS,
    EventType.SYSTEM_FAILED: {**_OF_PROCESS, "error": _TEXT},
}
_OPTIONAL: Mapping[EventType, tuple[str, ...]] = {EventType.TAG_UPDATED: ("tasks", "into", "moved")}
