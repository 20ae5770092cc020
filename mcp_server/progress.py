"""How far a long call is, for clients that asked to hear it. Without such a client, or outside a call, nothing happens."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from mcp.server.mcpserver import Context

_reporting: ContextVar["_Progress | None"] = ContextVar("reporting", default=None)


class _Progress:
    """The progress of one call, which only grows (MCP, progress)."""

    def __init__(self, context: Context[Any, Any]) -> None:
        self._context = context
        self._done = -1.0

    async def report(self, done: float, total: float, words: str) -> None:
        if done > self._done:
            self._done = done
            await self._context.report_progress(done, total, words)


@contextmanager
def reporting(context: Context[Any, Any]) -> Iterator[None]:
    """Let what runs inside report to the client of this call."""
    before = _reporting.set(_Progress(context))
    try:
        yield
    finally:
        _reporting.reset(before)


async def report(done: float, total: float, words: str) -> None:
    """Tell the client that `done` of `total` is done; what does not go forward is not told."""
    progress = _reporting.get()
    if progress is not None:
        await progress.report(done, total, words)
