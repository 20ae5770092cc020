"""A host whose agent has a language model: a server of the test's own."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Protocol

from services.local.host import Host
from taskora.config import Settings
from tests.agent.model_server import ModelServer
from tests.agent.talk import Talk
from tests.clocks import MovableClock
from tests.hosts import LocalHost, settings_for

STORY = "we are out of milk again and my sister said that she comes over on friday, so would you take care of that?"
"""A line that the rules do not cover."""


@dataclass
class Modelled:
    """A conversation, its host and the model's server."""

    talk: Talk
    host: LocalHost
    server: ModelServer
    settings: Settings

    async def titles(self) -> list[str]:
        """Return the titles of the open tasks by number."""
        tasks = (await self.host.tasks.tasks()).tasks
        return [task.title for task in sorted(tasks, key=lambda task: task.number)]


class ModelledWith(Protocol):
    """Starts a host with settings of the model of its own."""

    async def __call__(self, **settings: Any) -> Modelled: ...


async def start(data_dir: Path, clock: MovableClock, server: ModelServer, **settings: Any) -> Modelled:
    """Start a host whose model is at the server."""
    given: dict[str, Any] = {
        "model_url": server.url,
        "model_name": "fake",
        "model_key": "secret-key",
        "model_seconds": 20.0,
    }
    own = replace(settings_for(data_dir, clock), **(given | settings))
    host = LocalHost(await Host.start(own), clock)
    return Modelled(Talk(host), host, server, own)
