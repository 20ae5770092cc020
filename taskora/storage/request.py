"""A work or a query on its way to a thread, and its answer on the way back to the event loop."""

import asyncio
import contextlib
import time
from collections.abc import Callable, Iterable
from typing import Any


class Request:
    """A function to be called in a thread, and the future that its caller awaits. `asked_at` is monotonic, in seconds."""

    __slots__ = ("asked_at", "call", "error", "future", "loop", "value")

    def __init__(self, call: Callable[..., Any]) -> None:
        """Take a call from a coroutine of the running loop."""
        self.call = call
        self.loop = asyncio.get_running_loop()
        self.future: asyncio.Future[Any] = self.loop.create_future()
        self.asked_at = time.monotonic()
        self.value: Any = None
        self.error: BaseException | None = None


def answer(requests: Iterable[Request], then: Callable[[], None] | None = None) -> None:
    """Settle the futures on their loop in one hop, and call `then` there afterwards. Called from a thread."""
    by_loop: dict[asyncio.AbstractEventLoop, list[Request]] = {}
    for request in requests:
        by_loop.setdefault(request.loop, []).append(request)
    for loop, settled in by_loop.items():
        with contextlib.suppress(RuntimeError):  # the loop is closed: nobody waits any more
            loop.call_soon_threadsafe(_settle, settled, then)


def _settle(requests: list[Request], then: Callable[[], None] | None) -> None:
    for request in requests:
        if request.future.done():
            continue
        if request.error is not None:
            request.future.set_exception(request.error)
        else:
            request.future.set_result(request.value)
    if then is not None:
        then()
