"""The other ways in, each as its users take it: MCP over HTTP, a line in the chat, a command in the terminal."""

import asyncio
import http.client
import json
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks import tasks
from benchmarks.figures import Figure, Section, percentile
from benchmarks.hosts import running, token
from benchmarks.mcp_read import READS
from services.local.host_file import HostRecord

TIMES = 200
LINES = ("what's due this week", "add call ann tomorrow 5pm #work p2", "anything urgent?", "make it 6pm")
COMMANDS = 20


def measure() -> Section:
    """Measure one after the other on one host with ten thousand tasks."""
    with running() as (host, record):
        asyncio.run(tasks.fill(record))
        host.drain()
        mcp = _times(TIMES, lambda number: _call(record, number))
        chat = _times(TIMES, lambda number: _say(record, LINES[number % len(LINES)]))
        command = [str(Path(sys.executable).with_name("taskora")), "list", "this week"]
        environment = host.environment
        terminal = _times(COMMANDS, lambda _: _run(command, environment))
    return Section(
        "The doors",
        f"One client, 10,000 tasks. MCP: {TIMES} calls of find_tasks as over standard input and output, each its own "
        f"connection. Chat: {TIMES} lines of one conversation, adding and asking by turns, to the rule model. Terminal: "
        f"`taskora list this week` as a process, {COMMANDS} times, its output in a pipe.",
        (
            Figure("MCP over HTTP, read tool, P50", percentile(mcp, 0.5), "ms", 15),
            Figure("MCP over HTTP, read tool, P95", percentile(mcp, 0.95), "ms", 50),
            Figure("chat turn, P50", percentile(chat, 0.5), "ms"),
            Figure("chat turn, P95", percentile(chat, 0.95), "ms"),
            Figure("`taskora list`, P50", percentile(terminal, 0.5), "ms", 250),
            Figure("`taskora list`, P95", percentile(terminal, 0.95), "ms"),
        ),
    )


def _times(times: int, do: Callable[[int], None]) -> list[float]:
    """Return how long each took in milliseconds, after some that warm up."""
    for number in range(max(4, times // 10)):
        do(number)
    took = []
    for number in range(times):
        begun = time.perf_counter()
        do(number)
        took.append((time.perf_counter() - begun) * 1000)
    return took


def _call(record: HostRecord, number: int) -> None:
    asked = {
        "jsonrpc": "2.0",
        "id": number,
        "method": "tools/call",
        "params": {"name": "find_tasks", "arguments": READS[number % len(READS)]},
    }
    answer = _post(record, "/mcp", "mcp", asked)
    if '"isError":true' in answer or '"result"' not in answer:
        raise RuntimeError(answer[:400])


def _say(record: HostRecord, line: str) -> None:
    answer = _post(record, "/chat", "agent", {"text": line, "conversation": "benchmark"})
    if "event: done" not in answer:
        raise RuntimeError(answer[:400])


def _post(record: HostRecord, path: str, audience: str, body: object) -> str:
    connection = http.client.HTTPConnection("127.0.0.1", record.port, timeout=60)
    headers = {
        "Authorization": f"Bearer {token(record, audience)}",
        "Content-Type": "application/json",
        "Accept": "application/json, text/event-stream",
        "MCP-Protocol-Version": "2025-06-18",
    }
    connection.request("POST", path, json.dumps(body), headers)
    answer = connection.getresponse()
    text = answer.read().decode()
    connection.close()
    if answer.status != 200:
        raise RuntimeError(f"{answer.status}: {text[:400]}")
    return text


def _run(command: list[str], environment: dict[str, str]) -> None:
    subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL)
