"""What bad input on standard input gets: a clear error, and a server that goes on."""

import json
import subprocess
import sys
from collections.abc import Iterator

import pytest

from mcp_server.stdio import LINE_LIMIT

HELLO = {
    "jsonrpc": "2.0",
    "id": 1,
    "method": "initialize",
    "params": {
        "protocolVersion": "2025-11-25",
        "capabilities": {},
        "clientInfo": {"name": "test", "version": "1"},
    },
}
READY = {"jsonrpc": "2.0", "method": "notifications/initialized"}
LIST = {"jsonrpc": "2.0", "id": 2, "method": "tools/list"}
FIND = {"jsonrpc": "2.0", "id": 3, "method": "tools/call", "params": {"name": "find_tasks", "arguments": {}}}


class Wire:
    """A client that writes raw lines and reads raw answers."""

    def __init__(self, process: "subprocess.Popen[bytes]") -> None:
        assert process.stdin is not None
        assert process.stdout is not None
        self.process, self.stdin, self.stdout = process, process.stdin, process.stdout

    def write(self, line: bytes) -> None:
        self.stdin.write(line + b"\n")
        self.stdin.flush()

    def ask(self, message: object) -> dict[str, object]:
        self.write(json.dumps(message).encode())
        return self.read()

    def read(self) -> dict[str, object]:
        answer = json.loads(self.stdout.readline())
        assert isinstance(answer, dict)
        return answer


@pytest.fixture(scope="module")
def wire() -> Iterator[Wire]:
    command = [sys.executable, "-m", "tests.mcp_server.unreachable"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        raw = Wire(process)
        raw.ask(HELLO)
        raw.write(json.dumps(READY).encode())
        yield raw
        raw.stdin.close()
        assert process.wait(10) == 0


@pytest.mark.parametrize(
    ("line", "code", "identifier"),
    [
        (b'{"jsonrpc": "2.0", "id": 7, "method"', -32700, None),
        (b"hello", -32700, None),
        (b"\xff\xfe\x00", -32700, None),
        (b'{"jsonrpc": "2.0", "id": 8, "params": []}', -32600, 8),
        (b'{"jsonrpc": "1.0", "id": 9, "method": "ping"}', -32600, 9),
        (b"[]", -32600, None),
        (b'{"jsonrpc":"2.0","id":"big","method":"ping","params":{"x":"' + b"x" * LINE_LIMIT + b'"}}', -32600, "big"),
    ],
    ids=["cut off", "no JSON", "no UTF-8", "no method", "another version", "a batch", "too large"],
)
def test_a_line_that_is_no_message_gets_an_error_and_the_server_goes_on(
    wire: Wire, line: bytes, code: int, identifier: object
) -> None:
    wire.write(line)
    answer = wire.read()
    assert answer["id"] == identifier
    error = answer["error"]
    assert isinstance(error, dict)
    assert error["code"] == code
    assert str(error["message"]).endswith(".")
    assert "tools" in str(wire.ask(LIST)["result"])


def test_ten_megabytes_without_an_end_of_line_are_one_refusal(wire: Wire) -> None:
    wire.write(b"x" * (10 * 1024 * 1024))
    assert "larger than" in str(wire.read()["error"])
    assert wire.ask(LIST)["id"] == 2


def test_empty_lines_are_passed_over(wire: Wire) -> None:
    wire.write(b"\n  ")
    assert wire.ask(LIST)["id"] == 2


def test_a_call_is_answered_although_the_input_ended_behind_it() -> None:
    lines = b"".join(json.dumps(message).encode() + b"\n" for message in (HELLO, READY, FIND))
    command = [sys.executable, "-m", "tests.mcp_server.unreachable"]
    done = subprocess.run(command, input=lines, stdout=subprocess.PIPE, timeout=60, check=True)
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert [answer["id"] for answer in answers] == [1, 3]
    assert answers[1]["result"]["isError"] is True
    assert "can't be reached" in answers[1]["result"]["content"][0]["text"]
