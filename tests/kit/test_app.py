"""Every application of ours: problems, a body limit, names, correlation ids, health."""

import json
from collections.abc import AsyncIterator

import httpx2
import pytest
import structlog
from fastapi import FastAPI
from pydantic import BaseModel
from starlette.requests import Request

from services.kit.app import make_app
from services.kit.health import health_router
from taskora.config import Settings
from taskora.domain import errors
from taskora.domain.errors import TaskoraError
from taskora.runtime.embedded.invoke import client_for
from taskora.telemetry import correlation_id

pytestmark = pytest.mark.anyio


class Body(BaseModel):
    number: int


def app_with_routes() -> FastAPI:
    app = make_app("test", Settings(body_limit=100), hosts=["tasks.example"])
    ready = [True, False]

    async def is_ready() -> bool:
        return ready.pop(0)

    app.include_router(health_router("taskora", "1.2.3", is_ready))

    @app.post("/parsed")
    async def parsed(body: Body) -> int:
        return body.number

    @app.post("/raw")
    async def raw(request: Request) -> int:
        return len(await request.body())

    @app.get("/raise/{name}")
    async def raises(name: str) -> None:
        kind: type[TaskoraError] = getattr(errors, name)
        raise kind("It was so.", advice="Do so.", field="it", extra={"fact": 1})

    @app.get("/defect")
    async def defect() -> None:
        raise ZeroDivisionError("secret")

    @app.get("/id")
    async def shown_id() -> str | None:
        return correlation_id()

    return app


@pytest.fixture
async def http() -> AsyncIterator[httpx2.AsyncClient]:
    async with client_for(app_with_routes()) as client:
        yield client


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("InvalidField", 422),
        ("NotUnderstood", 422),
        ("TooLarge", 413),
        ("NotFound", 404),
        ("Ambiguous", 409),
        ("Conflict", 409),
        ("StaleVersion", 409),
        ("KeyReused", 422),
        ("Unauthenticated", 401),
        ("Forbidden", 403),
        ("Refused", 400),
        ("StorageFull", 507),
        ("StorageBusy", 503),
        ("Unavailable", 503),
        ("FolderUnusable", 503),
        ("TaskoraError", 500),
    ],
)
async def test_an_error_becomes_a_problem(http: httpx2.AsyncClient, name: str, status: int) -> None:
    answer = await http.get(f"/raise/{name}")
    kind: type[TaskoraError] = getattr(errors, name)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json() == {
        "type": f"/problems/{kind.code}",
        "title": kind.__doc__,
        "status": status,
        "code": kind.code,
        "detail": "It was so.",
        "advice": "Do so.",
        "field": "it",
        "fact": 1,
    }
    assert ("retry-after" in answer.headers) == (status in {503, 507})


async def test_what_nobody_foresaw_is_logged_and_answered_with_the_id_under_which_it_is_found(
    http: httpx2.AsyncClient,
) -> None:
    with structlog.testing.capture_logs(processors=[structlog.contextvars.merge_contextvars]) as logs:
        answer = await http.get("/defect", headers={"X-Correlation-ID": "line-7"})
    assert answer.status_code == 500
    assert (answer.json()["correlation_id"], answer.headers["x-correlation-id"]) == ("line-7", "line-7")
    assert "secret" not in answer.text
    (entry,) = logs
    assert (entry["correlation_id"], entry["log_level"]) == ("line-7", "error")
    assert isinstance(entry["exc_info"], ZeroDivisionError)


@pytest.mark.parametrize("path", ["/parsed", "/raw"])
@pytest.mark.parametrize("chunked", [False, True])
async def test_a_body_over_the_limit_is_refused_declared_or_in_chunks(
    http: httpx2.AsyncClient, path: str, chunked: bool
) -> None:
    async def chunks() -> AsyncIterator[bytes]:
        for _ in range(50):
            yield b"x" * 10

    answer = await http.post(path, content=chunks() if chunked else b"x" * 101)
    assert answer.status_code == 413
    assert answer.json()["detail"] == "The request body is over 100 bytes."


@pytest.mark.parametrize("chunked", [False, True])
async def test_a_body_at_the_limit_is_taken(http: httpx2.AsyncClient, chunked: bool) -> None:
    async def chunks() -> AsyncIterator[bytes]:
        for _ in range(10):
            yield b"x" * 10

    assert (await http.post("/raw", content=chunks() if chunked else b"x" * 100)).json() == 100


async def test_a_wrong_body_of_a_parsed_route_is_a_problem_that_names_the_field(http: httpx2.AsyncClient) -> None:
    wrong = await http.post("/parsed", json={"number": "many"})
    assert (wrong.status_code, wrong.json()["field"]) == (422, "number")
    missing = await http.post("/parsed", json={})
    assert missing.json()["detail"] == "“number” is missing."
    broken = await http.post("/parsed", content=b"{", headers={"Content-Type": "application/json"})
    assert broken.json()["detail"] == "The body is no valid JSON."


@pytest.mark.parametrize(
    "host",
    [
        "localhost",
        "LOCALHOST:8710",
        "127.0.0.1",
        "127.0.0.1:8710",
        "[::1]",
        "[::1]:8710",
        "tasks.example",
        "tasks.example:1",
    ],
)
async def test_our_names_are_served(http: httpx2.AsyncClient, host: str) -> None:
    assert (await http.get("/id", headers={"Host": host})).status_code == 200


@pytest.mark.parametrize(
    "host", ["evil.example", "localhost.evil.example", "127.0.0.1.nip.io:8710", "", "::1", "[::2]:80"]
)
async def test_another_name_is_refused(http: httpx2.AsyncClient, host: str) -> None:
    answer = await http.get("/id", headers={"Host": host})
    assert (answer.status_code, answer.json()["code"]) == (403, "forbidden")


async def test_a_correlation_id_goes_in_and_out(http: httpx2.AsyncClient) -> None:
    answer = await http.get("/id", headers={"X-Correlation-ID": "a-1:b.c_d"})
    assert answer.json() == answer.headers["x-correlation-id"] == "a-1:b.c_d"
    assert correlation_id() is None


@pytest.mark.parametrize("given", ["", "a b", "x" * 101, "a\u00e9", '{"a":1}'])
async def test_an_id_of_another_form_is_replaced(http: httpx2.AsyncClient, given: str) -> None:
    answer = await http.get("/id", headers={b"X-Correlation-ID": given.encode("latin-1")})
    assert answer.json() == answer.headers["x-correlation-id"]
    assert answer.json() != given
    assert len(answer.json()) == 36


async def test_health_tells_name_and_version_and_whether_it_can_work(http: httpx2.AsyncClient) -> None:
    answer = await http.get("/health")
    assert (answer.status_code, answer.json()) == (200, {"status": "ready", "name": "taskora", "version": "1.2.3"})
    answer = await http.get("/health")
    assert (answer.status_code, answer.json()["status"]) == (503, "not ready")


async def test_no_page_of_documentation_loads_code_from_elsewhere(http: httpx2.AsyncClient) -> None:
    for path in ("/docs", "/redoc"):
        assert (await http.get(path)).status_code == 404
    assert json.loads((await http.get("/openapi.json")).content)["info"]["title"] == "test"
