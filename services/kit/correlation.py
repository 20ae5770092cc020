"""The correlation id of a request: taken from `X-Correlation-ID` or made, kept for every log line and event, and sent back.

Beside it the trace: taken from `traceparent` (W3C Trace Context) or begun, and kept in the same places. Both tell requests
apart and nothing else: who asks is in the token (`identity`). Outermost of our middleware, so it also answers what nobody
foresaw.
"""

import re

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from uuid_utils import uuid7

from services.kit.problems import unexpected
from taskora.telemetry import continued, correlated

HEADER = "x-correlation-id"
_FORM = re.compile(r"[A-Za-z0-9._:-]{1,100}")


class Correlation:
    """Binds id and trace for the time of a request. What has another form is replaced: it ends up in logs."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request under its id."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        given = headers.get(HEADER, "")
        correlation_id = given if _FORM.fullmatch(given) else str(uuid7())
        started = False

        async def answer(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                MutableHeaders(scope=message)[HEADER] = correlation_id
            await send(message)

        with correlated(correlation_id, continued(headers.get("traceparent", ""))):
            try:
                await self._app(scope, receive, answer)
            except Exception as error:  # the outermost edge: logged and answered here
                response = unexpected(error)
                if started:
                    raise  # half an answer is out: the server must break the connection
                await response(scope, receive, answer)
