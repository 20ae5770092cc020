"""The people of a soak: what they do follows from the seed and from what they have seen. They speak through the typed client.

A command with an idempotency key is sent until a host has answered it; one without is sent once, whatever becomes of it. Some
are sent twice at once, some meet others over the same task.
"""

import asyncio
import datetime as dt
import random
from collections.abc import Callable
from typing import Any

import httpx2

from services.kit.tokens import TokenSigner
from services.local import host_file
from services.local.host_file import HostRecord
from taskora.api import wire
from taskora.api.client import TasksClient
from taskora.domain.actor import Actor, ActorKind, Channel, Principal
from taskora.domain.errors import Refused, Unauthenticated, Unavailable
from tests.faults.house import House
from tests.faults.soaking import dates
from tests.faults.soaking.history import Asked, History, Json

ZONES = ("America/New_York", "Europe/Berlin", "Asia/Kolkata", "Australia/Lord_Howe", "Pacific/Auckland", "UTC")
RULES = (
    "FREQ=DAILY", "FREQ=DAILY;INTERVAL=3", "FREQ=WEEKLY", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH",
    "FREQ=MONTHLY;BYMONTHDAY=31", "FREQ=MONTHLY;BYDAY=-1FR", "FREQ=MONTHLY;BYDAY=1MO", "FREQ=MONTHLY", "FREQ=YEARLY",
    "FREQ=DAILY;COUNT=3", "FREQ=DAILY;COUNT=2", "FREQ=HOURLY;INTERVAL=6",
)  # fmt: skip
FROM_COMPLETION = ("FREQ=DAILY;INTERVAL=2", "FREQ=WEEKLY", "FREQ=MONTHLY")
TIMES = ("09:00:00", "18:30:00", "23:45:00", "02:30:00", None)
KINDS = {
    "create": 5, "complete": 9, "reopen": 3, "undo": 3, "update": 4, "skip": 2, "stop": 1, "delete": 3, "restore": 3,
    "zone": 1, "meeting": 3, "twins": 2, "look": 3,
}  # fmt: skip
AT_ONCE = ("meeting", "twins")
MEETINGS = (
    ("complete", "complete"),
    ("complete", "delete"),
    ("complete", "skip"),
    ("delete", "update"),
    ("stop", "complete"),
)
LIMIT = 180.0
"""Seconds after which nobody insists any longer: the host does not come back."""


class Door:
    """The way to whatever host runs in a house at the moment."""

    def __init__(self, house: House) -> None:
        self._data_dir = house.settings.data_dir
        self._http: dict[int, httpx2.AsyncClient] = {}

    def client(self, user: str) -> TasksClient | None:
        """Return a client for a user; None while no host listens."""
        record = host_file.read(self._data_dir)
        if record is None:
            return None
        principal = Principal(user, Actor(ActorKind.USER), Channel.API)
        return TasksClient(self._to(record), lambda: TokenSigner(record.key).sign(principal, "tasks"))

    async def replay_what_is_stuck(self) -> None:
        """Deliver again, as an operator, what is stuck."""
        record = host_file.read(self._data_dir)
        if record is None:
            return
        principal = Principal("operator", Actor(ActorKind.USER), Channel.API, frozenset({"operate"}))
        headers = {"Authorization": f"Bearer {TokenSigner(record.key).sign(principal, 'ops')}"}
        try:
            await self._to(record).post("/ops/dead-letters/replay", json={"all": True}, headers=headers)
        except httpx2.TransportError:
            return

    def _to(self, record: HostRecord) -> httpx2.AsyncClient:
        if record.pid not in self._http:
            self._http[record.pid] = httpx2.AsyncClient(base_url=record.url, timeout=30.0, verify=False)
        return self._http[record.pid]

    async def close(self) -> None:
        """Close all connections, to dead hosts as well."""
        for http in self._http.values():
            await http.aclose()


