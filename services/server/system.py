"""The system on one machine: what its processes are, what each needs, and in which order they start. `up` runs it."""

import importlib.util
import os
import secrets
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

from services.server import postgres
from services.server.machine import Machine, Part, dies_with_us
from services.server.ports import answers, free_ports, says_pong
from taskora.config import Settings
from taskora.domain.errors import CannotStart
from taskora.runtime.dapr import processes
from taskora.runtime.dapr.processes import LOOPBACK, SchedulerPorts, SidecarPorts

SERVICES = ("tasks", "recurrence", "agent")
ROOT = Path(__file__).parents[2]
YAML = ROOT / "dapr"
HEALTH = "/health/live"


class System:
    """The processes of the system and how they are reached."""

    def __init__(self, settings: Settings, folder: Path) -> None:
        """Look for what is needed. Raises CannotStart with all that is missing."""
        self.folder = folder
        self.urls: dict[str, str] = {}
        self.settings = settings
        self._engine = find_engine(settings)
        self._machine = Machine(folder)
        self._scheduler = SchedulerPorts(*free_ports(4))
        self.variables = {
            "DAPR_API_TOKEN": secrets.token_urlsafe(32),
            "APP_API_TOKEN": secrets.token_urlsafe(32),
            "SECRETS_FILE": str(folder / "secrets.json"),
        }

    async def start(self) -> None:
        """Start everything, each when that on which it stands is ready. Raises CannotStart."""
        await self._start_database()
        await self._start_engine()
        ports = dict(zip(SERVICES, free_ports(len(SERVICES)), strict=True))
        sidecars = {name: SidecarPorts(*free_ports(3)) for name in SERVICES}
        self.urls = {name: f"http://{LOOPBACK}:{port}" for name, port in ports.items()}
        await self._machine.start(*(self._sidecar(name, sidecars[name], ports[name]) for name in SERVICES))
        await self._machine.start(*(self._service(name, sidecars[name], ports[name]) for name in SERVICES))

    async def watch(self) -> None:
        """Return never; raise Unavailable once a part has ended by itself."""
        await self._machine.watch()

    async def end(self) -> None:
        """End everything: services before their sidecars, those before what they stand on."""
        await self._machine.end()

    async def _start_database(self) -> None:
        url = self.settings.database_url
        if url is None:
            server = postgres.Postgres(self.folder / "postgresql", *free_ports(1))
            await self._machine.start(server.part())
            await server.migrate()
            url = server.url
        self.variables["TASKORA_DATABASE_URL"] = url

    async def _start_engine(self) -> None:
        """Start broker and scheduler."""
        parts = []
        if "REDIS_HOST" not in os.environ:
            [port] = free_ports(1)
            self.variables["REDIS_HOST"] = f"{LOOPBACK}:{port}"

            async def pong() -> bool:
                return says_pong(port)

            command = processes.redis(port, made(self.folder / "redis"))
            parts.append(Part("redis", dies_with_us(command), pong))
        command = processes.scheduler(self._engine, self._scheduler, made(self.folder / "scheduler"))
        health = f"http://{LOOPBACK}:{self._scheduler.health}/healthz"
        parts.append(Part("scheduler", dies_with_us(command), lambda: answers(health)))
        await self._machine.start(*parts)

    def _sidecar(self, name: str, ports: SidecarPorts, app_port: int) -> Part:
        command = processes.sidecar(
            self._engine,
            name,
            ports,
            app_port=app_port,
            resources=[YAML / "components", YAML / "subscriptions", YAML],
            config=YAML / "config.yaml",
            scheduler_port=self._scheduler.api,
            health=HEALTH,
        )
        # its components are loaded; its service it sees later
        loaded = f"http://{LOOPBACK}:{ports.http}/v1.0/healthz/outbound"
        return Part(f"daprd-{name}", dies_with_us(command), lambda: answers(loaded), self.variables)

    def _service(self, name: str, ports: SidecarPorts, port: int) -> Part:
        own = replace(self.settings, port=port, dapr_http_port=ports.http, signing_key=None)
        # the key comes from the secret store
        variables = {**own.environment(), **self.variables, "TASKORA_SIGNING_KEY": ""}
        command = [sys.executable, "-P", "-m", "services.server", name]

        async def ready() -> bool:
            seen = f"http://{LOOPBACK}:{ports.http}/v1.0/healthz"
            return await answers(f"{self.urls[name]}/health/ready") and await answers(seen)

        return Part(name, dies_with_us(command), ready, variables)


def made(folder: Path) -> Path:
    """Make a folder for its owner alone where it is missing, and return it."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def find_engine(settings: Settings) -> Path:
    """Return the folder of the engine. Raises CannotStart with everything that is not here."""
    if settings.clock_file is not None:
        raise CannotStart("A server runs on the system's time.", advice="Unset TASKORA_CLOCK_FILE.")
    lacking = []
    if importlib.util.find_spec("asyncpg") is None:
        lacking.append("the driver of PostgreSQL (make setup)")
    if settings.database_url is None and (sentence := postgres.missing()) is not None:
        lacking.append(sentence)
    if "REDIS_HOST" not in os.environ and shutil.which("redis-server") is None:
        lacking.append("Redis (apt-get install redis-server, or set REDIS_HOST)")
    command = [str(ROOT / "tools" / "dapr" / "engine.sh"), "--find"]
    engine = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603  ours
    if engine.returncode != 0:
        lacking.append(f"the engine ({engine.stderr.strip()})")
    if lacking:
        raise CannotStart(f"Not here: {'; '.join(lacking)}.")
    return Path(engine.stdout.strip())
