"""The people of the soak: each works on tasks of their own, insists until a host has answered, and keeps a model beside it."""

import contextlib
import json
import random
import threading
from collections.abc import Callable
from http.client import HTTPConnection, HTTPException
from typing import Any
from zoneinfo import ZoneInfo

from services.kit.tokens import TokenSigner
from services.local import host_file
from services.local.user import LOCAL_USER, sign
from taskora.domain.actor import Actor, ActorKind, Channel, Principal
from tests.faults.house import House
from tests.faults.model import Answer, Model, ModelTask
from tests.hosts import ZONE
from tests.waiting import until_now

PATIENCE = 120.0
PAUSE = 0.05
"""Longest pause in seconds between two commands of a person."""
RULES = {None: None, 1: "FREQ=DAILY", 7: "FREQ=WEEKLY"}
ACTS = ("create", "complete", "complete", "complete", "reopen", "delete", "restore", "rename", "prioritise")


class Door:
    """The HTTP interface of whatever host runs in the house at the moment."""

    def __init__(self, house: House) -> None:
        self._house = house

    def insist(self, method: str, path: str, body: Answer | None = None, *, key: str = "", ops: bool = False) -> Answer:
        """Ask again and again until a host has answered."""
        answer = until_now(lambda: self._ask(method, path, body, key, ops), limit=PATIENCE)
        assert answer is not None
        return answer

    def _ask(self, method: str, path: str, body: Answer | None, key: str, ops: bool) -> Answer | None:
        record = host_file.read(self._house.settings.data_dir)
        if record is None:
            return None
        headers = {"Authorization": f"Bearer {_token(record.key, ops=ops)}", "Content-Type": "application/json"}
        if key:
            headers["Idempotency-Key"] = key
        with contextlib.closing(HTTPConnection("127.0.0.1", record.port, timeout=30)) as connection:
            try:
                connection.request(method, path, None if body is None else json.dumps(body), headers)
                answer = connection.getresponse()
                text = answer.read()
            except (OSError, HTTPException):
                return None
        if answer.status in {401, 503}:  # another host's key, or a host that is busy
            return None
        assert answer.status == 200, text
        found: Answer = json.loads(text)
        return found


class AtWork(threading.Thread):
    """Takes one turn after the other until told to end. A turn that fails ends everybody's work and is the `failure`."""

    def __init__(self, turn: Callable[[], None], pause: Callable[[], float], ending: threading.Event) -> None:
        super().__init__()
        self.failure: BaseException | None = None
        self._turn = turn
        self._pause = pause
        self._ending = ending

    def run(self) -> None:
        """Work."""
        try:
            while not self._ending.wait(self._pause()):
                self._turn()
        except BaseException as error:  # noqa: BLE001  the main thread raises it
            self.failure = error
            self._ending.set()


class Person:
    """Does something to tasks of their own at each turn, and keeps the model of them."""

    def __init__(self, house: House, name: str, seed: str) -> None:
        self.name = name
        self.model = Model(ZoneInfo(ZONE))
        self.turns = 0
        self._door = Door(house)
        self._random = random.Random(f"{seed} {name}")  # noqa: S311  no secret
        self._acts: dict[str, tuple[Callable[[ModelTask], bool], Callable[[ModelTask], None]]] = {
            "complete": (_is_open, self._complete),
            "reopen": (self.model.may_reopen, self._reopen),
            "delete": (_is_open, self._delete),
            "restore": (lambda task: task.deleted and task.touched, self._restore),
            "rename": (_is_open, self._rename),
            "prioritise": (_is_open, self._prioritise),
        }

    def pause(self) -> float:
        """Return the seconds until the next turn."""
        return self._random.uniform(0, PAUSE)

    def turn(self) -> None:
        """Do something that fits; create a task where nothing does."""
        self.turns += 1
        act = self._random.choice(ACTS)
        fits, do = self._acts.get(act, (_never, self._complete))
        tasks = [task for task in self.model.tasks.values() if fits(task)]
        if tasks:
            do(self._random.choice(tasks))
        else:
            self._create()

    def _create(self) -> None:
        every = self._random.choice(list(RULES))
        title = f"{self.name} {self.turns}"
        item: dict[str, Any] = {"title": title, "due": {"date": "2026-11-25", "time": "09:00", "zone": ZONE}}
        if every is not None:
            item["rrule"] = RULES[every]
        self.model.created(self._command("POST", "/tasks", item), title, every)

    def _complete(self, task: ModelTask) -> None:
        date = self.model.completed(task, self._command("POST", "/tasks/complete", {"task": task.id}))
        if date is None:
            return

        def outcome() -> Answer | None:
            found: Answer | None = self._door.insist("GET", f"/api/v1/tasks/{task.id}").get("next")
            return found

        found = until_now(outcome, limit=PATIENCE)
        assert found is not None
        assert found["reason"] == "made", found
        self.model.followed(task, found["task_id"], date)

    def _reopen(self, task: ModelTask) -> None:
        self._command("POST", "/tasks/reopen", {"task": task.id})
        self.model.reopened(task)

    def _delete(self, task: ModelTask) -> None:
        self._command("POST", "/tasks/delete", {"task": task.id})
        self.model.deleted(task)

    def _restore(self, task: ModelTask) -> None:
        self._command("POST", "/tasks/restore", {"task": task.id})
        self.model.restored(task)

    def _rename(self, task: ModelTask) -> None:
        title = f"{self.name} {self.turns} renamed"
        self._command("PATCH", "/tasks", {"task": task.id, "title": title})
        self.model.edited(task, title=title)

    def _prioritise(self, task: ModelTask) -> None:
        priority = self._random.choice(["low", "high", "urgent"])
        self._command("PATCH", "/tasks", {"task": task.id, "priority": priority})
        self.model.edited(task, priority=priority)

    def _command(self, method: str, path: str, item: Answer) -> Answer:
        answer = self._door.insist(method, f"/api/v1{path}", {"items": [item]}, key=f"{self.name} {self.turns}")
        (result,) = answer["results"]
        assert result["ok"], (path, item, result)
        task: Answer = result["task"]
        return task


class Operator:
    """Delivers again what got stuck."""

    def __init__(self, house: House) -> None:
        self._door = Door(house)

    def pause(self) -> float:
        """Return the seconds until the next look."""
        return 1.0

    def turn(self) -> None:
        """Deliver again all that is stuck now."""
        self._door.insist("POST", "/ops/dead-letters/replay", {"all": True}, ops=True)


def _is_open(task: ModelTask) -> bool:
    return task.status == "open" and not task.deleted


def _never(_: ModelTask) -> bool:
    return False


def _token(key: str, *, ops: bool) -> str:
    if not ops:
        return sign(key, actor=Actor(ActorKind.USER), channel=Channel.API, audience="tasks")
    principal = Principal(LOCAL_USER, Actor(ActorKind.USER), Channel.API, frozenset({"operate"}))
    return TokenSigner(key).sign(principal, "ops")
