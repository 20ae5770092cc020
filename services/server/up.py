"""`make up-dapr`: the whole system on this machine, until a signal ends it. What is set already is used, the rest is started.

PostgreSQL (unless TASKORA_DATABASE_URL is set), Redis (unless REDIS_HOST is), the scheduler, and a process with a sidecar for
each service. Everything lives under `<data folder>/dapr`; nothing but the loopback address is listened on.
"""

import json
import os
import secrets
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path

from services.server import postgres
from services.server.ports import answers, free_port, listens
from taskora.config import Settings
from taskora.domain.errors import CannotStart, TaskoraError
from taskora.runtime.dapr import processes
from taskora.storage.migration import migrate

SERVICES = ("tasks", "recurrence", "agent")
RESOURCES = [Path("dapr/components"), Path("dapr/subscriptions"), Path("dapr")]
CONFIG = Path("dapr/config.yaml")
PATIENCE = 60.0


@dataclass
class Part:
    """A process of the system."""

    name: str
    process: subprocess.Popen[bytes]


class Machine:
    """The processes on this machine, ended in the reverse order of their start."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.parts: list[Part] = []

    def start(
        self, name: str, command: Sequence[str], ready: Callable[[], bool], variables: Mapping[str, str] | None = None
    ) -> None:
        """Start a process and wait until it is ready. Raises CannotStart with the place of its log when it ends instead."""
        log = self._folder / f"{name}.log"
        with log.open("ab") as output:
            process = subprocess.Popen(  # noqa: S603  our own commands
                command,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                env={**os.environ, **(variables or {})},
                start_new_session=True,  # Ctrl-C reaches us alone: we end the others in their order
            )
        self.parts.append(Part(name, process))
        deadline = time.monotonic() + PATIENCE
        while not ready():
            if process.poll() is not None or time.monotonic() > deadline:
                raise CannotStart(f"{name} does not start.", advice=f"See {log}.")
            time.sleep(0.05)

    def wait(self) -> None:
        """Return when a signal has come. Raises CannotStart when a part has ended by itself."""
        wanted = {signal.SIGINT, signal.SIGTERM}
        while signal.sigtimedwait(wanted, 1.0) is None:
            for part in self.parts:
                if part.process.poll() is not None:
                    raise CannotStart(f"{part.name} has ended.", advice=f"See {self._folder / part.name}.log.")

    def end(self) -> None:
        """End everything: services before their sidecars, those before what they stand on."""
        for part in reversed(self.parts):
            part.process.terminate()
            try:
                part.process.wait(30)
            except subprocess.TimeoutExpired:
                part.process.kill()
                part.process.wait()


def run(settings: Settings) -> None:
    """Start everything, print the addresses, wait for a signal, end everything. Raises CannotStart."""
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})
    folder = settings.data_dir / "dapr"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    machine = Machine(folder)
    with ExitStack() as stack:
        stack.callback(machine.end)
        environment = _foundation(machine, settings, folder)
        addresses = [_service(machine, name, settings, environment) for name in SERVICES]
        print("\n".join(addresses), flush=True)  # noqa: T201  the terminal
        print(f"logs and data: {folder}; Ctrl-C ends it", flush=True)  # noqa: T201  the same
        machine.wait()


def _foundation(machine: Machine, settings: Settings, folder: Path) -> dict[str, str]:
    """Start what the services stand on, and return the variables that services and sidecars share."""
    url = settings.database_url or postgres.start(machine.start, folder / "postgresql")
    migrate(url)
    redis = os.environ.get("REDIS_HOST") or _redis(machine, folder / "redis")
    ports = processes.SchedulerPorts(free_port(), free_port(), free_port(), free_port())
    (folder / "scheduler").mkdir(exist_ok=True)
    command = processes.scheduler(_engine(), ports, folder / "scheduler")
    machine.start("scheduler", command, lambda: answers(f"http://127.0.0.1:{ports.health}/healthz"))
    return {
        "TASKORA_DATABASE_URL": url,
        "REDIS_HOST": redis,
        "SECRETS_FILE": str(_secrets(folder / "secrets.json", settings.signing_key)),
        "DAPR_API_TOKEN": secrets.token_urlsafe(32),
        "APP_API_TOKEN": secrets.token_urlsafe(32),
        "TASKORA_SCHEDULER_PORT": str(ports.api),
    }


def _service(machine: Machine, name: str, settings: Settings, environment: Mapping[str, str]) -> str:
    """Start a service with its sidecar and return a line with its address."""
    ports = processes.SidecarPorts(free_port(), free_port(), free_port())
    own = replace(settings, port=free_port(), dapr_http_port=ports.http, clock_file=None, signing_key=None)
    variables = {**own.environment(), **environment, "TASKORA_SIGNING_KEY": ""}
    url = f"http://127.0.0.1:{own.port}"
    command = processes.sidecar(
        _engine(),
        name,
        ports,
        app_port=int(own.port or 0),
        resources=RESOURCES,
        config=CONFIG,
        scheduler_port=int(environment["TASKORA_SCHEDULER_PORT"]),
        health="/health/live",
    )
    sidecar = f"http://127.0.0.1:{ports.http}"
    machine.start(f"daprd-{name}", command, lambda: answers(f"{sidecar}/v1.0/healthz/outbound"), variables)
    machine.start(
        name, [sys.executable, "-m", "services.server", name], lambda: answers(f"{url}/health/ready"), variables
    )
    return f"{name:<12}{url}   sidecar {sidecar}"


def _redis(machine: Machine, folder: Path) -> str:
    if shutil.which("redis-server") is None:
        raise CannotStart("redis-server is missing.", advice="apt-get install redis-server, or set REDIS_HOST.")
    folder.mkdir(exist_ok=True)
    port = free_port()
    machine.start("redis", processes.redis(port, folder), lambda: listens(port))
    return f"127.0.0.1:{port}"


def _secrets(file: Path, key: str | None) -> Path:
    """Return the file of the secret store; the key that signs tokens is made once and kept."""
    if key is not None or not file.exists():
        file.touch(mode=0o600)
        file.write_text(json.dumps({"signing-key": key or secrets.token_urlsafe(32)}), encoding="utf-8")
    return file


def _engine() -> Path:
    """Return the folder with daprd and scheduler. Raises CannotStart with what is missing."""
    found = subprocess.run(["tools/dapr/engine.sh", "--find"], capture_output=True, text=True, check=False)  # noqa: S607  ours
    if found.returncode != 0:
        raise CannotStart(found.stderr.strip())
    return Path(found.stdout.strip())


if __name__ == "__main__":
    try:
        run(Settings.read(os.environ))
    except TaskoraError as error:
        print(f"error: {error.sentence}", file=sys.stderr)  # noqa: T201  the terminal
        sys.exit(3)
