"""/mcp: the official client of both eras over a socket, and who is let in."""

import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx2
import pytest

from taskora.domain.actor import Actor, ActorKind, Channel
from tests.clocks import MovableClock
from tests.hosts import LocalHost
from tests.mcp_server.calls import Caller
from tests.mcp_server.served import ERAS, served, speaking

pytestmark = pytest.mark.anyio

HEADERS = {"Accept": "application/json, text/event-stream", "Content-Type": "application/json"}
CAPABILITIES = '"io.modelcontextprotocol/clientCapabilities": {}'
LIST = {"jsonrpc": "2.0", "id": 1, "method": "tools/list", "params": {}}


@pytest.fixture(scope="module")
async def host(tmp_path_factory: pytest.TempPathFactory, anyio_backend: str) -> AsyncIterator[LocalHost]:  # noqa: ARG001  the loop comes first
    """Give one host for all: most of these requests reach nothing behind the door."""
    folder: Path = tmp_path_factory.mktemp("host")
    local = await LocalHost.start(folder / "data", MovableClock(folder / "clock"))
    yield local
    await local.close()


@pytest.fixture(scope="module")
async def url(host: LocalHost) -> AsyncIterator[str]:
    async with served(host.host.app, host.host.end_streams) as address:
        yield address


async def posted(url: str, body: bytes, **headers: str) -> httpx2.Response:
    async with httpx2.AsyncClient(trust_env=False, timeout=60) as http:
        return await http.post(f"{url}/mcp", content=body, headers=HEADERS | headers)


def bearer(host: LocalHost, audience: str = "mcp") -> str:
    return f"Bearer {host.token(audience)}"


@pytest.mark.parametrize("era", ERAS)
async def test_the_tools_are_called_over_http_in_both_eras(host: LocalHost, url: str, era: str) -> None:
    async with speaking(url, host.token("mcp"), era) as client:
        call = Caller(client)
        await call("add_tasks", items=[{"text": f"dentist friday 3pm #{era}"}])
        assert (await call("find_tasks", tags=[era]))["tasks"][0]["due_text"] == "Fri 27 Nov 2026, 15:00"
        assert await call.refused("find_tasks", limt=3)


async def test_what_is_done_over_http_is_the_agents_whatever_the_token_says_of_its_sender(
    host: LocalHost, url: str
) -> None:
    token = host.token("mcp", actor=Actor(ActorKind.USER, "a person"), channel=Channel.WEB)
    async with speaking(url, token) as client:
        await Caller(client)("add_tasks", items=[{"title": "a"}])
    change = (await host.tasks.changes()).changes[-1]
    assert (change.actor, change.channel) == ({"kind": "agent", "name": "mcp"}, "mcp")


@pytest.mark.parametrize("audience", ["tasks", "agent", "ops", "MCP", ""])
async def test_a_token_for_another_door_is_refused(host: LocalHost, url: str, audience: str) -> None:
    answer = await posted(url, json.dumps(LIST).encode(), Authorization=bearer(host, audience))
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == "Bearer"


async def test_without_a_token_nothing_is_told(url: str) -> None:
    answer = await posted(url, json.dumps(LIST).encode())
    assert answer.status_code == 401
    assert "tools" not in answer.json()


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "http://localhost:1", "null", "http://127.0.0.1", "", "file://"]
)
async def test_a_page_of_another_origin_is_refused_even_with_a_token(host: LocalHost, url: str, origin: str) -> None:
    answer = await posted(url, json.dumps(LIST).encode(), Authorization=bearer(host), Origin=origin)
    assert answer.status_code == 403
    assert "access-control-allow-origin" not in answer.headers


async def test_the_hosts_own_page_is_served(host: LocalHost, url: str) -> None:
    assert (await posted(url, json.dumps(LIST).encode(), Authorization=bearer(host), Origin=url)).status_code == 200


@pytest.mark.parametrize("name", ["evil.example", "127.0.0.1.evil.example", "localhost.:80"])
async def test_another_host_name_is_refused_even_with_a_token(host: LocalHost, url: str, name: str) -> None:
    answer = await posted(url, json.dumps(LIST).encode(), Authorization=bearer(host), Host=name)
    assert answer.status_code == 403


