"""Many at once, clients that vanish, input that breaks off: nothing half done, nothing but the protocol on standard output."""

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from typing import Any

import anyio
import pytest
from mcp import Client, StdioServerParameters

from services.kit.web_server import GRACE
from services.local.user import sign
from taskora.api import wire
from taskora.domain.actor import Actor, ActorKind, Channel
from tests.hosts import TASKORA, HostProcess, LocalHost
from tests.mcp_server.calls import Caller
from tests.mcp_server.served import ERAS, served, speaking
from tests.mcp_server.test_stdio import FIND, HELLO, READY

pytestmark = [pytest.mark.anyio, pytest.mark.timeout(300)]

MANY = 200
UNREACHABLE = [sys.executable, "-m", "tests.mcp_server.unreachable"]
PING = b'{"jsonrpc": "2.0", "id": 9, "method": "ping"}'


def lines(*messages: object) -> bytes:
    return b"".join(json.dumps(message).encode() + b"\n" for message in messages)


def add(number: int) -> dict[str, Any]:
    return {"items": [{"title": f"task {number}"}]}


@pytest.fixture
async def url(host: LocalHost) -> AsyncIterator[str]:
    async with served(host.host.app, host.host.end_streams) as address:
        yield address


@pytest.mark.parametrize("era", ERAS)
async def test_two_hundred_calls_at_once_over_http_are_each_done_once(host: LocalHost, url: str, era: str) -> None:
    async with speaking(url, host.token("mcp"), era) as client:
        answers = await asyncio.gather(*(client.call_tool("add_tasks", add(number)) for number in range(MANY)))
        assert not any(answer.is_error for answer in answers)
        page = await host.tasks.tasks(wire.TaskQuery(limit=200, total=True))
    assert page.total == MANY
    assert {task.title for task in page.tasks} == {f"task {number}" for number in range(MANY)}
    assert {task.number for task in page.tasks} == set(range(1, MANY + 1))


@pytest.mark.parametrize("era", ERAS)
async def test_two_hundred_calls_at_once_over_standard_input_are_each_done_once(
    host_process: HostProcess, era: Any
) -> None:
    server = StdioServerParameters(command=TASKORA, args=["mcp"], env=host_process.environment)
    async with Client(server, mode=era) as client:
        answers = await asyncio.gather(*(client.call_tool("add_tasks", add(number)) for number in range(MANY)))
        assert not any(answer.is_error for answer in answers)
        assert (await Caller(client)("find_tasks", limit=1))["total"] == MANY


async def test_a_client_that_hangs_up_in_the_middle_leaves_a_whole_batch_or_none(host: LocalHost, url: str) -> None:
    port = int(url.rpartition(":")[2])
    for attempt in range(20):
        items = [{"title": f"task {attempt}.{number}"} for number in range(10)]
        call = {"name": "add_tasks", "arguments": {"items": items}}
        body = json.dumps({"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": call}).encode()
        head = (
            f"POST /mcp HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAuthorization: Bearer {host.token('mcp')}\r\n"
            f"Accept: application/json, text/event-stream\r\nContent-Type: application/json\r\n"
            f"Content-Length: {len(body)}\r\n\r\n"
        ).encode()
        with socket.create_connection(("127.0.0.1", port)) as connection:
            connection.sendall(head + body[: len(body) * (attempt + 1) // 10])
            await anyio.sleep(0.002 * (attempt % 10))
    async with speaking(url, host.token("mcp")) as client:
        await Caller(client)("add_tasks", items=[{"title": "the end"}])
    titles = [task.title for task in (await host.tasks.tasks(wire.TaskQuery(limit=200))).tasks]
    rounds = [title.split()[1].split(".")[0] for title in titles if title != "the end"]
    assert rounds
    assert all(rounds.count(attempt) == 10 for attempt in rounds)


@pytest.mark.parametrize(
    "rest", [b'{"jsonrpc": "2.0", "id": 9, "meth', b"\xf0\x9f", b'{"jsonrpc": "2.0", "id": 9, "method": "ping"}']
)
def test_half_a_line_and_the_end_of_the_input_is_a_clean_end(rest: bytes) -> None:
    done = subprocess.run(UNREACHABLE, input=lines(HELLO, READY) + rest, capture_output=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert [answer["id"] for answer in answers] in ([1, None], [1, 9])
    assert b"Traceback" not in done.stderr


def test_a_client_that_reads_no_more_is_a_clean_end() -> None:
    with subprocess.Popen(
        UNREACHABLE, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdin.write(lines(HELLO, READY))
        process.stdin.flush()
        process.stdout.readline()
        process.stdout.close()
        process.stdin.write(lines(*({**FIND, "id": number} for number in range(20))))
        process.stdin.close()
        assert process.wait(30) == 0
        assert b"Traceback" not in process.stderr.read()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_the_server_without_a_word_on_standard_output(number: signal.Signals) -> None:
    with subprocess.Popen(
        UNREACHABLE, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(lines(HELLO))
        process.stdin.flush()
        json.loads(process.stdout.readline())
        process.send_signal(number)
        process.wait(30)
        assert process.stdout.read() == b""


async def test_a_host_with_an_open_stream_ends_at_once(host_process: HostProcess) -> None:
    record = host_process.record
    assert record is not None
    token = sign(record.key, actor=Actor(ActorKind.USER), channel=Channel.API, audience="mcp")
    async with (
        speaking(record.url, token) as client,
        client.listen(resource_subscriptions=["taskora://today"]) as stream,
    ):
        began = time.monotonic()
        os.kill(record.pid, signal.SIGTERM)
        with anyio.fail_after(30):
            assert [event async for event in stream] == []
        await anyio.to_thread.run_sync(host_process.stop)
        assert time.monotonic() - began < GRACE  # as long as the web server would wait for the stream


@pytest.mark.filterwarnings("ignore:resources/subscribe is removed")  # in the era of 2026 only
@pytest.mark.parametrize("era", ERAS)
async def test_an_assistant_hears_of_changes_over_standard_input_and_output(
    host_process: HostProcess, era: Any
) -> None:
    heard = anyio.Event()

    async def hear(message: Any) -> None:
        if (
            getattr(message, "method", "") == "notifications/resources/updated"
            and message.params.uri == "taskora://today"
        ):
            heard.set()

    host_process.say("add dentist today 3pm")
    server = StdioServerParameters(command=TASKORA, args=["mcp"], env=host_process.environment)
    async with Client(server, mode=era, message_handler=hear) as client:
        with anyio.fail_after(60):
            if era == "legacy":
                await client.session.subscribe_resource("taskora://today")
                await anyio.to_thread.run_sync(host_process.say, "complete dentist")
                await heard.wait()
            else:
                async with client.listen(resource_subscriptions=["taskora://today"]) as stream:
                    await anyio.to_thread.run_sync(host_process.say, "complete dentist")
                    await anext(stream)


async def test_watching_does_not_bring_back_a_host_that_was_ended(host_process: HostProcess) -> None:
    server = StdioServerParameters(command=TASKORA, args=["mcp"], env=host_process.environment)
    async with Client(server) as client, client.listen(resource_subscriptions=["taskora://today"]):
        await anyio.to_thread.run_sync(host_process.stop)
        await anyio.sleep(2.5)  # two looks of the watch: nothing tells that nothing happened
        assert host_process.record is None
        assert (await Caller(client)("find_tasks"))["total"] == 0
        assert host_process.record is not None
