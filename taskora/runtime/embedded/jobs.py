"""The jobs port in rows: one-shot jobs in domain time, and the one timer that does them when they are due.

The timer sleeps until the next job, at most a second, so that the sleep of a laptop delays nothing further; setting a job and
moving the clock file wake it. A job that is tried again waits in system time. A job that was replaced while it ran stays.
"""

import asyncio
import contextlib
import datetime as dt
import json
import secrets
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import structlog
from sqlalchemy import Connection, Text, bindparam, text
from sqlmodel import Field, SQLModel

from taskora.domain.errors import TaskoraError, Unavailable
from taskora.runtime.embedded.clock import FileClock
from taskora.runtime.embedded.flight import Flight
from taskora.runtime.handling import handle_job
from taskora.runtime.ports import Clock, Job, JobHandler, Outcome, checked_job_name
from taskora.runtime.worker import Backoff, Worker
from taskora.storage.database import Database
from taskora.storage.unit_of_work import UnitOfWork

ABREAST = 100
LONGEST_SLEEP = 1.0
FOLLOW_CLOCK = 0.02
"""Seconds between two looks at a clock file."""
ATTEMPTS = 24 * 60
"""With pauses of up to a minute: about a day."""
log = structlog.get_logger()


class JobRow(SQLModel, table=True):
    """A job that is to be done. `due_at` is domain time, `not_before` system time, both in POSIX seconds; `data` is JSON."""

    __tablename__ = "runtime_job"

    service: str = Field(primary_key=True, max_length=100)
    name: str = Field(primary_key=True, max_length=200)
    edition: str = Field(max_length=32)
    due_at: float = Field(index=True)
    not_before: float
    attempts: int
    data: str = Field(sa_type=Text)


@dataclass(frozen=True, slots=True)
class _Due:
    service: str
    name: str
    edition: str
    attempts: int
    data: str


class StoredJobs:
    """Sets and cancels the jobs of one service."""

    def __init__(self, database: Database, service: str, wake: Callable[[], None]) -> None:
        self._database = database
        self._service = service
        self._wake = wake

    async def schedule(self, name: str, at: dt.datetime, data: Mapping[str, object]) -> None:
        """Set a job, or replace the one of that name; a time that has passed means at once.

        Raises InvalidField for a name that no host would take, Unavailable when the database does not take it.
        """
        row = {
            "service": self._service,
            "name": checked_job_name(name),
            "edition": secrets.token_hex(8),
            "due_at": at.timestamp(),
            "data": json.dumps(dict(data)),
        }

        def work(unit: UnitOfWork) -> None:
            unit.connection.execute(_SET, row)

        await self._database.write(work)
        self._wake()

    async def cancel(self, name: str) -> None:
        """Take a job away; one that is not there is no error. Raises Unavailable when the database does not take it."""
        key = {"service": self._service, "name": name}

        def work(unit: UnitOfWork) -> None:
            unit.connection.execute(_CANCEL, key)

        await self._database.write(work)


