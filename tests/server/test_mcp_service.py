"""The MCP server as processes of its own: two that know nothing of each other serve one client, whichever gets a request."""

import itertools
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import anyio
import httpx2
import pytest
from fastapi import FastAPI
from mcp.types import ElicitResult
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from services.local.host import Host
from services.server.ports import answers, free_ports
from taskora.api import wire
from taskora.api.client import TasksClient
from taskora.config import PREFIX, SERVER, Settings
from taskora.runtime.embedded.invoke import client_for
from tests.mcp_server.calls import Caller
from tests.mcp_server.served import ERAS, served, speaking
from tests.server.houses import KEY, token
from tests.waiting import until

pytestmark = [pytest.mark.anyio, pytest.mark.timeout(300)]

COUNT = 2


@contextmanager
def process(settings: Settings, sidecar: str, log: Path) -> Iterator[str]:
    """Run the service as Dapr would beside its sidecar, and give its address."""
    [port] = free_ports(1)
    own = replace(settings, port=port, dapr_http_port=int(sidecar.rpartition(":")[2]), app_api_token="a" * 32)
    outside = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
    command = [sys.executable, "-P", "-m", "services.server", "mcp"]
    with (
        log.open("ab") as output,
        subprocess.Popen(
            command, env=outside | own.environment(), stdin=subprocess.DEVNULL, stdout=output, stderr=output
        ) as running,
    ):
        try:
            yield f"http://127.0.0.1:{port}"
        finally:
            running.send_signal(signal.SIGTERM)
            assert running.wait(30) == 0, log.read_text()


def sidecar(http: httpx2.AsyncClient) -> FastAPI:
    """Stand for the sidecars: hand what is asked of the task service to it, as invocation does."""

    async def invoke(request: Request) -> Response:
        headers = {key: value for key, value in request.headers.items() if key not in {"host", "content-length"}}
        path = f"/{request.path_params['path']}" + (f"?{request.url.query}" if request.url.query else "")
        answer = await http.request(request.method, path, headers=headers, content=await request.body())
        return Response(answer.content, answer.status_code, {"content-type": answer.headers["content-type"]})

    app = FastAPI(openapi_url=None)
    app.router.routes.append(Route("/v1.0/invoke/tasks/method/{path:path}", invoke, methods=["GET", "POST", "PATCH"]))
    return app


def balancer(http: httpx2.AsyncClient, urls: list[str]) -> FastAPI:
    """Send each request to another process than the one before."""
    turns = itertools.cycle(urls)

    async def forward(request: Request) -> Response:
        url = f"{next(turns)}/mcp"
        headers = {key: value for key, value in request.headers.items() if key not in {"host", "content-length"}}
        answer = await http.request(request.method, url, headers=headers, content=await request.body())
        return Response(answer.content, answer.status_code, {"content-type": answer.headers.get("content-type", "")})

    app = FastAPI(openapi_url=None)
    app.router.routes.append(Route("/mcp", forward, methods=["GET", "POST", "DELETE"]))
    return app


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[tuple[str, TasksClient]]:
    """Give the address behind which the processes are, and a user's own client of the task service."""
    settings = Settings(data_dir=tmp_path, mode=SERVER, signing_key=KEY, zone="UTC", request_wait=60.0)
    host = await Host.start(settings)
    network = httpx2.AsyncClient(trust_env=False, timeout=60)
    with ExitStack() as running:
        async with network, client_for(host.app) as http, served(sidecar(http)) as beside:
            urls = [
                running.enter_context(process(settings, beside, tmp_path / f"{number}.log")) for number in range(COUNT)
            ]
            for url in urls:
                await until(lambda: answers(f"{url}/health/live"), limit=60)  # noqa: B023  awaited in this round
            async with served(balancer(network, urls)) as front:
                yield front, TasksClient(http, lambda: token("ada"))
            await anyio.to_thread.run_sync(running.close)
    await host.stop()


@pytest.mark.parametrize("era", ERAS)
async def test_a_client_is_served_by_several_processes_by_turns(house: Any, era: str) -> None:
    url, tasks = house

    async def choose(_: object, asked: Any) -> ElicitResult:
        (choice,) = (one for one in asked.requested_schema["properties"]["task"]["enum"] if "visit" in one)
        return ElicitResult(action="accept", content={"task": choice})

    async with speaking(url, token("ada", "mcp"), era, elicitation_callback=choose) as client:
        call = Caller(client)
        await call("add_tasks", items=[{"title": title} for title in ("dentist bill", "dentist visit")])
        for _ in range(4):
            assert (await call("find_tasks"))["total"] == 2
        if era == "legacy":
            assert (await call.failing("complete_tasks", tasks=["dentist"]))["results"][0]["problem"]["candidates"]
        else:
            done = await call("complete_tasks", tasks=["dentist"])
            assert done["results"][0]["task"]["title"] == "dentist visit"
    async with speaking(url, token("bob", "mcp"), era) as client:
        assert (await Caller(client)("find_tasks", status="all"))["total"] == 0
    assert {change.channel for change in (await tasks.changes()).changes} == {"mcp"}
    assert (await tasks.tasks(wire.TaskQuery(status="all", total=True))).total == 2
