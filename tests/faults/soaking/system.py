"""What the system holds after a soak, read from its tables and from what its broker was given, in the form of the model."""

import asyncio
import datetime as dt
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import asyncpg

from tests.faults.house import House
from tests.faults.soaking.model import Json, instant_text

PRIORITIES = ("low", "medium", "high", "urgent")
Rows = list[dict[str, Any]]


@dataclass
class System:
    """All that is compared. Changes are those of each user in order."""

    changes: dict[str, Rows]
    counters: dict[str, int]
    tasks: dict[str, Json]
    series: dict[str, Json]
    next_of: dict[str, Json | None]
    witness: Rows
    inbox: Rows
    published: list[tuple[str, Json]]
    leftovers: dict[str, int]
    integrity: str


def rows_of(house: House) -> Callable[[str], Rows]:
    """Return what runs a query on the house's database."""
    url = house.settings.database_url
    return house.rows if url is None else lambda query: asyncio.run(_fetched(url, query))


async def _fetched(url: str, query: str) -> Rows:
    connection = await asyncpg.connect(url)
    try:
        return [dict(row) for row in await connection.fetch(query)]
    finally:
        await connection.close()


def leftovers(rows: Callable[[str], Rows]) -> dict[str, int]:
    """Return how much waits in the outbox, with the broker, and among the dead letters."""
    tables = ("tasks_outbox", "broker_delivery", "broker_dead_letter")
    return {table: rows(f"SELECT count(*) AS number FROM {table}")[0]["number"] for table in tables}  # noqa: S608  ours


def read(house: House) -> System:
    """Read everything."""
    rows = rows_of(house)
    changes: dict[str, Rows] = {}
    for row in rows("SELECT * FROM tasks_change ORDER BY user_id, sequence"):
        changes.setdefault(row["user_id"], []).append(_change(row))
    tags: dict[str, list[str]] = {}
    links = "SELECT l.task_id, t.name FROM tasks_task_tag l JOIN tasks_tag t ON t.id = l.tag_id ORDER BY l.task_id, l.position"
    for row in rows(links):
        tags.setdefault(row["task_id"], []).append(row["name"])
    tasks = {row["id"]: _task(row, tags.get(row["id"], [])) for row in rows("SELECT * FROM tasks_task")}
    published = [json.loads(line) for line in (house.shared / "published").read_text().splitlines()]
    return System(
        changes=changes,
        counters={row["user_id"]: row["sequence"] for row in rows("SELECT user_id, sequence FROM tasks_user")},
        tasks=tasks,
        series={row["id"]: _series(row) for row in rows("SELECT * FROM tasks_series")},
        next_of={task_id: task["next"] for task_id, task in tasks.items()},
        witness=rows("SELECT * FROM soak_witness"),
        inbox=rows("SELECT * FROM tasks_inbox"),
        published=[(topic, event) for topic, event in published],
        leftovers=leftovers(rows),
        integrity="ok" if house.settings.database_url else rows("PRAGMA integrity_check")[0]["integrity_check"],
    )


def _change(row: dict[str, Any]) -> Json:
    read = {name: _json(row[name]) for name in ("fields", "snapshot", "more")}
    return {**row, **read, "at": _instant(row["at"])}


def _task(row: dict[str, Any], tags: list[str]) -> Json:
    outcome = {"reason": row["next_reason"], "task_id": row["next_task_id"], "passed_over": row["next_passed_over"]}
    plain = (
        "id", "user_id", "number", "title", "description", "status", "series_id", "predecessor_id", "caused_by",
        "completed_by", "version",
    )  # fmt: skip
    return (
        {name: row[name] for name in plain}
        | {
            "priority": PRIORITIES[row["priority"]],
            "tags": tags,
            "due": _due(row, "due"),
            "end": _due(row, "end"),
            "duration": row["duration_seconds"],
            "deadline": row["deadline"],
            "reminders": _json(row["reminders"]),
            "occurrence": _due(row, "occurrence"),
            "next": outcome if row["next_reason"] else None,
            "usual": _json(row["usual"]),
            "taken_back": bool(row["taken_back"]),
        }
        | {name: _text(row[name]) for name in ("completed_at", "deleted_at", "created_at", "updated_at")}
    )


def _series(row: dict[str, Any]) -> Json:
    read = {name: _json(row[name]) for name in ("rules", "excluded_dates", "excluded_rules")}
    return {**row, **read, "until": None if row["until"] is None else str(row["until"])[:10]}


def _due(row: dict[str, Any], name: str) -> Json | None:
    date, time = row[f"{name}_date"], row[f"{name}_time"]
    if date is None:
        return None
    told = None if time is None else dt.time.fromisoformat(str(time)).isoformat()
    return {"date": str(date)[:10], "time": told, "zone": row[f"{name}_zone"]}


def _json(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str) else value


def _instant(value: str | dt.datetime) -> dt.datetime:
    read = dt.datetime.fromisoformat(value) if isinstance(value, str) else value
    return read if read.tzinfo else read.replace(tzinfo=dt.UTC)


def _text(value: str | dt.datetime | None) -> str | None:
    return None if value is None else instant_text(_instant(value))
