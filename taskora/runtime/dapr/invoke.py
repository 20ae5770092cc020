"""The invoke port on Dapr: a request to a service by its app id, which the two sidecars carry between them.

`Invocation` is a transport, so that the typed client of a service (taskora/api/client.py) works over it unchanged.
"""

from collections.abc import Mapping

import httpx2
from uuid_utils import uuid7

from taskora.domain.errors import Unavailable
from taskora.runtime.dapr.sidecar import Sidecar, reason
from taskora.runtime.ports import Answer

PATIENCE = 60.0
"""Seconds for an answer of another service: a line of the chat takes longest."""
IDEMPOTENCY_KEY = "idempotency-key"
"""The sidecars send again what was not answered, so every write has a key: one whose answer was lost is done once."""
_READS = frozenset({"GET", "HEAD", "OPTIONS"})
_NOT_REACHED = "ERR_DIRECT_INVOKE"


class Invocation(httpx2.AsyncBaseTransport):
    """Sends every request to one service, whatever host its address names."""

    def __init__(self, sidecar: Sidecar, app: str) -> None:
        self._sidecar = sidecar
        self._url = httpx2.URL(sidecar.url)
        self._prefix = f"/v1.0/invoke/{app}/method".encode()
        self._app = app

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """Return the service's answer. Raises ConnectError when it is the sidecar that says that there is none."""
        request.url = self._url.copy_with(raw_path=self._prefix + request.url.raw_path)
        request.headers["host"] = self._url.netloc.decode()
        for name, value in self._sidecar.headers.items():
            request.headers[name] = value
        if request.method not in _READS:
            request.headers.setdefault(IDEMPOTENCY_KEY, str(uuid7()))
        answer = await self._sidecar.transport.handle_async_request(request)
        if answer.status_code >= 500 and "json" in answer.headers.get("content-type", ""):
            await answer.aread()
            if _NOT_REACHED in answer.text[:200]:
                raise httpx2.ConnectError(f"{self._app}: {reason(answer)}", request=request)
        return answer


def client_for(sidecar: Sidecar, app: str) -> httpx2.AsyncClient:
    """Return an HTTP client whose requests are answered by the service of that app id."""
    transport = Invocation(sidecar, app)
    return httpx2.AsyncClient(transport=transport, base_url="http://localhost", timeout=PATIENCE, trust_env=False)


class DaprInvoker:
    """Invokes other services by app id."""

    def __init__(self, sidecar: Sidecar) -> None:
        self._sidecar = sidecar
        self._clients: dict[str, httpx2.AsyncClient] = {}

    async def invoke(
        self, app: str, method: str, path: str, *, headers: Mapping[str, str], json: object | None = None
    ) -> Answer:
        """Return the answer, whatever its status. Raises Unavailable when the service cannot be reached."""
        client = self._clients.get(app)
        if client is None:
            client = self._clients[app] = client_for(self._sidecar, app)
        try:
            response = await client.request(method, path, headers=dict(headers), json=json)
        except httpx2.TransportError as error:
            raise Unavailable(f"The service {app} cannot be reached: {error}") from error
        is_json = "json" in response.headers.get("content-type", "")
        return Answer(response.status_code, response.json() if is_json else response.text)
