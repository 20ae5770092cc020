"""One data folder with a host that can be killed, and the looks into it that a test takes from outside."""

import contextlib
import json
import os
import shutil
import signal
import sqlite3
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPException
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from services.local import folder, host_file
from services.local.user import sign
from taskora.config import Settings
from taskora.domain.actor import Actor, ActorKind, Channel
from tests.clocks import MovableClock
from tests.faults import host_with_kills
from tests.hosts import ZONE
from tests.waiting import until_now

Row = dict[str, Any]


class House:
    """A data folder, the clock of its hosts, and the folder that they share with the test."""

    def __init__(self, path: Path, database_url: str | None = None) -> None:
        self.path = path
        self.shared = path / "shared"
        self.shared.mkdir(parents=True, exist_ok=True)
        self.clock = MovableClock(path / "clock")
        self.settings = Settings(
            data_dir=path / "data", clock_file=self.clock.path, zone=ZONE, database_url=database_url
        )
        self._process: BaseProcess | None = None

    def copy_to(self, path: Path) -> "House":
        """Return a house like this one, whose host has ended; what was published so far is known there."""
        shutil.copytree(self.settings.data_dir, path / "data")
        house = House(path)
        if (self.shared / "published").exists():
            shutil.copy(self.shared / "published", house.shared)
        return house

    def start(self) -> None:
        """Start a host and return once it listens."""
        process = self.start_to_die()

        def listening() -> bool:
            assert process.is_alive(), (self.shared / "log").read_text()
            record = host_file.read(self.settings.data_dir)
            return record is not None and record.pid == process.pid

        until_now(listening)

    def start_to_die(self) -> BaseProcess:
        """Start a host whose fuse may go off before it listens."""
        self._process = host_with_kills.start(self.settings, self.shared)
        return self._process

    def kill(self) -> None:
        """Kill the host, wherever it is."""
        assert self._process is not None
        self._process.kill()
        self._process.join(20)

    def revive(self) -> None:
        """Start a host if none runs."""
        if self._process is None or not self._process.is_alive():
            self.start()

    def end(self) -> None:
        """End the host in order, if one runs."""
        if self._process is None or self._process.pid is None or not self._process.is_alive():
            return
        os.kill(self._process.pid, signal.SIGTERM)
        self._process.join(20)
        assert self._process.exitcode == 0, (self.shared / "log").read_text()

    def arm(self, place: str, nth: int = 1) -> None:
        """Have the host die at a place."""
        (self.shared / "armed.new").write_text(f"{nth} {place}")
        (self.shared / "armed.new").replace(self.shared / "armed")

    def await_death(self) -> None:
        """Return once the host was killed by its fuse, and take the fuse out."""
        assert self._process is not None
        self._process.join(20)
        assert self._process.exitcode == -signal.SIGKILL, f"not killed; passed: {self.passed()}"
        (self.shared / "armed").unlink()

    def begin_outage(self) -> None:
        """Have the broker take nothing from now on."""
        (self.shared / "outage").touch()

    def end_outage(self) -> None:
        """Have the broker take events again."""
        (self.shared / "outage").unlink()

    def passed(self) -> list[str]:
        """Return the places passed since the fuse was armed."""
        path = self.shared / "trace"
        return path.read_text().splitlines() if path.exists() else []

    def published(self, topic: str) -> list[Row]:
        """Return every event that the broker has taken on a topic, repetitions as well."""
        lines = (self.shared / "published").read_text().splitlines()
        return [event for at, event in map(json.loads, lines) if at == topic]

    def handled(self, kind: str) -> set[str]:
        """Return the ids of the events of a type that a consumer was done with."""
        path = self.shared / "handled"
        lines = path.read_text().splitlines() if path.exists() else []
        return {name for type_, name in map(json.loads, lines) if type_ == kind}

    def post(self, path: str, body: Row, key: str) -> Row | None:
        """Send a command under an idempotency key; None when the host died over it, or was too busy and says so."""
        record = host_file.read(self.settings.data_dir)
        assert record is not None
        token = sign(record.key, actor=Actor(ActorKind.USER), channel=Channel.API, audience="tasks")
        headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": key, "Content-Type": "application/json"}
        with contextlib.closing(HTTPConnection("127.0.0.1", record.port, timeout=20)) as connection:
            try:
                connection.request("POST", f"/api/v1{path}", json.dumps(body), headers)
                answer = connection.getresponse()
                text = answer.read()
            except (OSError, HTTPException):
                return None
        if answer.status == 503:
            return None
        assert answer.status == 200, text
        found: Row = json.loads(text)
        return found

    def insist(self, path: str, body: Row, key: str) -> Row:
        """Send a command again and again, under its key, until a host has answered it."""

        def answered() -> Row | None:
            answer = self.post(path, body, key)
            if answer is None:
                self.revive()
            return answer

        found = until_now(answered)
        assert found is not None
        return found

    def drain(self) -> None:
        """Return once nothing is under way: an event is in the outbox or with the broker until its effect is durable."""
        until_now(lambda: not self.rows("SELECT 1 FROM tasks_outbox UNION ALL SELECT 1 FROM broker_delivery"))

    def rows(self, query: str) -> list[Row]:
        """Read the database as it is on the disk."""
        with contextlib.closing(sqlite3.connect(folder.database(self.settings.data_dir))) as connection:
            connection.row_factory = sqlite3.Row
            return [dict(row) for row in connection.execute(query)]


@contextlib.contextmanager
def living(house: House) -> Iterator[House]:
    """Give a house with a host that is ended with the block."""
    house.start()
    try:
        yield house
    finally:
        house.end()
