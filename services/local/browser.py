"""How the person's browser gets in: a link that works once gives it a cookie, which stands for the person at this host.

Only in one person's Taskora. Who holds the host's key (any program of this person) may make a link; no page of the web and no
other user of the machine can. Links and sessions lie in the state port as hashes only, so that they outlive the process and
nobody reads one out of the database. A cookie knows no port: it is named after ours, and a page of another port of this
machine is kept away by its origin.
"""

import datetime as dt
import hashlib
import secrets
from collections.abc import Mapping
from http.cookies import CookieError, SimpleCookie
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from pydantic_core import to_json
from starlette.datastructures import Headers
from starlette.responses import HTMLResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from services.kit.identity import Identity, TokenVerifier
from services.kit.problems import problem_response
from services.local.user import sign
from taskora.domain.actor import Actor, ActorKind, Channel, Principal
from taskora.domain.errors import Forbidden
from taskora.runtime.ports import State

AUDIENCE = "browser"
LINK_LIFETIME = dt.timedelta(minutes=5)
SESSION_LIFETIME = dt.timedelta(days=30)
_AUDIENCES: Mapping[str, str] = {"/api/": "tasks", "/chat": "agent"}
"""Where a browser may go with its cookie, and for whom its requests are signed there. Not to operators' routes, not to /mcp."""
_SAFE = frozenset({"GET", "HEAD"})
_PERSON = Actor(ActorKind.USER)
_PAGE_HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
}
_PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Taskora</title>
<h1>{title}</h1><p>{text}</p></html>
"""


class Browsers:
    """The links that were made and the browsers that used one."""

    def __init__(self, state: State) -> None:
        self._state = state

    async def link(self) -> str:
        """Return the path of a fresh link: it works once, within five minutes."""
        ticket = secrets.token_urlsafe(32)
        await self._state.put(_key("link", ticket), {}, ttl=LINK_LIFETIME)
        return f"/open/{ticket}"

    async def redeem(self, ticket: str) -> str | None:
        """Return a new session for a link; None for one that was used, is too old or never was. Whoever deletes it has it."""
        key = _key("link", ticket)
        kept = await self._state.get(key)
        if kept is None or not await self._state.delete(key, etag=kept.etag):
            return None
        session = secrets.token_urlsafe(32)
        await self._state.put(_key("session", session), {}, ttl=SESSION_LIFETIME)
        return session

    async def knows(self, session: str) -> bool:
        """Tell whether a session holds."""
        return await self._state.get(_key("session", session)) is not None

    async def forget(self, session: str) -> None:
        """End a session."""
        await self._state.delete(_key("session", session))


class CookieDoor:
    """Lets a browser with a session through, under a token that is signed for this one request. Innermost of the middleware.

    A request that brings a token of its own is none of its affair, nor is one without a session: the route refuses that.
    """

    def __init__(self, app: ASGIApp, *, browsers: Browsers, key: str) -> None:
        """Take what signs the tokens."""
        self._app = app
        self._browsers = browsers
        self._key = key

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        audience = _audience(scope)
        headers = Headers(scope=scope)
        session = None if audience is None or "authorization" in headers else cookie_of(headers)
        if audience is None or session is None or not await self._browsers.knows(session):
            await self._app(scope, receive, send)
            return
        if not _from_own_page(scope, headers):
            refusal = Forbidden("Pages of other origins are not served here.", advice="Use Taskora's own page.")
            await problem_response(refusal)(scope, receive, send)
            return
        token = sign(self._key, actor=_PERSON, channel=Channel.WEB, audience=audience)
        raw = [*scope["headers"], (b"authorization", f"Bearer {token}".encode())]
        await self._app({**scope, "headers": raw}, receive, send)


def browser_router(browsers: Browsers, verifier: TokenVerifier) -> APIRouter:
    """Return the routes: make a link (with the host's key), open it (once), sign out."""
    identity = Identity(verifier, AUDIENCE)
    router = APIRouter(include_in_schema=False)

    @router.post("/browser/links")
    async def made(principal: Annotated[Principal, Depends(identity)]) -> Response:
        """Make a link. An agent gets none: a browser acts as the person."""
        if principal.actor.kind is not ActorKind.USER:
            raise Forbidden("Only the person makes a link.")
        body = {"path": await browsers.link(), "seconds": int(LINK_LIFETIME.total_seconds())}
        return Response(to_json(body), 201, {"Cache-Control": "no-store"}, "application/json")

    @router.get("/open/{ticket}")
    async def opened(ticket: str, request: Request) -> Response:
        """Give this browser its cookie."""
        if "prefetch" in request.headers.get("sec-purpose", request.headers.get("purpose", "")):
            raise Forbidden("A link is opened by a person.")
        return _let_in(request, await browsers.redeem(ticket))

    @router.post("/browser/sign-out")
    async def signed_out(request: Request) -> Response:
        """End this browser's session."""
        session = cookie_of(request.headers)
        if not _from_own_page(request.scope, request.headers):
            raise Forbidden("Pages of other origins are not served here.")
        if session is not None:
            await browsers.forget(session)
        answer = Response(status_code=204)
        answer.delete_cookie(cookie_name(request.headers), path="/", httponly=True, samesite="strict")
        return answer

    return router


def _let_in(request: Request, session: str | None) -> Response:
    """Return the page for a link that was followed, with the cookie where it held."""
    if session is None:
        text = "This link was used already, or it is too old. <code>taskora open</code> makes a new one."
        return _page(403, "Not this link", text)
    page = _page(200, "This browser is in", "It may now use your Taskora on this machine, until you sign out.")
    page.set_cookie(
        cookie_name(request.headers),
        session,
        max_age=int(SESSION_LIFETIME.total_seconds()),
        path="/",
        httponly=True,
        samesite="strict",
    )
    return page


def cookie_name(headers: Headers) -> str:
    """Return the name of the cookie: it holds our port, which cookies themselves do not tell apart (RFC 6265 §8.5)."""
    port = headers.get("host", "").rpartition(":")[2]
    return f"taskora_{port if port.isdecimal() else 80}"


def cookie_of(headers: Headers) -> str | None:
    """Return the session that a request brings."""
    cookies: SimpleCookie = SimpleCookie()
    try:
        cookies.load(headers.get("cookie", ""))
    except CookieError:
        return None
    morsel = cookies.get(cookie_name(headers))
    return None if morsel is None else morsel.value


def _audience(scope: Scope) -> str | None:
    if scope["type"] != "http":
        return None
    path: str = scope["path"]
    return next((audience for prefix, audience in _AUDIENCES.items() if path.startswith(prefix)), None)


def _from_own_page(scope: Scope, headers: Headers) -> bool:
    """Tell whether our own page asks. A browser names its origin with whatever may change something (Fetch §3.2)."""
    if headers.get("sec-fetch-site", "same-origin") not in {"same-origin", "none"}:
        return False
    origin = headers.get("origin")
    if origin is None:
        return scope["method"] in _SAFE
    return origin.lower() == f"{scope['scheme']}://{headers.get('host', '').lower()}"


def _key(kind: str, secret: str) -> str:
    return f"browser/{kind}/{hashlib.sha256(secret.encode()).hexdigest()}"


def _page(status: int, title: str, text: str) -> HTMLResponse:
    return HTMLResponse(_PAGE.format(title=title, text=text), status, headers=_PAGE_HEADERS)
