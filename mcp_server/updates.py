"""Tells clients when what they read has changed, whoever changed it, by whichever door.

Clients of 2026 open a stream (`subscriptions/listen`); clients with the handshake of 2025 subscribe in their session, where
there is one. Watching looks for the user's next change once a second, and at every minute, because a day ends without a change;
then it reads again what is watched and compares. It lives as long as the stream or the session.
"""

import math
import time
from collections.abc import Awaitable, Callable, Iterable

import anyio
from mcp.server import MCPServer
from mcp.server.context import ServerRequestContext
from mcp.server.mcpserver.exceptions import ResourceError
from mcp.server.subscriptions import InMemorySubscriptionBus, ListenHandler, ResourceUpdated
from mcp.shared.exceptions import MCPError
from mcp.types import (
    INVALID_PARAMS,
    INVALID_REQUEST,
    EmptyResult,
    InputRequiredResult,
    SubscribeRequestParams,
    SubscriptionsListenRequestParams,
    SubscriptionsListenResult,
    UnsubscribeRequestParams,
)

from mcp_server.handlers import handle
from taskora.api import wire
from taskora.api.client import TasksClient
from taskora.domain.errors import TaskoraError

PAUSE = 1.0
"""Seconds between two looks at the changes."""
MINUTE = 60.0
WATCHED_LIMIT = 50
"""Most resources that one stream or session watches."""
STREAM_LIMIT = 500
"""Most streams of a process."""
OWN_LIMIT = 20
"""Most streams of one user in a process."""

Tell = Callable[[str], Awaitable[None]]


class Watch:
    """The resources that one client watches, as it last saw them."""

    def __init__(self, server: MCPServer, tasks: Callable[[], TasksClient], tell: Tell) -> None:
        self._server = server
        self._tasks = tasks
        self._tell = tell
        self._seen: dict[str, str | None] = {}
        self._since = 0
        self._some = anyio.Event()

    async def add(self, uri: str) -> None:
        """Watch a resource from now on. Raises MCPError when there are too many."""
        if uri not in self._seen and len(self._seen) >= WATCHED_LIMIT:
            raise MCPError(INVALID_PARAMS, f"At most {WATCHED_LIMIT} resources are watched at a time.")
        if not self._seen:
            self._since = await self._latest()
        self._seen[uri] = await self._text(uri)
        self._some.set()

    def remove(self, uri: str) -> None:
        """Watch a resource no more."""
        self._seen.pop(uri, None)
        if not self._seen:
            self._some = anyio.Event()

    async def run(self) -> None:
        """Tell of changes until cancelled."""
        looked = time.monotonic()
        while True:
            await self._some.wait()
            await anyio.sleep(PAUSE)
            changed = await self._changed()
            if changed or (changed is not None and time.monotonic() - looked >= MINUTE):
                looked = time.monotonic()
                await self._compare()

    async def _compare(self) -> None:
        for uri in tuple(self._seen):
            text = await self._text(uri)
            if uri in self._seen and self._seen[uri] != text:
                self._seen[uri] = text
                await self._tell(uri)

    async def _changed(self) -> bool | None:
        """Tell whether the user's tasks changed since the last look; None while the task service is away."""
        changed = False
        try:
            while True:
                page = await self._tasks().changes(self._since)
                if page.changes:
                    changed, self._since = True, page.changes[-1].sequence
                if not page.more:
                    return changed
        except TaskoraError:
            return changed or None

    async def _latest(self) -> int:
        """Return the number of the user's last change."""
        try:
            newest = (await self._tasks().activity(wire.ActivityQuery(limit=1))).activity
        except TaskoraError:
            return 0
        return newest[0].sequence if newest else 0

    async def _text(self, uri: str) -> str | None:
        """Return what a resource says now; None where there is nothing to read."""
        try:
            contents = await self._server.read_resource(uri)
        except ResourceError:
            return None
        if isinstance(contents, InputRequiredResult):
            return None
        return "".join(str(one.content) for one in contents)


class Updates:
    """All streams and sessions of a process. `tasks` gives the client by which changes are looked for.

    `owner` names the user of the request that is being answered; `life` is how many seconds a stream lasts at most.
    """

    def __init__(
        self,
        server: MCPServer,
        tasks: Callable[[], TasksClient],
        *,
        owner: Callable[[], str] = lambda: "",
        life: float = math.inf,
    ) -> None:
        """Let the server answer `subscriptions/listen`."""
        self._server = server
        self._tasks = tasks
        self._owner = owner
        self._life = life
        self._streams: dict[ListenHandler, str] = {}
        handle(self._server, "subscriptions/listen", SubscriptionsListenRequestParams, self._listen)

    def session(self) -> Watch:
        """Let the one session of this process subscribe in the manner of 2025; what is returned has to run meanwhile."""
        sending: list[ServerRequestContext] = []

        async def tell(uri: str) -> None:
            await sending[-1].session.send_resource_updated(uri)

        watch = Watch(self._server, self._tasks, tell)

        async def subscribe(context: ServerRequestContext, params: SubscribeRequestParams) -> EmptyResult:
            sending[:] = [context]
            await watch.add(str(params.uri))
            return EmptyResult()

        async def unsubscribe(_: ServerRequestContext, params: UnsubscribeRequestParams) -> EmptyResult:
            watch.remove(str(params.uri))
            return EmptyResult()

        handle(self._server, "resources/subscribe", SubscribeRequestParams, subscribe)
        handle(self._server, "resources/unsubscribe", UnsubscribeRequestParams, unsubscribe)
        return watch

    def end_streams(self) -> None:
        """End the open streams; their clients are told that it is meant."""
        for stream in tuple(self._streams):
            stream.close()

    async def _listen(
        self, context: ServerRequestContext, params: SubscriptionsListenRequestParams
    ) -> SubscriptionsListenResult:
        """Serve one stream."""
        owner = self._owner()
        if len(self._streams) >= STREAM_LIMIT or list(self._streams.values()).count(owner) >= OWN_LIMIT:
            raise MCPError(INVALID_REQUEST, "Too many streams are open here. Read the resource again when you need it.")
        bus = InMemorySubscriptionBus()
        stream = ListenHandler(bus)

        async def tell(uri: str) -> None:
            await bus.publish(ResourceUpdated(uri=uri))

        watch = Watch(self._server, self._tasks, tell)
        self._streams[stream] = owner
        try:
            await _add_all(watch, params.notifications.resource_subscriptions or ())
            async with anyio.create_task_group() as group:
                group.start_soon(watch.run)
                group.start_soon(_end_after, self._life, stream)
                result = await stream(context, params)
                group.cancel_scope.cancel()
        finally:
            del self._streams[stream]
        return result


async def _end_after(seconds: float, stream: ListenHandler) -> None:
    await anyio.sleep(seconds)
    stream.close()


async def _add_all(watch: Watch, uris: Iterable[str]) -> None:
    for uri in uris:
        await watch.add(str(uri))
