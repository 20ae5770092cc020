"""Every route of the host: nobody gets in without a token that holds, by a foreign name, or by saying who they are."""

import time
from collections.abc import Iterator, Mapping
from typing import Any

import jwt
import pytest
from fastapi.routing import APIRoute
from starlette.routing import Route

from taskora.domain.actor import Actor, ActorKind, Channel
from tests.hosts import LocalHost

pytestmark = pytest.mark.anyio
OPEN_TO_ALL = {"/health", "/health/live", "/health/ready", "/openapi.json", "/open/{ticket}"}
"""Health says nothing about tasks, the document is the same for everybody, a link is its own secret."""
FORGED: Mapping[str, object] = {
    "X-User-ID": "somebody",
    "X-Forwarded-User": "somebody",
    "X-Actor": "system",
    "X-Channel": "recurrence",
    "Forwarded": "for=1.2.3.4;host=evil.example",
}


def routes(host: LocalHost) -> Iterator[tuple[str, str]]:
    """Yield method and path of every route that the host serves, also of those that are not in its document."""
    pending = list(host.host.app.routes)
    while pending:
        route = pending.pop()
        inner = getattr(route, "routes", None) or getattr(getattr(route, "original_router", None), "routes", None)
        if inner:
            pending += inner
        elif isinstance(route, APIRoute | Route):
            path = route.path
            for method in sorted(route.methods or {"POST"}):
                if path not in OPEN_TO_ALL and method not in {"HEAD", "OPTIONS"}:
                    yield method, path.replace("{reference}", "1").replace("{letter_id}", "1")


def signed(key: str, **changed: Any) -> str:
    now = int(time.time())
    claims = {
        "iss": "taskora",
        "aud": "tasks",
        "sub": "local",
        "act": {"kind": "user", "name": ""},
        "channel": "api",
        "scope": "operate",
        "iat": now,
        "exp": now + 60,
        **changed,
    }
    return jwt.encode({name: value for name, value in claims.items() if value is not None}, key, algorithm="HS256")


def tokens(host: LocalHost) -> dict[str, str]:
    """Return values of the Authorization header that must not let anybody in, wherever they are tried."""
    key, past = host.host.key, int(time.time()) - 120
    unsigned = jwt.encode({"sub": "local", "aud": "tasks", "iss": "taskora"}, None, algorithm="none")  # type: ignore[arg-type]  # no key at all
    return {
        "none": "",
        "no scheme": signed(key),
        "another scheme": f"Basic {signed(key)}",
        "rubbish": "Bearer rubbish",
        "another key": f"Bearer {signed(key[::-1])}",
        "no signature": f"Bearer {unsigned}",
        "expired": f"Bearer {signed(key, iat=past - 60, exp=past)}",
        "another audience": f"Bearer {signed(key, aud='elsewhere')}",
        "another issuer": f"Bearer {signed(key, iss='somebody')}",
        "nobody": f"Bearer {signed(key, sub='')}",
        "an unknown channel": f"Bearer {signed(key, channel='telepathy')}",
        "an unknown actor": f"Bearer {signed(key, act={'kind': 'root'})}",
    }


async def test_every_route_is_looked_at(host: LocalHost) -> None:
    found = set(routes(host))
    assert {("GET", "/api/v1/tasks"), ("POST", "/chat"), ("POST", "/mcp"), ("GET", "/ops/dead-letters")} <= found
    assert {("POST", "/browser/links"), ("POST", "/api/v1/tasks/delete")} <= found
    assert len(found) > 25


async def test_no_route_answers_without_a_token_that_holds(host: LocalHost) -> None:
    for method, path in routes(host):
        if path == "/browser/sign-out":
            continue  # it ends the session of whoever asks, and needs none
        for kind, value in tokens(host).items():
            headers = {"Authorization": value} if value else {}
            answer = await host.http.request(method, path, headers=headers, json={} if method != "GET" else None)
            assert answer.status_code in {401, 405}, (method, path, kind, answer.text)
            assert answer.status_code == 401 or path == "/mcp", (method, path, kind)