class Person:
    """One user, doing one thing after the other; `known` is what the answers told of the tasks."""

    def __init__(self, user: str, door: Door, history: History, seed: str, *, steady: bool = False) -> None:
        self.user = user
        self.turns = 0
        self.known: dict[str, Json] = {}
        self._zone: str | None = None
        self._door = door
        self._history = history
        self._random = random.Random(f"{seed} {user}")  # noqa: S311  no secret
        self._kinds = {kind: share for kind, share in KINDS.items() if not steady or kind not in AT_ONCE}
        self._keys = 0
        self._commands: list[str] = []

    async def live(self, ending: asyncio.Event, pause: float) -> None:
        """Do one thing after the other until the end."""
        while not ending.is_set():
            await self.turn()
            await asyncio.sleep(self._random.uniform(0, pause))

    async def turn(self) -> None:
        """Do something."""
        self.turns += 1
        kind = self._random.choices(list(self._kinds), list(self._kinds.values()))[0]
        if kind == "look" or self.turns % 12 == 0:
            await self._look()
        elif kind == "zone":
            self._zone = self._random.choice(ZONES)
            await self._send("preferences", {"zone": self._zone}, key=None, insist=True)
        elif kind == "meeting":
            await self._meet()
        elif kind == "twins":
            asked = self._asked(self._random.choice(("create", "complete", "undo")), keyed=True)
            await asyncio.gather(self._insist(asked), self._insist(asked))
        else:
            asked = self._asked(kind, keyed=self._random.random() < 0.92)
            await self._insist(asked)

    async def _meet(self) -> None:
        """Let two commands over one task meet."""
        target = self._target()
        pair = self._random.choice(MEETINGS)
        bodies = [{"items": [self._edit(target) if kind == "update" else {"task": target["task"]}]} for kind in pair]
        await asyncio.gather(
            *(self._send(kind, body, key=self._key()) for kind, body in zip(pair, bodies, strict=True))
        )

    async def _look(self) -> None:
        """See what the system has made meanwhile."""
        client = self._door.client(self.user)
        if client is None:
            return
        try:
            page = await client.tasks(wire.TaskQuery(status="all", limit=100, sort="-number"))
        except (Unavailable, Unauthenticated):
            return
        for task in page.tasks:
            self._learn(task.model_dump(mode="json"))

    def _asked(self, kind: str, *, keyed: bool) -> Asked:
        """Draw a command."""
        return self._history.ask(self.user, kind, self._body(kind), self._key() if keyed else None)

    def _body(self, kind: str) -> Json:
        if kind == "undo":
            if self._commands and self._random.random() < 0.2:
                return {"command_id": self._random.choice(self._commands[-6:])}
            return {}
        number = self._random.choice((1, 1, 1, 2, 4))
        if kind == "create":
            return {"items": [self._new_task(one) for one in range(number)]}
        fits = _FITS.get(kind, _anything)
        targets = [self._target(fits) for _ in range(number)]
        return {"items": [self._edit(target) if kind == "update" else target for target in targets]}

    def _new_task(self, number: int) -> Json:
        draw = self._random
        title = f"{self.user} {self.turns}.{number}" if draw.random() < 0.97 else ""
        item: Json = {"title": title, "priority": draw.choice(("low", "medium", "high", "urgent"))}
        if draw.random() < 0.4:
            item["tags"] = draw.sample(("home", "work", "garden"), 2)
        if draw.random() < 0.3:
            item["reminders"] = ["-PT30M"]
        day = self._history.clock[-1][1].date() + dt.timedelta(days=draw.randint(-3, 6))
        time = draw.choice(TIMES)
        if draw.random() < 0.65:
            from_completion = draw.random() < 0.2
            rule = draw.choice(FROM_COMPLETION if from_completion else RULES)
            if from_completion:
                item["anchor"] = "completion"
            if "HOURLY" in rule:
                time = time or "09:00:00"
            day = dates.first_on(rule, day)
            if draw.random() < 0.15 and "COUNT" not in rule:
                rule += f";UNTIL={day + dt.timedelta(days=draw.randint(0, 20)):%Y%m%d}"
            item["rrule"] = rule
        elif draw.random() < 0.3:
            return item
        item["due"] = {"date": day.isoformat()} | ({"time": time} if time else {})
        if time and "rrule" not in item and draw.random() < 0.5:
            item["due"]["zone"] = draw.choice(ZONES)
        return item

    def _edit(self, target: Json) -> Json:
        draw = self._random
        item = dict(target)
        for _ in range(draw.randint(1, 2)):
            name = draw.choice(("title", "priority", "tags_add", "description", "shift_days"))
            item[name] = {
                "title": f"{self.user} {self.turns} renamed",
                "priority": draw.choice(("low", "medium", "urgent")),
                "tags_add": [draw.choice(("later", "work"))],
                "description": f"said in turn {self.turns}",
                "shift_days": draw.choice((1, 2, -1)),
            }[name]
        if "shift_days" not in item and draw.random() < 0.5:
            item["scope"] = draw.choice(("this", "future"))
        return item

    def _target(self, fits: Callable[[Json], bool] = lambda _: True) -> Json:
        """Draw a task; mostly one that the command fits, sometimes any, sometimes one that is not there."""
        draw = self._random
        tasks = sorted(self.known.values(), key=lambda task: task["number"])
        fitting = [task for task in tasks if fits(task)][-30:]
        some = fitting if fitting and draw.random() < 0.9 else tasks
        if not some:
            return {"task": "00000000-0000-7000-8000-000000000000"}
        task = draw.choice(some)
        if draw.random() < 0.1:
            return {"task": task["id"], "version": task["version"] - (draw.random() < 0.3)}
        return {"task": task["id"]}

    def _key(self) -> str:
        self._keys += 1
        return f"{self.user} {self._keys}"

    async def _send(self, kind: str, body: Json, *, key: str | None, insist: bool = False) -> None:
        await self._insist(self._history.ask(self.user, kind, body, key), always=insist)

    async def _insist(self, asked: Asked, *, always: bool = False) -> None:
        """Send a command until it is answered; without a key only once."""
        async with asyncio.timeout(LIMIT):
            while True:
                client = self._door.client(self.user)
                if client is not None:
                    asked.attempts += 1
                    try:
                        answer = await _call(client, asked)
                    except (Unavailable, Unauthenticated):
                        if asked.key is None and not always:
                            return
                    except Refused as refusal:
                        asked.told(None, refusal.code, self._history.next())
                        return
                    else:
                        asked.told(answer, None, self._history.next())
                        self._learn_all(asked, answer)
                        return
                await asyncio.sleep(0.03)

    def _learn_all(self, asked: Asked, answer: Json) -> None:
        if asked.kind not in {"preferences", "undo"} and asked.command_id:
            self._commands.append(asked.command_id)
        for result in answer.get("results", ()):
            if result["task"] is not None:
                self._learn(result["task"])

    def _learn(self, task: Json) -> None:
        held = self.known.get(task["id"])
        if held is None or held["version"] <= task["version"]:
            self.known[task["id"]] = task


