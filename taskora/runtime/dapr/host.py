"""What a composition root takes from this folder: the ports of a process with a sidecar, and the routes that it calls."""

from collections.abc import Collection

import httpx2
from fastapi import APIRouter

from taskora.config import Settings
from taskora.runtime.dapr.broker import DaprBroker
from taskora.runtime.dapr.dead_letters import DeadLetters, Keeper
from taskora.runtime.dapr.guard import Guard
from taskora.runtime.dapr.intervals import Rounds
from taskora.runtime.dapr.invoke import DaprInvoker, client_for
from taskora.runtime.dapr.jobs import DaprJobs, DueJobs
from taskora.runtime.dapr.secrets import DaprSecrets
from taskora.runtime.dapr.sidecar import Sidecar
from taskora.runtime.dapr.state import DaprState
from taskora.runtime.dapr.subscriptions import Deliveries
from taskora.runtime.ports import Inbound


class DaprHost:
    """Every port over one sidecar. `consumers` are those to which events can be redelivered."""

    def __init__(self, settings: Settings, consumers: Collection[str] = ()) -> None:
        self._settings = settings
        self.sidecar = Sidecar(settings)
        self.broker = DaprBroker(self.sidecar, settings, consumers)
        self.jobs = DaprJobs(self.sidecar)
        self.state = DaprState(self.sidecar, settings.state_store)
        self.secrets = DaprSecrets(self.sidecar, settings.secret_store)
        self.invoker = DaprInvoker(self.sidecar)

    def client_of(self, app: str) -> httpx2.AsyncClient:
        """Return an HTTP client for the service of that app id; its paths are those of the service."""
        return client_for(self.sidecar, app)

    def router(self, inbound: Inbound, keeper: Keeper | None = None, *, patience: float = 30.0) -> APIRouter:
        """Return every route that the sidecar calls; with a keeper, also those of the dead letters.

        A handler has `patience` seconds. Raises CannotStart when the token of the routes is not set.
        """
        guard = Guard(self._settings)
        router = APIRouter()
        attempts = self._settings.delivery_attempts
        Deliveries(inbound, self.broker, attempts=attempts, patience=patience).add_to(router, guard)
        DueJobs(inbound.jobs, patience).add_to(router, guard)
        Rounds(inbound.intervals).add_to(router, guard)
        if keeper is not None:
            roles = {name: role for role, name in self._settings.topics.items()}
            DeadLetters(keeper, roles).add_to(router, guard)
        return router

    async def aclose(self) -> None:
        """Close the connections to the sidecar."""
        await self.sidecar.aclose()
