"""The whole system as processes: Redis, scheduler, and every service with its sidecar; any of them may be killed."""

import contextlib
import json
import sys
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import httpx2

from services.kit.tokens import TokenSigner
from services.server.neighbours import alone
from taskora.api.client import TasksClient
from taskora.config import PREFIX, Settings
from taskora.domain.actor import Actor, ActorKind, Channel, Principal
from taskora.runtime.dapr import processes
from tests.dapr.engine import engine
from tests.dapr.processes import Process, free_port
from tests.dapr.product import CONFIG, FOLDERS
from tests.dapr.stack import API_TOKEN, APP_TOKEN, Redis, Scheduler
from tests.sse import reply

KEY = "the key of a system in a test, long enough"


@dataclass
class Instance:
    """A service process and its sidecar."""

    service: str
    number: int
    system: "System"

    def __post_init__(self) -> None:
        self.ports = processes.SidecarPorts(free_port(), free_port(), free_port())
        self.port = free_port()
        system, name = self.system, f"{self.service}-{self.number}"
        settings = Settings(
            data_dir=system.folder,
            port=self.port,
            database_url=system.database_url if self.service == "tasks" else None,
            dapr_http_port=self.ports.http,
            dapr_api_token=API_TOKEN,
            app_api_token=APP_TOKEN,
        )
        self.process = Process(
            name,
            [sys.executable, "-P", "-m", "services.server", self.service],
            system.folder,
            lambda: self._answers(f"http://127.0.0.1:{self.port}/health/live", 200),
            settings.environment() | {f"{PREFIX}SIGNING_KEY": ""},
        )
        secrets = {"REDIS_HOST": system.redis.address, "SECRETS_FILE": str(system.folder / "secrets.json")}
        self.sidecar = Process(
            f"daprd-{name}",
            processes.sidecar(
                engine(),
                self.service,
                self.ports,
                app_port=self.port,
                resources=FOLDERS,
                config=CONFIG,
                scheduler_port=system.scheduler.ports.api,
                health="/health/live",
            ),
            system.folder,
            lambda: self._answers(f"http://127.0.0.1:{self.ports.http}/v1.0/healthz", 204),
            {"DAPR_API_TOKEN": API_TOKEN, "APP_API_TOKEN": APP_TOKEN, **secrets},
        )

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @staticmethod
    def _answers(url: str, status: int) -> bool:
        try:
            return httpx2.get(url, trust_env=False, timeout=2).status_code == status
        except httpx2.TransportError:
            return False


@dataclass
class System:
    """Everything, in one folder. `instances` is how many processes each service has."""

    folder: Path
    database_url: str
    instances: int = 1
    running: list[Instance] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.redis = Redis(self.folder / "redis")
        self.scheduler = Scheduler(self.folder / "scheduler")
        self.signer = TokenSigner(KEY)
        (self.folder / "secrets.json").write_text(json.dumps({"signing-key": KEY}))
        numbers = range(self.instances)
        self.running = [Instance(name, one, self) for name in ("tasks", "recurrence", "agent") for one in numbers]

    def of(self, service: str) -> list[Instance]:
        return [one for one in self.running if one.service == service]

    @contextlib.contextmanager
    def started(self) -> Iterator["System"]:
        """Run everything for the time of the block; whatever is left at its end is killed."""
        parts = [self.redis.process, self.scheduler.process]
        parts += [process for one in self.running for process in (one.process, one.sidecar)]
        with alone():
            try:
                for part in parts:
                    part.start(wait=part in parts[:2])
                for part in parts[2:]:
                    part.wait()
                yield self
            finally:
                for part in reversed(parts):
                    part.kill()

    def token(self, user: str, audience: str) -> str:
        scopes = frozenset({"operate"}) if audience == "ops" else frozenset[str]()
        return self.signer.sign(Principal(user, Actor(ActorKind.USER), Channel.API, scopes), audience)

    @contextlib.asynccontextmanager
    async def client(self, user: str, instance: int = 0) -> AsyncIterator[TasksClient]:
        """Give the typed client of a user."""
        async with httpx2.AsyncClient(base_url=self.of("tasks")[instance].url, trust_env=False, timeout=30) as http:
            yield TasksClient(http, lambda: self.token(user, "tasks"))

    async def say(self, user: str, text: str, instance: int = 0, conversation: str | None = None) -> str:
        """Return the agent's reply to a line."""
        headers = {"Authorization": f"Bearer {self.token(user, 'agent')}"}
        body = {"text": text} | ({} if conversation is None else {"conversation": conversation})
        async with httpx2.AsyncClient(base_url=self.of("agent")[instance].url, trust_env=False, timeout=60) as http:
            answer = await http.post("/chat", json=body, headers=headers)
        assert answer.status_code == 200, answer.text
        return reply(answer.text.splitlines())
