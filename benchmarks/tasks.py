"""Ten thousand tasks as one busy person has them, put in over HTTP in batches of a hundred."""

import datetime as dt
import json
import random
from typing import Any

from benchmarks.hosts import token
from benchmarks.wire import Connection, request
from services.local.host_file import HostRecord
from services.local.user import LOCAL_USER

COUNT = 10_000
_VERBS = ("write", "call", "buy", "review", "send", "plan", "fix", "book", "read", "pay")
_THINGS = ("report", "dentist", "milk", "budget", "invoice", "holiday", "bicycle", "flight", "paper", "rent")
_TAGS = ("work", "home", "health", "errands", "money")


async def fill(record: HostRecord, count: int = COUNT, user: str = LOCAL_USER) -> list[str]:
    """Create `count` tasks, of which one in fifty repeats; return the ids of all."""
    connection = Connection(record.port)
    chance = random.Random(7)  # noqa: S311  the same tasks in every run
    ids = []
    for first in range(0, count, 100):
        items = [one(number, chance) for number in range(first, min(first + 100, count))]
        asked = request("POST", "/api/v1/tasks", token(record, user=user), {"items": items})
        answer = json.loads(await connection.send(asked))
        ids += [result["task"]["id"] for result in answer["results"]]
    await connection.close()
    return ids


def one(number: int, chance: random.Random) -> dict[str, Any]:
    """Return the fields of a task: most have a due, half a time, a third a description, every one a tag or two."""
    fields: dict[str, Any] = {
        "title": f"{chance.choice(_VERBS)} the {chance.choice(_THINGS)} {number}",
        "priority": chance.choice(("low", "medium", "medium", "high", "urgent")),
        "tags": chance.sample(_TAGS, chance.choice((1, 2))),
    }
    if chance.random() < 0.9:
        day = dt.date(2026, 11, 1) + dt.timedelta(days=chance.randrange(400))
        fields["due"] = {"date": day.isoformat()}
        if chance.random() < 0.5:
            fields["due"]["time"] = f"{chance.randrange(7, 20):02}:{chance.choice(('00', '15', '30'))}"
    if chance.random() < 0.3:
        fields["description"] = f"Ask {chance.choice(('Ann', 'Bob', 'Cleo'))} about the {chance.choice(_THINGS)} first."
    if number % 50 == 0:
        fields |= {
            "due": {"date": "2026-12-01", "time": "09:00"},
            "rrule": chance.choice(("FREQ=DAILY", "FREQ=WEEKLY")),
        }
    return fields
