"""How the engine's processes are started: their command lines, for `make up-dapr` and for the tests. It starts none itself.

The engine is two programs: daprd, the sidecar, one for each service process; and the scheduler, which keeps the jobs. Which
folder holds them, `tools/dapr/engine.sh` says.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

LOOPBACK = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class SidecarPorts:
    """The ports of a sidecar: its HTTP interface, its gRPC interface, and the one on which other sidecars reach it."""

    http: int
    grpc: int
    internal: int


@dataclass(frozen=True, slots=True)
class SchedulerPorts:
    """The ports of the scheduler: for sidecars, for health, and the two of its embedded store."""

    api: int
    health: int
    client: int
    peer: int


def scheduler(engine: Path, ports: SchedulerPorts, folder: Path) -> list[str]:
    """Return the command of the scheduler; its jobs live in `folder`: without it they are gone."""
    return [
        str(engine / "scheduler"),
        *("--id", "taskora"),
        *("--port", str(ports.api)),
        *("--listen-address", LOOPBACK),
        *("--override-broadcast-host-port", f"{LOOPBACK}:{ports.api}"),
        *("--healthz-port", str(ports.health)),
        *("--healthz-listen-address", LOOPBACK),
        *("--etcd-data-dir", str(folder)),
        *("--etcd-client-port", str(ports.client)),
        *("--etcd-client-listen-address", LOOPBACK),
        *("--etcd-initial-cluster", f"taskora=http://{LOOPBACK}:{ports.peer}"),
        "--enable-metrics=false",
        "--log-as-json",
    ]


def sidecar(
    engine: Path,
    app_id: str,
    ports: SidecarPorts,
    *,
    app_port: int,
    resources: Sequence[Path],
    config: Path | None = None,
    scheduler_port: int | None = None,
    health: str | None = None,
) -> list[str]:
    """Return the command of a service's sidecar. `resources` are folders of components, subscriptions and resiliency.

    With the path of a `health` check the sidecar of a service that does not answer leaves its events to other instances.

    Its tokens are environment variables, DAPR_API_TOKEN and APP_API_TOKEN, the same as the service's.
    """
    scheduling = "" if scheduler_port is None else f"{LOOPBACK}:{scheduler_port}"
    return [
        str(engine / "daprd"),
        *("--app-id", app_id),
        *("--app-port", str(app_port)),
        *("--dapr-http-port", str(ports.http)),
        *("--dapr-grpc-port", str(ports.grpc)),
        *("--dapr-internal-grpc-port", str(ports.internal)),
        *("--dapr-internal-grpc-listen-address", LOOPBACK),
        *("--dapr-listen-addresses", LOOPBACK),
        *[part for folder in resources for part in ("--resources-path", str(folder))],
        *([] if config is None else ("--config", str(config))),
        *("--scheduler-host-address", scheduling),
        *("--placement-host-address", ""),
        *([] if health is None else _checked(health)),
        "--enable-metrics=false",
        "--log-as-json",
    ]


def _checked(path: str) -> list[str]:
    """Return the options of the health check: three answers missed, within six seconds."""
    return [
        "--enable-app-health-check",
        *("--app-health-check-path", path),
        *("--app-health-probe-interval", "2"),
        *("--app-health-probe-timeout", "1500"),
        *("--app-health-threshold", "3"),
    ]


def redis(port: int, folder: Path) -> list[str]:
    """Return the command of a Redis that loses nothing it has confirmed: every write is on the disk before the answer."""
    return [
        "redis-server",
        *("--port", str(port)),
        *("--bind", LOOPBACK),
        *("--dir", str(folder)),
        *("--appendonly", "yes"),
        *("--appendfsync", "always"),
        *("--save", ""),
    ]
