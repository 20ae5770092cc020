"""What happens to a line when something goes wrong around it."""

import asyncio
import json
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from starlette.types import Message

from services.local import folder
from services.local.host import Host
from tests.agent.talk import Talk
from tests.clocks import MovableClock
from tests.hosts import LocalHost, settings_for
from tests.waiting import until

pytestmark = pytest.mark.anyio


@pytest.fixture
async def hasty(tmp_path: Path, clock: MovableClock) -> AsyncIterator[Talk]:
    """Give a conversation with a host that waits for its database only for a moment."""
    settings = replace(settings_for(tmp_path / "data", clock), request_wait=0.2)
    host = LocalHost(await Host.start(settings), clock)
    yield Talk(host)
    await host.close()


@contextmanager
def locked(data_dir: Path) -> Iterator[None]:
    """Hold the database's write lock, as another program would."""
    path = folder.database(data_dir)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


async def test_a_database_that_is_busy_is_told_and_nothing_is_changed(hasty: Talk, tmp_path: Path) -> None:
    await hasty.say("buy milk")
    with locked(tmp_path / "data"):
        found = await hasty.stream({"text": "done with buy milk", "conversation": hasty.conversation})
    assert ("tool", {"name": "complete_tasks", "ok": False}) in found
    assert "try again" in dict(found)["done"]["reply"]
    assert await hasty.say("done with buy milk") == "Completed #1 buy milk."


async def test_what_cannot_be_tried_out_is_told_and_not_asked_about(hasty: Talk, tmp_path: Path) -> None:
    await hasty.say("buy milk")
    with locked(tmp_path / "data"):
        found = await hasty.stream({"text": "delete everything", "conversation": hasty.conversation})
    assert "try again" in dict(found)["done"]["reply"]
    await hasty.say("yes")
    assert hasty.changed == 0


async def test_a_confirmation_that_came_in_a_bad_moment_can_be_repeated(hasty: Talk, tmp_path: Path) -> None:
    await hasty.say("buy milk")
    await hasty.say("delete everything")
    with locked(tmp_path / "data"):
        found = await hasty.stream({"text": "yes", "conversation": hasty.conversation})
    assert found[-1][0] == "error"
    await hasty.say("yes")
    assert hasty.changed == 1


async def test_a_line_goes_on_to_its_end_when_the_client_goes_away(talk: Talk) -> None:
    body = json.dumps({"text": "buy milk"}).encode()
    incoming: list[Message] = [{"type": "http.request", "body": body}, {"type": "http.disconnect"}]
    headers = {"content-type": "application/json", "host": "localhost", **talk.headers()}
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "POST",
        "path": "/chat",
        "raw_path": b"/chat",
        "query_string": b"",
        "headers": [(name.lower().encode(), value.encode()) for name, value in headers.items()],
    }

    async def receive() -> Message:
        return incoming.pop(0) if incoming else {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        del message

    await talk.host.host.app(scope, receive, send)

    async def stored() -> int:
        return len((await talk.host.tasks.tasks()).tasks)

    assert await until(stored) == 1


async def test_two_lines_of_one_conversation_at_once_do_not_mix(talk: Talk) -> None:
    await talk.say("alpha memo\nbeta memo")
    await talk.say("delete everything")
    lines = [talk.stream({"text": "yes", "conversation": talk.conversation}) for _ in range(4)]
    answers = [dict(found)["done"] for found in await asyncio.gather(*lines)]
    assert sorted(answer["changed"] for answer in answers) == [0, 0, 0, 2]


async def test_more_than_a_batch_at_once_is_refused(talk: Talk) -> None:
    assert "101 things at once" in await talk.say("\n".join(f"task {number}" for number in range(101)))
    assert talk.changed == 0
