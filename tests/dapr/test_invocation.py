"""One service calls another through both sidecars, with the product's own bounds (dapr/resiliency.yaml)."""

import shutil
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path

import httpx2
import pytest
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse, Response

from taskora.api import wire
from taskora.api.client import TasksClient
from taskora.domain.errors import Unavailable
from taskora.runtime.ports import Inbound
from tests.dapr.stack import Member

pytestmark = pytest.mark.anyio


class Busy:
    """A task service that is busy so many times before it answers; it notes the key under which it was asked."""

    def __init__(self) -> None:
        self.app = FastAPI()
        self.app.add_route("/api/v1/tasks", self.tasks, methods=["GET", "POST"])
        self.refusals: list[int] = []
        self.keys: list[str | None] = []
        self.seen: list[tuple[str, str]] = []

    async def tasks(self, request: Request) -> Response:
        self.keys.append(request.headers.get("idempotency-key"))
        self.seen.append((request.headers["authorization"], str(request.url.query)))
        if self.refusals:
            problem = {"code": "storage_busy", "detail": "busy", "title": "busy", "status": 503}
            return JSONResponse(problem, self.refusals.pop(0), media_type="application/problem+json")
        if request.method == "POST":
            return JSONResponse({"command_id": "c", "results": []})
        return JSONResponse({"tasks": [], "total": 0, "next_cursor": None})


@pytest.fixture
def busy() -> Busy:
    return Busy()


@pytest.fixture
async def caller(busy: Busy, tmp_path: Path) -> AsyncIterator[Member]:
    resources = tmp_path / "resources"
    resources.mkdir()
    shutil.copy("dapr/resiliency.yaml", resources)
    async with AsyncExitStack() as running:
        await running.enter_async_context(Member(Inbound("tasks"), [resources], tmp_path, app=busy.app).running())
        yield await running.enter_async_context(Member(Inbound("agent"), [resources], tmp_path).running())


@pytest.mark.requirement("R-076")
async def test_the_typed_client_reaches_the_task_service_and_is_not_told_that_it_was_busy(
    busy: Busy, caller: Member
) -> None:
    async with caller.dapr.client_of("tasks") as http:
        client = TasksClient(http, lambda: "a token")
        busy.refusals += [503, 503]
        page = await client.tasks(wire.TaskQuery(tag=["a & b"]))
        assert list(page.tasks) == []
        assert busy.seen == [("Bearer a token", "tag=a+%26+b")] * 3
        busy.keys.clear()
        busy.refusals += [503]
        await client.create([wire.NewTask(title="water")])
        await client.create([wire.NewTask(title="water")], key="mine")
    assert busy.keys[0] is not None
    assert busy.keys[1] == busy.keys[0]
    assert busy.keys[2] == "mine"


async def test_what_is_refused_is_asked_once(busy: Busy, caller: Member) -> None:
    async with caller.dapr.client_of("tasks") as http:
        for status in (404, 409, 422, 500):
            busy.seen.clear()
            busy.refusals = [status]
            answer = await http.get("/api/v1/tasks", headers={"authorization": "x"})
            assert (answer.status_code, len(busy.seen)) == (status, 1)


async def test_a_service_that_is_not_there_is_no_answer(caller: Member) -> None:
    async with caller.dapr.client_of("nobody") as http:
        with pytest.raises(httpx2.ConnectError, match="nobody"):
            await http.get("/api/v1/tasks")
        with pytest.raises(Unavailable):
            await TasksClient(http, lambda: "a token").tasks()
