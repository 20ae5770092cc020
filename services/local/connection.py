"""An HTTP client that follows the host: to its port, under its key, through restarts. `taskora mcp` lives on one.

Each request goes to the host that runs now; one is started where none does. A host that was replaced in between, on another
port or with another key, is found again and the request repeated where that is safe.
"""

import asyncio
from collections.abc import Callable

import httpx2

from services.local import launch
from services.local.host_file import HostRecord
from services.local.user import sign
from taskora.api.client import TasksClient
from taskora.config import Settings
from taskora.domain.actor import Actor, Channel
from taskora.domain.errors import Unavailable


class HostConnection:
    """The task service of the running host, for one actor and channel. `say` gets a line when a host was started.

    With `starts` false none is started: what only watches must not bring back a host that a person has ended.
    """

    def __init__(
        self, settings: Settings, channel: Channel, actor: Actor, say: Callable[[str], None], *, starts: bool = True
    ) -> None:
        self._settings = settings
        self._channel = channel
        self._actor = actor
        self._say = say
        self._starts = starts
        self._record: HostRecord | None = None
        self._finding = asyncio.Lock()
        self.http = httpx2.AsyncClient(transport=_HostTransport(self), base_url="http://127.0.0.1", timeout=30.0)
        self.tasks = TasksClient(self.http, token=lambda: "")  # the transport signs

    async def find(self, lost: HostRecord | None = None) -> HostRecord:
        """Return the record of the running host, looking again (and starting one) when `lost` is the one known so far.

        Raises CannotStart, NewerHost or Unavailable.
        """
        async with self._finding:
            if self._record is None or self._record == lost:
                self._record = await asyncio.to_thread(self._find)
            return self._record

    def _find(self) -> HostRecord:
        if self._starts:
            return launch.ensure(self._settings, self._say)
        record = launch.running(self._settings.data_dir)
        if record is None:
            raise Unavailable("No host runs.")
        return record

    def authorization(self, record: HostRecord) -> str:
        """Return the header's value for a request to that host."""
        return f"Bearer {sign(record.key, actor=self._actor, channel=self._channel, audience='tasks')}"

    async def close(self) -> None:
        """Close the connections; the host goes on."""
        await self.http.aclose()


class _HostTransport(httpx2.AsyncBaseTransport):
    """Sends each request to the host of the moment, with a token that its key signed."""

    def __init__(self, connection: HostConnection) -> None:
        self._connection = connection
        self._network = httpx2.AsyncHTTPTransport(retries=0)

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        record = await self._connection.find()
        try:
            response = await self._send(request, record)
        except httpx2.ConnectError:
            pass
        except httpx2.TransportError:
            if not _repeatable(request):
                raise
        else:
            if response.status_code != httpx2.codes.UNAUTHORIZED:
                return response
            await response.aclose()  # a new host on the old port has another key
        return await self._send(request, await self._connection.find(lost=record))

    async def _send(self, request: httpx2.Request, record: HostRecord) -> httpx2.Response:
        request.url = request.url.copy_with(host="127.0.0.1", port=record.port)
        request.headers["Host"] = f"127.0.0.1:{record.port}"
        request.headers["Authorization"] = self._connection.authorization(record)
        return await self._network.handle_async_request(request)

    async def aclose(self) -> None:
        await self._network.aclose()


def _repeatable(request: httpx2.Request) -> bool:
    """Tell whether a request does no harm when it reached the old host after all."""
    return request.method == "GET" or "Idempotency-Key" in request.headers