class Timer:
    """Does the jobs of this process's services. `pause` and `patience` (seconds) are those of a failed or hanging handler."""

    def __init__(self, database: Database, clock: Clock, *, pause: Backoff, patience: float = 30.0) -> None:
        self._database = database
        self._clock = clock
        self._pause = pause
        self._patience = patience
        self._handlers: dict[str, Mapping[str, JobHandler]] = {}
        self._worker = Worker("jobs", self._round, Backoff(0.1, 5.0))
        self._flight: Flight[_Due, tuple[_Due, float | None]] = Flight(ABREAST, self._worker.wake)
        self._following: asyncio.Task[None] | None = None

    def jobs_of(self, service: str) -> StoredJobs:
        """Return the jobs port of a service."""
        return StoredJobs(self._database, service, self._worker.wake)

    def add(self, service: str, handlers: Mapping[str, JobHandler]) -> None:
        """Do the jobs of a service by their kinds from the start on."""
        self._handlers[service] = handlers

    def start(self) -> None:
        """Begin with what is due already."""
        if not self._handlers:
            return
        self._worker.start()
        if isinstance(self._clock, FileClock):
            self._following = asyncio.create_task(self._follow(self._clock), name="clock file")

    async def stop(self, grace: float = 5.0) -> None:
        """Begin with nothing more, and let the jobs that run end; what is not done then is done after the next start."""
        if self._following is not None:
            self._following.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._following
            self._following = None
        await self._worker.stop(grace)
        await self._flight.end(grace)
        with contextlib.suppress(Unavailable):
            await self._settle()

    async def _follow(self, clock: FileClock) -> None:
        seen = clock.now()
        while True:
            await asyncio.sleep(FOLLOW_CLOCK)
            with contextlib.suppress(TaskoraError):  # the round that needs the time will say so
                if clock.now() != seen:
                    seen = clock.now()
                    self._worker.wake()

    async def _round(self) -> float | None:
        await self._settle()
        if not self._flight.free:
            return None
        now, system = self._clock.now().timestamp(), time.time()
        asked = {"services": tuple(self._handlers), "now": now, "system": system, "limit": ABREAST}

        def look(connection: Connection) -> tuple[list[Any], float | None, float | None]:
            due = list(connection.execute(_DUE, asked))
            return due, connection.execute(_NEXT, asked).scalar_one(), connection.execute(_NEXT_TRY, asked).scalar_one()

        found, due_at, try_at = await self._database.read(look)
        jobs = [_Due(*row) for row in found]
        fresh = [job for job in jobs if job not in self._flight]
        for job in fresh[: self._flight.free]:
            self._flight.begin(job, self._do(job))
        sleeps = [LONGEST_SLEEP]
        sleeps += [] if due_at is None else [due_at - self._clock.now().timestamp()]
        sleeps += [] if try_at is None else [try_at - time.time()]
        return max(min(sleeps), 0.001)

    async def _do(self, due: _Due) -> tuple[_Due, float | None]:
        """Return the job, and when it is tried again; None when it is done with."""
        job = Job(due.name, json.loads(due.data))
        handled = await handle_job(job, self._handlers[due.service], self._patience)
        if handled.outcome is Outcome.SUCCESS:
            return due, None
        facts = {"service": due.service, "job": due.name, "attempt": due.attempts + 1, "reason": handled.reason}
        if handled.outcome is Outcome.DROP or due.attempts + 1 >= ATTEMPTS:
            log.error("job given up", **facts)
            return due, None
        log.warning("job put off", **facts)
        return due, time.time() + self._pause.pause(due.attempts + 1)

    async def _settle(self) -> None:
        """Write down what came of the jobs that have ended, all of them in one commit."""
        ended = self._flight.outcomes()
        if not ended:
            return
        done = [_key(due) for due, again_at in ended.values() if again_at is None]
        again = [{**_key(due), "at": again_at} for due, again_at in ended.values() if again_at is not None]

        def work(unit: UnitOfWork) -> None:
            if done:
                unit.connection.execute(_DONE, done)
            if again:
                unit.connection.execute(_AGAIN, again)

        await self._database.write(work)
        self._flight.settle(list(ended))


def _key(due: _Due) -> dict[str, object]:
    return {"service": due.service, "name": due.name, "edition": due.edition}


_SET = text(
    "INSERT INTO runtime_job (service, name, edition, due_at, not_before, attempts, data) "
    "VALUES (:service, :name, :edition, :due_at, 0, 0, :data) ON CONFLICT (service, name) DO UPDATE SET "
    "edition = excluded.edition, due_at = excluded.due_at, not_before = 0, attempts = 0, data = excluded.data"
)
_CANCEL = text("DELETE FROM runtime_job WHERE service = :service AND name = :name")
_DUE = text(
    "SELECT service, name, edition, attempts, data FROM runtime_job WHERE service IN :services "
    "AND due_at <= :now AND not_before <= :system ORDER BY due_at LIMIT :limit"
).bindparams(bindparam("services", expanding=True))
_NEXT = text("SELECT min(due_at) FROM runtime_job WHERE due_at > :now")
_NEXT_TRY = text("SELECT min(not_before) FROM runtime_job WHERE due_at <= :now AND not_before > :system")
_DONE = text("DELETE FROM runtime_job WHERE service = :service AND name = :name AND edition = :edition")
_AGAIN = text(
    "UPDATE runtime_job SET attempts = attempts + 1, not_before = :at "
    "WHERE service = :service AND name = :name AND edition = :edition"
)
