"""Every route of a server asks for a token that holds, and takes no other word for who is asking."""

import re
from collections.abc import AsyncIterator
from pathlib import Path

import httpx2
import pytest
from fastapi import APIRouter
from fastapi.routing import APIRoute

from services.kit.tokens import TokenSigner
from services.local.host import Host
from taskora.config import SERVER, Settings
from taskora.domain.actor import Actor, ActorKind, Channel, Principal
from taskora.runtime.embedded.invoke import client_for
from tests.server.forgeries import AUDIENCES, forgeries, signed
from tests.server.houses import KEY, token

pytestmark = pytest.mark.anyio

PUBLIC = {"/health", "/health/live", "/health/ready"}
DOORS = {"/api/": "tasks", "/chat": "agent", "/ops/": "ops"}
"""The audience of what lies under a path."""
BODY = {"items": [{"title": "forged"}], "text": "buy forged milk"}


@pytest.fixture(scope="module")
async def host(tmp_path_factory: pytest.TempPathFactory, anyio_backend: str) -> AsyncIterator[Host]:  # noqa: ARG001  the loop comes first
    folder: Path = tmp_path_factory.mktemp("server")
    server = await Host.start(Settings(data_dir=folder, mode=SERVER, signing_key=KEY))
    yield server
    await server.stop()


@pytest.fixture(scope="module")
async def http(host: Host) -> AsyncIterator[httpx2.AsyncClient]:
    async with client_for(host.app) as client:
        yield client


def routes(host: Host) -> list[tuple[str, str]]:
    """Every method and path that is not public; references are filled in."""
    found = [
        (method, re.sub(r"\{\w+\}", "1", route.path))
        for included in host.app.routes
        for route in getattr(included, "original_router", APIRouter()).routes
        if isinstance(route, APIRoute) and route.path not in PUBLIC
        for method in route.methods or ()
    ]
    return sorted(found)


def audience_of(path: str) -> str:
    return next(audience for start, audience in DOORS.items() if path.startswith(start))


def test_the_routes_of_every_service_are_looked_at(host: Host) -> None:
    assert {audience_of(path) for _, path in routes(host)} == set(AUDIENCES)
    assert len(routes(host)) >= 20


@pytest.mark.parametrize("kind", sorted({*forgeries("tasks"), *forgeries("agent")}))
async def test_a_token_that_must_not_hold_opens_no_route(host: Host, http: httpx2.AsyncClient, kind: str) -> None:
    for method, path in routes(host):
        bad = forgeries(audience_of(path)).get(kind)
        if bad is None:  # meant for this very door
            continue
        answer = await http.request(method, path, headers={"Authorization": f"Bearer {bad}"}, json=BODY)
        assert answer.status_code == 401, (method, path)
        assert answer.json()["code"] == "unauthenticated", (method, path)
        assert answer.headers["www-authenticate"] == "Bearer"
    for user in ("ada", "bob"):
        log = await http.get("/api/v1/changes", headers={"Authorization": f"Bearer {token(user)}"})
        assert log.json()["changes"] == []


async def test_a_token_counts_in_the_authorization_header_alone(host: Host, http: httpx2.AsyncClient) -> None:
    for method, path in routes(host):
        held = token("ada", audience_of(path))
        asked = f"{path}?access_token={held}&token={held}&user_id=ada"
        named = {"X-User-ID": "ada", "X-Forwarded-User": "ada", "Cookie": f"token={held}", "dapr-api-token": held}
        answer = await http.request(method, asked, headers=named, json=BODY)
        assert answer.status_code == 401, (method, path)
        for scheme in ("Basic", "Token", ""):
            answer = await http.request(method, path, headers={"Authorization": f"{scheme} {held}".strip()}, json=BODY)
            assert answer.status_code == 401, (method, path, scheme)


async def test_what_operators_may_do_needs_their_scope_and_no_user_s_token_has_it(
    host: Host, http: httpx2.AsyncClient
) -> None:
    plain = TokenSigner(KEY).sign(Principal("ada", Actor(ActorKind.USER), Channel.API), "ops")
    for method, path in routes(host):
        if audience_of(path) == "ops":
            answer = await http.request(method, path, headers={"Authorization": f"Bearer {plain}"}, json={})
            assert answer.status_code == 403, (method, path)
            assert answer.json()["code"] == "forbidden"
    listed = await http.get("/ops/dead-letters", headers={"Authorization": f"Bearer {signed('ops')}"})
    assert listed.status_code == 200


async def test_every_kind_of_bad_token_is_bad_for_what_it_says_and_for_nothing_else(http: httpx2.AsyncClient) -> None:
    for audience, path in (("tasks", "/api/v1/tasks"), ("ops", "/ops/dead-letters")):
        answer = await http.get(path, headers={"Authorization": f"Bearer {signed(audience)}"})
        assert answer.status_code == 200, answer.text
