"""Work that is under way side by side, and what came of it until that is written down. Deliveries and jobs are such work.

One that hangs takes a place and holds up nobody else. Above it: `consumer` and `jobs`.
"""

import asyncio
from collections.abc import Callable, Coroutine, Hashable, Iterable
from typing import Any, Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Outcome = TypeVar("Outcome")


class Flight(Generic[Key, Outcome]):
    """Up to `places` pieces of work by their keys; `landed` is called when one has ended. Work raises nothing."""

    def __init__(self, places: int, landed: Callable[[], None]) -> None:
        self._places = places
        self._landed = landed
        self._tasks: dict[Key, asyncio.Task[Outcome]] = {}

    def __contains__(self, key: Key) -> bool:
        """Tell whether that work is under way, or its outcome not yet written down."""
        return key in self._tasks

    @property
    def free(self) -> int:
        """Return how many more may begin."""
        return self._places - len(self._tasks)

    def begin(self, key: Key, work: Coroutine[Any, Any, Outcome]) -> None:
        """Begin with a piece of work; there must be a free place."""
        task = asyncio.create_task(work)
        task.add_done_callback(lambda _: self._landed())
        self._tasks[key] = task

    def outcomes(self) -> dict[Key, Outcome]:
        """Return what came of the work that has ended and is not settled."""
        return {key: task.result() for key, task in self._tasks.items() if task.done() and not task.cancelled()}

    def settle(self, keys: Iterable[Key]) -> None:
        """Free the places of work whose outcome is written down."""
        for key in keys:
            del self._tasks[key]

    async def end(self, grace: float) -> None:
        """Let what is under way end; after `grace` seconds break it off."""
        under_way = [task for task in self._tasks.values() if not task.done()]
        if not under_way:
            return
        _, late = await asyncio.wait(under_way, timeout=grace)
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)
