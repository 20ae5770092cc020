"""A background task that does rounds of work: the relay and every consumer of the embedded broker are one.

It is woken, or looks again after a pause; a round that fails is repeated with growing pauses, without end. A worker knows
nothing of events. Above it: `relay` and `embedded.broker`; it is the outermost edge of what happens outside a request, so
it logs what nobody expected and goes on.
"""

import asyncio
import contextlib
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import structlog

from taskora.domain.errors import Unavailable

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Backoff:
    """Pauses in seconds that double from `first` up to `cap`."""

    first: float
    cap: float

    def pause(self, failures: int) -> float:
        """Return the pause after so many failures in a row (1 and up)."""
        return min(self.cap, self.first * 2.0 ** min(failures - 1, 32))


class Worker:
    """Runs `work` in rounds until it is stopped.

    A round returns how many seconds to rest at most before the next one: 0 for at once, None until somebody wakes it. Woken
    from its rest, it waits `gather` seconds more, so that what comes close together is done in one round, after the answers to
    those who brought it; where round follows round, it waits till `between` seconds after the one before.
    """

    def __init__(
        self,
        name: str,
        work: Callable[[], Awaitable[float | None]],
        backoff: Backoff,
        *,
        gather: float = 0.0,
        between: float = 0.0,
    ) -> None:
        self._name = name
        self._gather = gather
        self._between = between
        self._work = work
        self._backoff = backoff
        self._woken = asyncio.Event()
        self._stopping = False
        self._task: asyncio.Task[None] | None = None

    def wake(self) -> None:
        """Let the next round begin now, or right after the present one."""
        self._woken.set()

    def start(self) -> None:
        """Begin with the first round."""
        self._stopping = False
        self._task = asyncio.create_task(self._run(), name=self._name)

    async def stop(self, grace: float = 5.0) -> None:
        """Let the present round end; after `grace` seconds break it off, which loses nothing."""
        if self._task is None:
            return
        self._stopping = True
        self.wake()
        _, running = await asyncio.wait({self._task}, timeout=grace)
        if running:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task
        self._task = None

    async def _run(self) -> None:
        failures = 0
        while not self._stopping:
            self._woken.clear()
            try:
                rest = await self._work()
                failures = 0
            except Unavailable as error:
                failures += 1
                rest = self._backoff.pause(failures)
                log.warning("round put off", worker=self._name, reason=error.code, failures=failures, seconds=rest)
            except Exception:
                failures += 1
                rest = self._backoff.pause(failures)
                log.exception("round failed", worker=self._name, failures=failures, seconds=rest)
            await self._rest(rest, only_time=failures > 0)

    async def _rest(self, seconds: float | None, *, only_time: bool) -> None:
        """Wait to be woken or for the time to pass; after a failure only the time counts, save for a stop."""
        begun = time.monotonic()
        if seconds == 0:
            await asyncio.sleep(0)
            return
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._woken.wait()
                while only_time and not self._stopping:
                    self._woken.clear()
                    await self._woken.wait()
        if self._gather and self._woken.is_set() and not self._stopping:
            await asyncio.sleep(max(self._gather, self._between - (time.monotonic() - begun)))
