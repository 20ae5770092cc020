"""One client alone, over real HTTP, on ten thousand tasks: how long one thing takes."""

import asyncio
import json
import random
import time
from collections.abc import Callable
from typing import Any

from benchmarks import tasks
from benchmarks.figures import Figure, Section, percentile
from benchmarks.hosts import SYSTEMS, running, token
from benchmarks.wire import Connection, request
from services.local.host_file import HostRecord

TIMES = 200
Asked = Callable[[int], tuple[str, str, dict[str, Any] | None]]


def measure() -> Section:
    """Measure the medians on both systems, one after the other."""
    figures: list[Figure] = []
    for system in SYSTEMS:
        with running(system) as (host, record):
            asyncio.run(tasks.fill(record))
            host.drain()
            figures += asyncio.run(_measure(record, system))
    return Section(
        "One client alone",
        f"Medians of {TIMES} requests over one kept connection, one after the other, 10,000 tasks. Durably: an answer comes "
        "after the disk has it (synchronous=FULL; PostgreSQL: fsync and synchronous_commit on, on this machine).",
        tuple(figures),
    )


async def _measure(record: HostRecord, system: str) -> tuple[Figure, ...]:
    connection = Connection(record.port)
    repeating = [await _repeating(connection, record, number) for number in range(TIMES)]
    chance = random.Random(5)  # noqa: S311  the same tasks in every run
    things: list[tuple[str, float, Asked]] = [
        (
            "create a task",
            3,
            lambda number: ("POST", "/api/v1/tasks", {"items": [tasks.one(2_000_001 + number, chance)]}),
        ),
        ("list 50 by due", 3, lambda _: ("GET", "/api/v1/tasks?sort=due&limit=50", None)),
        ("search", 3, lambda number: ("GET", f"/api/v1/tasks?text=dentist%20{number}&limit=50", None)),
        ("search, many found", 3, lambda _: ("GET", "/api/v1/tasks?text=dentist&limit=50", None)),
        (
            "complete a repeating task",
            4,
            lambda number: ("POST", "/api/v1/tasks/complete", {"items": [{"task": repeating[number]}]}),
        ),
        (
            "create from words",
            3,
            lambda number: ("POST", "/api/v1/tasks", {"items": [{"text": f"call ann about {number} tomorrow 5pm p1"}]}),
        ),
    ]
    figures = []
    for name, limit, asked in things:
        took = [await _timed(connection, record, *asked(number)) for number in range(TIMES)]
        figures.append(Figure(f"{system}: {name}, P50", percentile(took, 0.5), "ms", limit))
        figures.append(Figure(f"{system}: {name}, P95", percentile(took, 0.95), "ms"))
    await connection.close()
    return tuple(figures)


async def _repeating(connection: Connection, record: HostRecord, number: int) -> str:
    item = {
        "title": f"water the plants {number}",
        "due": {"date": "2026-12-01", "time": "09:00"},
        "rrule": "FREQ=DAILY",
    }
    body = await connection.send(request("POST", "/api/v1/tasks", token(record), {"items": [item]}))
    return str(json.loads(body)["results"][0]["task"]["id"])


async def _timed(
    connection: Connection, record: HostRecord, method: str, path: str, body: dict[str, Any] | None
) -> float:
    asked = request(method, path, token(record), body)
    begun = time.perf_counter()
    await connection.send(asked)
    return (time.perf_counter() - begun) * 1000