def _anything(_: Json) -> bool:
    return True


def _is_open(task: Json) -> bool:
    return task["status"] == "open" and task["deleted_at"] is None


_FITS: dict[str, Callable[[Json], bool]] = {
    "complete": _is_open,
    "update": lambda task: task["deleted_at"] is None,
    "delete": lambda task: task["deleted_at"] is None,
    "skip": lambda task: _is_open(task) and task["repeats"] is not None,
    "stop": lambda task: task["deleted_at"] is None and task["repeats"] is not None,
    "reopen": lambda task: task["status"] == "completed" and task["deleted_at"] is None,
    "restore": lambda task: task["deleted_at"] is not None,
}


async def _call(client: TasksClient, asked: Asked) -> Json:
    """Send a command through the typed client; return its answer as JSON."""
    body, answer = asked.body, None
    if asked.kind == "preferences":
        answer = await client.set_preferences(wire.PreferencesEdit(zone=body["zone"]))
        return {"command_id": "", "zone": answer.zone}
    if asked.kind == "undo":
        command = body.get("command_id")
        undone = await (client.undo(key=asked.key) if command is None else client.undo_command(command, key=asked.key))
        return undone.model_dump(mode="json")
    models: dict[str, Any] = {"create": wire.NewTask, "update": wire.TaskEdit}
    items = [models.get(asked.kind, wire.TaskTarget).model_validate(_sent(item)) for item in body["items"]]
    batch: wire.BatchAnswer = await getattr(client, asked.kind)(items, key=asked.key)
    return batch.model_dump(mode="json")


def _sent(item: Json) -> Json:
    """Return an item as it goes over the wire: days as a duration."""
    sent = dict(item)
    days = sent.pop("shift_days", None)
    if days is not None:
        sent["shift"] = f"{'-' if days < 0 else ''}P{abs(days)}D"
    return sent