async def test_no_route_takes_a_token_that_is_meant_for_another_door(host: LocalHost) -> None:
    meant = {"/api/": "tasks", "/chat": "agent", "/mcp": "mcp", "/ops/": "ops", "/browser/links": "browser"}
    for method, path in routes(host):
        own = next((audience for prefix, audience in meant.items() if path.startswith(prefix)), None)
        for audience in {*meant.values()} - {own}:
            headers = {"Authorization": f"Bearer {signed(host.host.key, aud=audience)}"}
            answer = await host.http.request(method, path, headers=headers)
            assert answer.status_code in {401, 405} or own is None, (method, path, audience)


async def test_operators_routes_want_their_scope_as_well(host: LocalHost) -> None:
    headers = {"Authorization": f"Bearer {signed(host.host.key, aud='ops', scope='')}"}
    for method, path in routes(host):
        if path.startswith("/ops/"):
            assert (await host.http.request(method, path, headers=headers, json={})).status_code == 403


@pytest.mark.parametrize(
    "name", ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example:80", "10.0.0.1", ""]
)
async def test_no_route_is_reached_by_another_name(host: LocalHost, name: str) -> None:
    for audience in ("tasks", "agent", "ops", "mcp", "browser"):
        headers = {"Authorization": f"Bearer {signed(host.host.key, aud=audience)}", "Host": name}
        for method, path in routes(host):
            answer = await host.http.request(method, path, headers=headers)
            assert answer.status_code == 403, (method, path, audience)


async def test_nobody_says_in_a_header_an_argument_or_a_body_who_acts_or_by_which_door(host: LocalHost) -> None:
    headers = {name: str(value) for name, value in FORGED.items()}
    headers["Authorization"] = f"Bearer {host.token('tasks')}"
    made = await host.http.post("/api/v1/tasks", json={"items": [{"title": "milk"}]}, headers=headers)
    assert made.status_code == 200, made.text
    for body in (
        {"items": [{"title": "x", "user_id": "somebody"}]},
        {"items": [{"title": "x", "actor": "system"}]},
    ):
        answer = await host.http.post("/api/v1/tasks", json=body, headers=headers)
        assert answer.json()["results"][0]["problem"]["code"] == "invalid"
    for name in ("user_id", "actor", "channel"):
        whole = {"items": [{"title": "x"}], name: "system"}
        assert (await host.http.post("/api/v1/tasks", json=whole, headers=headers)).status_code == 422
        assert (await host.http.get("/api/v1/tasks", params={name: "x"}, headers=headers)).status_code == 422
        line = {"text": "add x", name: "system"}
        agent = {**headers, "Authorization": f"Bearer {host.token('agent')}"}
        assert (await host.http.post("/chat", json=line, headers=agent)).status_code == 422
    [change] = (await host.tasks.changes()).changes
    assert (change.actor["kind"], change.channel) == ("user", "api")
    assert change.snapshot["title"] == "milk"


async def test_who_acts_and_by_which_door_is_what_the_token_says(host: LocalHost) -> None:
    said = [(Actor(ActorKind.USER), Channel.WEB), (Actor(ActorKind.AGENT, "desk"), Channel.MCP)]
    for actor, channel in said:
        headers = {"Authorization": f"Bearer {host.token('tasks', actor=actor, channel=channel)}"}
        await host.http.post("/api/v1/tasks", json={"items": [{"title": "milk"}]}, headers=headers)
    stored = [(change.actor["kind"], change.channel) for change in (await host.tasks.changes()).changes]
    assert stored == [("user", "web"), ("agent", "mcp")]


async def test_an_answer_is_never_readable_for_a_page_of_another_origin(host: LocalHost) -> None:
    for method, path in routes(host):
        answer = await host.http.request(method, path, headers={"Origin": "http://evil.example"})
        assert not any(name.startswith("access-control-") for name in answer.headers)
