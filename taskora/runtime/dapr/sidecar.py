"""The way to the sidecar of this process: HTTP on the loopback address, and nothing else (docs/decisions/0004).

Every implementation of a port in this folder stands above it. What is sent carries the sidecar's token; a sidecar that cannot
be reached, or whose own part is away, is Unavailable. Not here: what the sidecar sends to us, which is in `host`.
"""

import asyncio
from collections.abc import Mapping
from typing import Any

import httpx2

from taskora.config import Settings
from taskora.domain.errors import Unavailable

TOKEN_HEADER = "dapr-api-token"  # noqa: S105  the name of a header
PATIENCE = 10.0
"""Seconds for one answer of the sidecar, whose own tries (dapr/resiliency.yaml, outbound) end within them."""
CONNECTIONS = 64


class Sidecar:
    """Calls the sidecar's HTTP interface. One per process; its connections are kept."""

    def __init__(self, settings: Settings) -> None:
        self.url = f"http://127.0.0.1:{settings.dapr_http_port}"
        self.headers = {} if settings.dapr_api_token is None else {TOKEN_HEADER: settings.dapr_api_token}
        limits = httpx2.Limits(max_connections=CONNECTIONS, max_keepalive_connections=CONNECTIONS)
        self.transport = httpx2.AsyncHTTPTransport(limits=limits)
        self._http = httpx2.AsyncClient(
            base_url=self.url, headers=self.headers, transport=self.transport, timeout=PATIENCE, trust_env=False
        )

    async def send(
        self,
        method: str,
        path: str,
        *,
        content: bytes | None = None,
        json: object | None = None,
        headers: Mapping[str, str] | None = None,
        params: Mapping[str, str] | None = None,
    ) -> httpx2.Response:
        """Return the sidecar's answer below 500. Raises Unavailable for any other, and when there is none."""
        more: dict[str, Any] = {"content": content} if json is None else {"json": json}
        try:
            answer = await self._http.request(method, path, headers=headers, params=params, **more)
        except httpx2.TransportError as error:
            raise Unavailable(f"The sidecar does not answer ({type(error).__name__}).") from error
        if answer.status_code >= 500 or answer.status_code == 401:
            raise Unavailable(f"The sidecar answered {answer.status_code} to {method} {path}: {reason(answer)}")
        return answer

    async def is_ready(self) -> bool:
        """Tell whether the sidecar has loaded its components and takes calls; it need not have seen our own port yet."""
        try:
            answer = await self._http.get("/v1.0/healthz/outbound", timeout=2.0)
        except httpx2.TransportError:
            return False
        return answer.status_code == 204

    async def wait_until_ready(self, limit: float = 60.0, pause: float = 0.05) -> None:
        """Return once the sidecar is ready. Nothing else of this process waits. Raises Unavailable after `limit` seconds."""
        try:
            async with asyncio.timeout(limit):
                while not await self.is_ready():  # noqa: ASYNC110  no event tells of another process
                    await asyncio.sleep(pause)
        except TimeoutError as error:
            raise Unavailable(f"The sidecar at {self.url} was not ready within {limit:g} seconds.") from error

    async def aclose(self) -> None:
        """Close the connections."""
        await self._http.aclose()


def reason(answer: httpx2.Response) -> str:
    """Return what the sidecar says of a refusal, as one line."""
    try:
        body = answer.json()
    except ValueError:
        return answer.text[:300]
    said = body.get("message") if isinstance(body, dict) else None
    return said if isinstance(said, str) else answer.text[:300]
