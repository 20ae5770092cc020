"""A database that is busy or away, as a client of HTTP sees it: 503, when to ask again, and recovery by itself."""

import asyncio
from collections.abc import AsyncIterator, Iterator

import httpx2
import pytest
from sqlalchemy import text

from taskora.storage.database import Database
from taskora.storage.migration import migrate
from tests.postgresql import Server
from tests.tasks.world import World

pytestmark = [pytest.mark.anyio, pytest.mark.timeout(180)]
BODY = {"items": [{"title": "milk"}]}
REQUESTS = (("GET", "/tasks"), ("POST", "/tasks"), ("GET", "/preferences"))


@pytest.fixture
def own_server() -> Iterator[Server]:
    """Give a server that the test may end."""
    server = Server(("-c", "shared_buffers=32MB"))
    server.start()
    yield server
    server.stop()


@pytest.fixture
async def narrow(postgresql_url: str, anyio_backend: str) -> AsyncIterator[World]:  # noqa: ARG001  the loop comes first
    """Give a service with a single connection, for which nobody waits long."""
    database = Database(postgresql_url, wait=0.3, pool_size=1)
    yield World(database)
    await database.close()


async def ask(world: World, method: str, path: str) -> httpx2.Response:
    body = BODY if method == "POST" else None
    return await world.http.request(method, f"/api/v1{path}", headers=world.headers(), json=body)


def is_told_to_come_again(answer: httpx2.Response) -> None:
    assert answer.status_code == 503, answer.text
    assert answer.headers["retry-after"] == "1"
    assert answer.headers["content-type"] == "application/problem+json"
    assert "again" in answer.json()["advice"]


@pytest.mark.requirement("R-016")
async def test_requests_that_find_no_connection_free_are_told_to_come_again_and_nothing_is_changed(
    narrow: World,
) -> None:
    assert (await ask(narrow, "POST", "/tasks")).status_code == 200
    held = asyncio.ensure_future(
        narrow.database.write(lambda unit: unit.connection.execute(text("SELECT pg_sleep(2)")).close())
    )
    await asyncio.sleep(0)  # it has the connection
    for answer in await asyncio.gather(*(ask(narrow, *one) for one in REQUESTS)):
        is_told_to_come_again(answer)
        assert answer.json()["code"] == "storage_busy"
    await held
    assert len((await ask(narrow, "GET", "/tasks")).json()["tasks"]) == 1
    assert (await ask(narrow, "POST", "/tasks")).json()["results"][0]["task"]["number"] == 2


async def test_a_server_that_is_away_is_said_to_be_and_found_again_by_itself(own_server: Server) -> None:
    url = await asyncio.to_thread(own_server.empty)
    await asyncio.to_thread(migrate, url)
    database = Database(url, wait=2.0)
    world = World(database)
    assert (await ask(world, "POST", "/tasks")).status_code == 200
    await asyncio.to_thread(own_server.kill)
    for method, path in REQUESTS:
        is_told_to_come_again(await ask(world, method, path))
    await asyncio.to_thread(own_server.start)
    while (answer := await ask(world, "POST", "/tasks")).status_code != 200:
        is_told_to_come_again(answer)
    assert [task["number"] for task in (await ask(world, "GET", "/tasks")).json()["tasks"]] == [1, 2]
    await database.close()
