"""A read by an MCP tool, as a desktop assistant makes it: JSON-RPC lines over standard input and output of `taskora mcp`."""

import asyncio
import json
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from benchmarks import tasks
from benchmarks.figures import Figure, Section, percentile
from benchmarks.hosts import running

TIMES = 200
CHARACTERS_A_TOKEN = 4
READS: tuple[dict[str, Any], ...] = (
    {},
    {"when": "this week"},
    {"text": "dentist"},
    {"tags": ["work"], "min_priority": "high", "sort": "due"},
)


class Server:
    """A `taskora mcp` process, spoken to by hand, so that no client's time is in the figures."""

    def __init__(self, environment: dict[str, str]) -> None:
        command = [str(Path(sys.executable).with_name("taskora")), "mcp"]
        self._process = subprocess.Popen(
            command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        self._id = 0

    def call(self, method: str, params: dict[str, Any]) -> dict[str, Any]:
        """Send a request and return its result. Raises RuntimeError for an error."""
        self._id += 1
        self.tell({"jsonrpc": "2.0", "id": self._id, "method": method, "params": params})
        stdout = self._process.stdout
        while stdout is not None and (line := stdout.readline()):
            message = json.loads(line)
            if message.get("id") == self._id:
                result: dict[str, Any] = message.get("result") or {}
                if "error" in message or result.get("isError"):
                    raise RuntimeError(line)
                return result
        raise RuntimeError("the server ended")

    def tell(self, message: dict[str, Any]) -> None:
        """Send a message."""
        if self._process.stdin is not None:
            self._process.stdin.write(json.dumps(message).encode() + b"\n")
            self._process.stdin.flush()

    def end(self) -> None:
        """Close the input and wait for the end."""
        if self._process.stdin is not None:
            self._process.stdin.close()
        self._process.wait(20)


def measure() -> Section:
    """Measure reads one after the other, the list of tools, and how soon the server answers."""
    with running() as (host, record):
        asyncio.run(tasks.fill(record))
        host.drain()
        ready = [_ready(host.environment) for _ in range(3)]
        server = _initialised(host.environment)
        tools = server.call("tools/list", {})["tools"]
        took = []
        for number in range(TIMES + 20):
            begun = time.perf_counter()
            server.call("tools/call", {"name": "find_tasks", "arguments": READS[number % len(READS)]})
            took.append((time.perf_counter() - begun) * 1000)
        server.end()
    schemas = len(json.dumps(tools, separators=(",", ":"))) / CHARACTERS_A_TOKEN
    return Section(
        "MCP over standard input and output",
        f"{TIMES} calls of find_tasks (all, this week, a word, tag and priority), a page of 20 of 10,000 tasks each. Tokens: "
        f"estimated as {CHARACTERS_A_TOKEN} characters each.",
        (
            Figure("read tool, P50", percentile(took[20:], 0.5), "ms", 15),
            Figure("read tool, P95", percentile(took[20:], 0.95), "ms", 50),
            Figure(f"schemas of all {len(tools)} tools", schemas, "tokens", 8000),
            Figure("start of `taskora mcp` to its first read, host running", statistics.median(ready), "s"),
        ),
    )


def _ready(environment: dict[str, str]) -> float:
    begun = time.perf_counter()
    server = _initialised(environment)
    server.call("tools/call", {"name": "find_tasks", "arguments": {}})
    taken = time.perf_counter() - begun
    server.end()
    return taken


def _initialised(environment: dict[str, str]) -> Server:
    server = Server(environment)
    about = {"name": "benchmark", "version": "1"}
    server.call("initialize", {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": about})
    server.tell({"jsonrpc": "2.0", "method": "notifications/initialized"})
    return server
