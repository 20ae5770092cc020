"""The inspector's strict lint: no schema of a tool that some client refuses. Over HTTP and over standard input and output."""

import asyncio
import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from taskora.config import Settings
from tests.conformance.node import environment, programs

ERAS = ("legacy", "modern")
LIMIT = 120
TASKORA = str(Path(sys.executable).with_name("taskora"))


async def lint(target: Sequence[str], era: str, settings: Settings | None = None) -> str | None:
    """Return what the linter says against the tools of a target (an address or a command); None when that is nothing."""
    process = await asyncio.create_subprocess_exec(
        str(programs() / "mcp-inspector"),
        *("--cli", "--protocol-era", era, "--strict", "--format", "json", "--method", "tools/list"),
        *target,
        env=environment() | (settings.environment() if settings else {}),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    async with asyncio.timeout(LIMIT):
        output, errors = await process.communicate()
    said = (output + errors).decode(errors="replace")[-3000:]
    if process.returncode != 0:
        return said
    try:
        listed = json.loads(output)
        tools = listed.get("result", listed)["tools"]
    except (ValueError, KeyError):
        return f"no list of tools: {said}"
    return None if tools else "there is no tool"
