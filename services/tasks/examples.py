"""Examples of answers, for the OpenAPI document and the reference. A test reads each with its model."""

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel

from taskora.api import wire

Json = dict[str, Any]

_DUE: Json = {"date": "2026-12-01", "time": "09:00:00", "zone": "Europe/Berlin", "at": "2026-12-01T08:00:00Z"}
_TASK: Json = {
    "id": "019ab9c0-5a1e-7c3e-b7a4-0d7a4a1f2c11",
    "number": 12,
    "title": "pay rent",
    "description": "",
    "status": "open",
    "priority": "urgent",
    "tags": ["home"],
    "due": _DUE,
    "due_text": "Tue 1 Dec 2026, 09:00",
    "end": None,
    "duration_min": None,
    "deadline": None,
    "reminders": ["-PT30M"],
    "repeats": {
        "series_id": "019ab9c0-5a1e-7c3e-b7a4-0d7a4a1f2c12",
        "rules": [{"rrule": "FREQ=MONTHLY;BYMONTHDAY=1", "start": "2026-12-01", "time": "09:00:00"}],
        "excluded_dates": [],
        "excluded_rules": [],
        "text": "every month on the 1st at 09:00",
        "anchor": "schedule",
        "until": None,
        "count": None,
        "state": "active",
    },
    "occurrence": _DUE,
    "predecessor_id": None,
    "next": None,
    "version": 1,
    "created_at": "2026-11-24T15:00:00Z",
    "updated_at": "2026-11-24T15:00:00Z",
    "completed_at": None,
    "deleted_at": None,
}
_COMMAND = "019ab9c0-5a1e-7c3e-b7a4-0d7a4a1f2c13"
_DONE: Json = {"ok": True, "task": _TASK, "assumptions": [], "left": []}
_SEVERAL: Json = {
    "code": "ambiguous",
    "detail": "Several tasks fit “call”.",
    "advice": "Say which one, by its number.",
    "field": "task",
    "candidates": [
        {"id": "019ab9c0-5a1e-7c3e-b7a4-0d7a4a1f2c14", "number": 3, "title": "call Ann", "due": "Wed 25 Nov 2026"},
        {"id": "019ab9c0-5a1e-7c3e-b7a4-0d7a4a1f2c15", "number": 5, "title": "call Bob", "due": None},
    ],
}
_RESULTS: list[Json] = [_DONE, {"ok": False, "problem": _SEVERAL}]
_TAG: Json = {"name": "home", "colour": "#12b76a", "open": 4}
_PREFERENCES: Json = {
    "zone": "Europe/Paris",
    "locale": "en",
    "week_start": "monday",
    "date_order": "mdy",
    "all_day_time": "09:00",
    "default_reminder_minutes": 30,
    "require_end": False,
}
_MOVED: Json = {
    "sequence": 41,
    "at": "2026-11-24T16:00:00+01:00",
    "at_text": "Tue 24 Nov 2026, 16:00",
    "actor": "agent",
    "actor_text": "the agent",
    "channel": "chat",
    "command_id": _COMMAND,
    "type": "task.updated",
    "task": {"id": _TASK["id"], "number": 12, "title": "pay rent"},
    "text": "moved from Mon 30 Nov to Tue 1 Dec",
    "undone": False,
}
_CHANGE: Json = {
    "sequence": 41,
    "event_id": "019ab9c0-5a1e-7c3e-b7a4-0d7a4a1f2c16",
    "type": "task.updated",
    "subject": _TASK["id"],
    "at": "2026-11-24T15:00:00Z",
    "actor": {"kind": "agent", "name": "assistant"},
    "channel": "chat",
    "command_id": _COMMAND,
    "changes": {"priority": ["medium", "urgent"]},
    "snapshot": {"id": _TASK["id"], "number": 12, "title": "pay rent", "priority": "urgent"},
}

ANSWERS: Mapping[type[BaseModel], Json] = {
    wire.Task: _TASK,
    wire.TaskPage: {
        "tasks": [_TASK],
        "total": None,
        "next_cursor": "W1tdLCBbNDFdXQ",
        "period": {"from": "2026-12-01", "to": "2026-12-01", "text": "Tue 1 Dec 2026"},
    },
    wire.BatchAnswer: {"command_id": _COMMAND, "results": _RESULTS},
    wire.OneAnswer: {"command_id": _COMMAND, **_DONE, "assumptions": ["took 9 as 9 am"]},
    wire.UndoAnswer: {"command_id": _COMMAND, "undone": "completing “pay rent”", "results": [_DONE]},
    wire.Dates: {
        "task_id": _TASK["id"],
        "dates": [{**_DUE, "date": "2027-01-01", "at": "2027-01-01T08:00:00Z"}],
        "text": "every month on the 1st at 09:00",
        "ends": False,
    },
    wire.Overview: {
        "now": "2026-11-24T16:00:00+01:00",
        "zone": "Europe/Berlin",
        "today": "2026-11-24",
        "open": 14,
        "overdue": 1,
        "due_today": 3,
        "due_week": 6,
        "no_due": 4,
        "repeating": 2,
        "urgent": 1,
        "completed_today": 5,
        "tags": [_TAG],
        "attention": [_TASK],
    },
    wire.ActivityPage: {"activity": [_MOVED], "next_cursor": None},
    wire.TagPage: {"tags": [_TAG]},
    wire.TagAnswer: {
        "command_id": _COMMAND,
        "results": [{"ok": True, "tag": {"name": "home", "colour": "#12b76a"}}],
    },
    wire.Preferences: _PREFERENCES,
    wire.PreferencesAnswer: _PREFERENCES,
    wire.ChangePage: {"changes": [_CHANGE], "more": False},
}
