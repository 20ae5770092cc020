"""Hosts for tests: one in this process, one as a process of its own that a test may kill."""

import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import httpx2

from services.local import folder, launch
from services.local.host import Host
from services.local.host_file import HostRecord
from services.local.user import sign
from taskora.api.client import TasksClient
from taskora.config import PREFIX, Settings
from taskora.domain.actor import Actor, ActorKind, Channel
from taskora.runtime.embedded.invoke import client_for
from tests.clocks import MovableClock
from tests.sse import done, reply
from tests.waiting import until_now

PERSON = Actor(ActorKind.USER)
ZONE = "America/New_York"
TASKORA = str(Path(sys.executable).with_name("taskora"))


def settings_for(data_dir: Path, clock: MovableClock, database_url: str | None = None) -> Settings:
    """Return the settings of a person in New York; a loaded machine is no reason to refuse a write as late."""
    return Settings(data_dir=data_dir, clock_file=clock.path, zone=ZONE, request_wait=60.0, database_url=database_url)


class LocalHost:
    """A host in this process, reached without a socket, with a clock to move."""

    def __init__(self, host: Host, clock: MovableClock) -> None:
        self.host = host
        self.clock = clock
        self.http = client_for(host.app)
        self.tasks = TasksClient(self.http, lambda: self.token("tasks"))

    @classmethod
    async def start(cls, data_dir: Path, clock: MovableClock) -> "LocalHost":
        return cls(await Host.start(settings_for(data_dir, clock)), clock)

    async def close(self) -> None:
        await self.http.aclose()
        await self.host.stop()

    def token(self, audience: str, *, actor: Actor = PERSON, channel: Channel = Channel.API) -> str:
        return sign(self.host.key, actor=actor, channel=channel, audience=audience)

    async def say(self, text: str) -> str:
        """Return the agent's reply to a line."""
        headers = {"Authorization": f"Bearer {self.token('agent', channel=Channel.CHAT)}"}
        body = {"text": text, "said_at": self.clock.instant.isoformat()}
        response = await self.http.post("/chat", json=body, headers=headers)
        assert response.status_code == 200, response.text
        return reply(response.text.splitlines())


class HostProcess:
    """The host as `taskora up` runs it, in its own process, with a clock to move; without a URL on a file in its folder."""

    def __init__(self, data_dir: Path, clock: MovableClock, database_url: str | None = None) -> None:
        self.data_dir = data_dir
        self.clock = clock
        self.settings = settings_for(data_dir, clock, database_url)
        outside = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
        self.environment = outside | self.settings.environment()
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> HostRecord:
        """Start `taskora up` and return once it listens."""
        self.data_dir.mkdir(parents=True, exist_ok=True)
        with folder.log(self.data_dir).open("ab") as log:
            self._process = subprocess.Popen([TASKORA, "up"], env=self.environment, stdout=log, stderr=log)
        return until_now(self._own_record, limit=60.0)

    def _own_record(self) -> HostRecord | None:
        assert self._process is not None
        assert self._process.poll() is None, folder.log(self.data_dir).read_text()
        found = launch.running(self.data_dir)
        return found if found is not None and found.pid == self._process.pid else None

    @property
    def record(self) -> HostRecord | None:
        """The host that runs on the folder, whoever started it."""
        return launch.running(self.data_dir)

    def kill(self) -> None:
        """End the running host as a power cut would."""
        record = self.record
        assert record is not None
        os.kill(record.pid, signal.SIGKILL)
        if self._process is not None and self._process.pid == record.pid:
            self._process.wait(20)
        until_now(lambda: launch.running(self.data_dir) is None)

    def command(self, *arguments: str, typed: str | None = None) -> subprocess.CompletedProcess[str]:
        """Run a `taskora` command on this folder, with `typed` on its standard input."""
        return subprocess.run(
            [TASKORA, *arguments],
            env=self.environment,
            input=typed if typed is not None else "",
            capture_output=True,
            text=True,
            timeout=90,
            check=False,
        )

    def say(self, text: str) -> str:
        """Return the agent's reply to a line over HTTP."""
        return self.converse(text)[0]

    def converse(self, text: str, conversation: str | None = None) -> tuple[str, str]:
        """Return the agent's reply to a line of a conversation, and which conversation it is."""
        record = self.record
        assert record is not None
        token = sign(record.key, actor=PERSON, channel=Channel.CHAT, audience="agent")
        body = {"text": text, "said_at": self.clock.instant.isoformat(), "conversation": conversation}
        with httpx2.Client(base_url=record.url, timeout=60) as http:
            answer = http.post("/chat", json=body, headers={"Authorization": f"Bearer {token}"})
        assert answer.status_code == 200, answer.text
        lines = answer.text.splitlines()
        return reply(lines), str(done(lines)["conversation"])

    def tasks(self, **query: str) -> Sequence[dict[str, object]]:
        """Return the stored tasks, by the API."""
        record = self.record
        assert record is not None
        token = sign(record.key, actor=PERSON, channel=Channel.API, audience="tasks")
        with httpx2.Client(base_url=record.url, timeout=60) as http:
            answer = http.get("/api/v1/tasks", params=query, headers={"Authorization": f"Bearer {token}"})
        assert answer.status_code == 200, answer.text
        found: list[dict[str, object]] = answer.json()["tasks"]
        return found

    def clear(self) -> None:
        """Put all tasks into the trash, by the API."""
        record = self.record
        assert record is not None
        token = sign(record.key, actor=PERSON, channel=Channel.API, audience="tasks")
        items = [{"task": task["id"]} for task in self.tasks(status="all", limit="100")]
        with httpx2.Client(base_url=record.url, timeout=60, headers={"Authorization": f"Bearer {token}"}) as http:
            if items:
                assert http.post("/api/v1/tasks/delete", json={"items": items}).status_code == 200

    def stop(self) -> None:
        """End whatever host runs on the folder, as `taskora down` does."""
        launch.stop(self.data_dir)
        if self._process is not None:
            self._process.wait(20)
