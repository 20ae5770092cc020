"""Refuses a request body over the limit before it is read whole, whether its length is declared or comes in chunks."""

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from services.kit.problems import problem_response
from taskora.domain.errors import TooLarge


class BodyLimit:
    """Counts the bytes of a body that does not declare its length; answers with a problem of status 413 above the limit."""

    def __init__(self, app: ASGIApp, *, limit: int) -> None:
        """Take the largest body in bytes."""
        self._app = app
        self._limit = limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        declared = Headers(scope=scope).get("content-length")
        if declared is None:
            await self._counted(scope, receive, send)
        elif declared.isdecimal() and int(declared[:20]) <= self._limit:
            await self._app(scope, receive, send)
        else:
            await self._refuse(scope, receive, send)

    async def _counted(self, scope: Scope, receive: Receive, send: Send) -> None:
        size = 0
        started = False

        async def limited() -> Message:
            nonlocal size
            message = await receive()
            size += len(message.get("body", b""))
            if size > self._limit:
                raise self._too_large()
            return message

        async def unless_over(message: Message) -> None:
            """Drop what the application made of the broken body."""
            nonlocal started
            if size <= self._limit or started:
                started = True
                await send(message)

        try:
            await self._app(scope, limited, unless_over)
        except TooLarge:
            if size <= self._limit or started:
                raise
        if size > self._limit and not started:
            await self._refuse(scope, receive, send)

    async def _refuse(self, scope: Scope, receive: Receive, send: Send) -> None:
        await problem_response(self._too_large())(scope, receive, send)

    def _too_large(self) -> TooLarge:
        return TooLarge(
            f"The request body is over {self._limit} bytes.",
            advice="Send fewer or smaller items at a time; nothing was changed.",
        )
