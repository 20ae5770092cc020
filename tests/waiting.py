"""Bounded waits: a test waits for a fact, never for a time."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, TypeVar, overload

T = TypeVar("T")
LIMIT = 20.0


@overload
async def until(fact: Callable[[], Coroutine[Any, Any, T | None]], limit: float = LIMIT) -> T: ...
@overload
async def until(fact: Callable[[], T | None], limit: float = LIMIT) -> T: ...
async def until(fact: Callable[[], Any], limit: float = LIMIT) -> Any:
    """Return the fact's value once it is truthy; fail after `limit` seconds."""
    deadline = time.monotonic() + limit
    while True:
        value = fact()
        if isinstance(value, Awaitable):
            value = await value
        if value:
            return value
        if time.monotonic() > deadline:
            raise AssertionError(f"not true after {limit:g} seconds: {fact}")
        await asyncio.sleep(0.005)


def until_now(fact: Callable[[], T | None], limit: float = LIMIT) -> T:
    """Do the same where no event loop runs."""
    deadline = time.monotonic() + limit
    while not (value := fact()):
        if time.monotonic() > deadline:
            raise AssertionError(f"not true after {limit:g} seconds: {fact}")
        time.sleep(0.01)
    return value
