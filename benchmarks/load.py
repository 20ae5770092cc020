"""The load: clients that read four times for each write. It runs in a process of its own, away from the host and the figures.

Reads: half list 50 open tasks by due, a quarter list those of a tag and a priority, a quarter search for a word. Writes: half
create a task, a quarter change one, a quarter complete one (every fiftieth repeats).
"""

import asyncio
import itertools
import random
import time
from collections.abc import Coroutine, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from multiprocessing import get_context
from typing import Any

from benchmarks.hosts import token
from benchmarks.tasks import one
from benchmarks.wire import Connection, request
from services.local.host_file import HostRecord
from services.local.user import LOCAL_USER

READS = (
    "/api/v1/tasks?sort=due&limit=50",
    "/api/v1/tasks?tag=work&priority=high&sort=due&limit=50",
    "/api/v1/tasks?sort=due&limit=50",
    "/api/v1/tasks?text=dentist&limit=50",
)
TOKEN_LIFE = 40.0
Asked = tuple[str, str, str, dict[str, object] | None]
"""Kind, method, path, body."""


@dataclass(slots=True)
class Taken:
    """How long each request took, in milliseconds, by its kind; `seconds` is how long all of it took."""

    read: list[float] = field(default_factory=list)
    write: list[float] = field(default_factory=list)
    seconds: float = 0.0
    busy: float = 0.0

    @property
    def all(self) -> list[float]:
        """Return reads and writes together."""
        return self.read + self.write


def put(record: HostRecord, ids: Sequence[str], *, clients: int, seconds: float, pause: float = 0.0) -> Taken:
    """Put the load of one user on a host from another process; `pause` is the mean of the clients' pauses in seconds."""
    return _in_process([(record, LOCAL_USER, list(ids), clients)], seconds, pause)


def put_crowd(record: HostRecord, ids: Mapping[str, Sequence[str]], *, seconds: float, pause: float) -> Taken:
    """Put the load of many users on a host, a client each; `ids` are the tasks of each."""
    return _in_process([(record, user, list(theirs), 1) for user, theirs in ids.items()], seconds, pause)


_Party = tuple[HostRecord, str, list[str], int]
"""A host, a user, the user's tasks, and how many clients the user has."""


def _in_process(parties: list[_Party], seconds: float, pause: float) -> Taken:
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as process:
        return process.submit(_put, parties, seconds, pause).result()


def _put(parties: list[_Party], seconds: float, pause: float) -> Taken:
    return asyncio.run(_clients(parties, seconds, pause))


async def _clients(parties: list[_Party], seconds: float, pause: float) -> Taken:
    taken = Taken()
    begun, busy = time.perf_counter(), time.process_time()
    running: list[Coroutine[Any, Any, None]] = []
    for record, user, ids, clients in parties:
        job = _Job(_Signed(record, user), _plan(ids), taken, begun + seconds, pause)
        running += [_client(len(running) + number, job) for number in range(clients)]
    await asyncio.gather(*running)
    taken.seconds = time.perf_counter() - begun
    taken.busy = (time.process_time() - busy) / taken.seconds
    return taken


async def _client(number: int, job: "_Job") -> None:
    chance = random.Random(number)  # noqa: S311  the same pauses in every run
    connection = Connection(job.signed.record.port)
    await asyncio.sleep(chance.random() * job.pause)
    while time.perf_counter() < job.end:
        kind, method, path, body = next(job.plan)
        asked = request(method, path, job.signed.token(), body)
        begun = time.perf_counter()
        await connection.send(asked)
        getattr(job.taken, kind).append((time.perf_counter() - begun) * 1000)
        if job.pause:
            await asyncio.sleep(chance.expovariate(1 / job.pause))
    await connection.close()


def _plan(ids: list[str]) -> Iterator[Asked]:
    """Yield what is asked next, by whichever client is free: kind, method, path, body."""
    chance = random.Random(3)  # noqa: S311  the same load in every run
    chance.shuffle(ids)
    numbers = itertools.count(1_000_001)
    for turn in itertools.count():
        for path in READS:
            yield "read", "GET", path, None
        if turn % 2 == 0:
            yield "write", "POST", "/api/v1/tasks", {"items": [one(next(numbers), chance)]}
        elif turn % 4 == 1:
            item = {"task": ids[turn % len(ids)], "priority": chance.choice(("low", "high"))}
            yield "write", "PATCH", "/api/v1/tasks", {"items": [item]}
        else:
            yield "write", "POST", "/api/v1/tasks/complete", {"items": [{"task": ids.pop()}]}


class _Signed:
    """A token that is signed anew before it ends."""

    def __init__(self, record: HostRecord, user: str) -> None:
        self.record = record
        self._user = user
        self._token = ""
        self._until = 0.0

    def token(self) -> str:
        if time.monotonic() > self._until:
            self._token, self._until = token(self.record, user=self._user), time.monotonic() + TOKEN_LIFE
        return self._token


@dataclass(frozen=True, slots=True)
class _Job:
    """What the clients share."""

    signed: _Signed
    plan: Iterator[Asked]
    taken: Taken
    end: float
    pause: float
