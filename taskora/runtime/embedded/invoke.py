"""The invoke port in one process: requests go straight into the ASGI application, without a socket."""

from collections.abc import Mapping
from typing import Any

import httpx2

from taskora.domain.errors import Unavailable
from taskora.runtime.ports import Answer

BASE_URL = "http://localhost"


def client_for(app: Any) -> httpx2.AsyncClient:
    """Return an HTTP client whose requests are answered by an ASGI application of this process."""
    transport = httpx2.ASGITransport(app=app, raise_app_exceptions=False)
    return httpx2.AsyncClient(transport=transport, base_url=BASE_URL)


class LocalInvoker:
    """Invokes the services of this process by name."""

    def __init__(self, apps: Mapping[str, Any]) -> None:
        self._clients = {name: client_for(app) for name, app in apps.items()}

    async def invoke(
        self, app: str, method: str, path: str, *, headers: Mapping[str, str], json: object | None = None
    ) -> Answer:
        """Return the answer, whatever its status. Raises Unavailable when there is no such service here."""
        client = self._clients.get(app)
        if client is None:
            raise Unavailable(f"There is no service {app} here.")
        response = await client.request(method, path, headers=dict(headers), json=json)
        is_json = "json" in response.headers.get("content-type", "")
        return Answer(response.status_code, response.json() if is_json else response.text)
