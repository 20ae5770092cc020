"""Who may call the routes of this folder: the sidecar, by the token that both were given. Others could inject events."""

import hmac
from collections.abc import Awaitable, Callable

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response

from taskora.config import Settings
from taskora.domain.errors import CannotStart
from taskora.runtime.dapr.sidecar import TOKEN_HEADER

Endpoint = Callable[[Request], Awaitable[Response]]


class Guard:
    """Adds routes to a router that answer only to the sidecar's token."""

    def __init__(self, settings: Settings) -> None:
        """Take the token of the settings. Raises CannotStart when there is none: an open door is never meant."""
        if not settings.app_api_token:
            raise CannotStart(
                "APP_API_TOKEN is not set.", advice="Give the sidecar and this process the same secret in it."
            )
        self._token = settings.app_api_token.encode()

    def add(self, router: APIRouter, path: str, endpoint: Endpoint, *methods: str) -> None:
        """Add a route. A wrong or missing token gets 401, which the sidecar takes for a failure to be tried again."""

        async def guarded(request: Request) -> Response:
            shown = request.headers.get(TOKEN_HEADER, "").encode()
            if not hmac.compare_digest(shown, self._token):
                return JSONResponse({"detail": f"The header {TOKEN_HEADER} is missing or wrong."}, status_code=401)
            return await endpoint(request)

        router.add_route(path, guarded, methods=list(methods or ("POST",)), include_in_schema=False)
