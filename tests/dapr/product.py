"""The product's own components and subscriptions (dapr/), and the handler tables that they must serve."""

from pathlib import Path
from typing import Any

import yaml

from services.kit.identity import TokenVerifier
from services.recurrence.app import inbound as recurrence_inbound
from services.tasks.app import TasksService
from taskora.domain.events import Event, Topic
from taskora.domain.preferences import Preferences
from taskora.runtime.embedded.clock import open_clock
from taskora.runtime.ports import Inbound
from taskora.storage.database import Database

FOLDERS = [Path("dapr/components"), Path("dapr/subscriptions"), Path("dapr")]
CONFIG = Path("dapr/config.yaml")


def documents(kind: str) -> list[dict[str, Any]]:
    """Every document of a kind under dapr/."""
    files = sorted(Path("dapr").rglob("*.yaml"))
    found = [document for file in files for document in yaml.safe_load_all(file.read_text())]
    return [one for one in found if one["kind"] == kind]


def metadata(name: str) -> dict[str, str]:
    """The metadata of a component, by name."""
    component = next(one for one in documents("Component") if one["metadata"]["name"] == name)
    return {item["name"]: item.get("value", item.get("envRef")) for item in component["spec"]["metadata"]}


class Nowhere:
    """A publisher for handler tables that are looked at and not driven."""

    async def publish(self, topic: Topic, events: Any) -> None:
        raise AssertionError(f"{topic}: {[event.id for event in events if isinstance(event, Event)]}")


def inbounds(folder: Path) -> list[Inbound]:
    """What may reach the services beside requests."""
    database = Database(f"sqlite:///{folder / 'unused.db'}")
    verifier = TokenVerifier("a key that verifies nothing in this test")
    tasks = TasksService(database, open_clock(None), verifier, Preferences())
    return [tasks.inbound, recurrence_inbound(Nowhere())]
