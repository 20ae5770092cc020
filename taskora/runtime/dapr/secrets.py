"""The secrets port on a Dapr secret store (component `secretstore`: a file on one machine, Kubernetes in a cluster)."""

from urllib.parse import quote

from taskora.domain.errors import Unavailable
from taskora.runtime.dapr.sidecar import Sidecar, reason


class DaprSecrets:
    """Reads secrets of the store of that name."""

    def __init__(self, sidecar: Sidecar, store: str) -> None:
        self._sidecar = sidecar
        self._store = store

    async def get(self, name: str) -> str | None:
        """Return a secret, or None when there is none of that name. Raises Unavailable when the store is away."""
        found = await self._all()
        of_name = found.get(name)
        return None if of_name is None else of_name.get(name) or next(iter(of_name.values()), None)

    async def _all(self) -> dict[str, dict[str, str]]:
        """Return every secret that this app may read: asking for one that is missing is an error no store words alike."""
        answer = await self._sidecar.send("GET", f"/v1.0/secrets/{quote(self._store)}/bulk")
        if answer.status_code == 204:
            return {}
        if answer.status_code != 200:
            raise Unavailable(f"The secret store: {reason(answer)}")
        found: dict[str, dict[str, str]] = answer.json()
        return found