@pytest.mark.parametrize("method", ["GET", "DELETE", "PUT", "OPTIONS", "HEAD"])
async def test_there_is_no_other_method(host: LocalHost, url: str, method: str) -> None:
    async with httpx2.AsyncClient(trust_env=False) as http:
        answer = await http.request(method, f"{url}/mcp", headers={"Authorization": bearer(host)})
    assert (answer.status_code, answer.headers["Allow"]) == (405, "POST")


@pytest.mark.parametrize("how", ["declared", "in chunks"])
async def test_five_megabytes_are_refused_before_they_are_read(host: LocalHost, url: str, how: str) -> None:
    body = json.dumps(LIST | {"params": {"x": "x" * 5_000_000}}).encode()

    async def chunks() -> AsyncIterator[bytes]:
        for start in range(0, len(body), 65536):
            yield body[start : start + 65536]

    content: Any = body if how == "declared" else chunks()
    async with httpx2.AsyncClient(trust_env=False) as http:
        answer = await http.post(f"{url}/mcp", content=content, headers=HEADERS | {"Authorization": bearer(host)})
    assert answer.status_code == 413


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b"\xff\xfe", b"[" * 100_000, b'{"jsonrpc": "2.0", "id": 1}', b"1" * 5000]
)
@pytest.mark.parametrize("version", ["2026-07-28", "2025-11-25", "1999-01-01"])
async def test_what_is_no_message_is_a_json_rpc_error_and_the_door_stays_open(
    host: LocalHost, url: str, body: bytes, version: str
) -> None:
    headers = {"Authorization": bearer(host), "MCP-Protocol-Version": version}
    answer = await posted(url, body, **headers)
    assert answer.status_code == 400
    assert answer.json()["error"]["code"] in {-32700, -32600, -32602}
    async with speaking(url, host.token("mcp")) as client:
        assert (await client.list_tools()).tools


HALF = "\\ud800\\u0000\\u202e"
"""Half a letter, a zero and a turn of the direction, as JSON escapes."""
STRANGE = (
    ("tools/call", "find_tasks", f'"name": "find_tasks", "arguments": {{"text": "{HALF}"}}'),
    ("tools/call", "add_tasks", f'"name": "add_tasks", "arguments": {{"items": [{{"title": "{HALF}"}}]}}'),
    ("tools/call", "complete_tasks", f'"name": "complete_tasks", "arguments": {{"tasks": ["{HALF}"]}}'),
    ("tools/call", "x", f'"name": "x", "arguments": {{"{HALF}": 1}}'),
    ("resources/read", "taskora://tasks/x", '"uri": "taskora://tasks/x"'),
    ("resources/read", "taskora://tags/%00", '"uri": "taskora://tags/%00"'),
    ("resources/read", "taskora://tags/%ED%A0%80", '"uri": "taskora://tags/%ED%A0%80"'),
    ("prompts/get", "plan_my_day", f'"name": "plan_my_day", "arguments": {{"tag": "{HALF}", "zone": "{HALF}"}}'),
    (
        "completion/complete",
        "",
        f'"ref": {{"type": "ref/prompt", "name": "plan_my_day"}}, "argument": {{"name": "tag", "value": "{HALF}"}}',
    ),
)


@pytest.mark.parametrize("version", ["2026-07-28", "2025-11-25"])
@pytest.mark.parametrize("strange", STRANGE, ids=[f"{one[0]} {one[1]}" for one in STRANGE])
async def test_strange_text_gets_an_answer_or_a_sentence(
    host: LocalHost, url: str, version: str, strange: tuple[str, str, str]
) -> None:
    method, name, params = strange
    meta = f'"_meta": {{"io.modelcontextprotocol/protocolVersion": "{version}", {CAPABILITIES}}}'
    body = f'{{"jsonrpc": "2.0", "id": 1, "method": "{method}", "params": {{{params}, {meta}}}}}'
    headers = {"Authorization": bearer(host), "MCP-Protocol-Version": version, "Mcp-Method": method}
    answer = await posted(url, body.encode(), **headers, **({"Mcp-Name": name} if name else {}))
    assert answer.status_code in {200, 400, 404}, answer.text
    data = next((line for line in answer.text.splitlines() if line.startswith(("data: {", "{"))), "")
    message = json.loads(data.removeprefix("data: "))
    code = message.get("error", {}).get("code")
    assert (message["id"], code) in {(1, None), (1, -32602), (1, -32600), (None, -32700)}, message
