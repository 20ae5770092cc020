"""Intervals on Dapr: a cron binding of the interval's name (dapr/components/) calls `POST /{name}`, here is the route.

The component says how often; a test holds it to the interval. Every instance is called: what runs must bear being run twice.
"""

from collections.abc import Sequence

import structlog
from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response

from taskora.domain.errors import TaskoraError
from taskora.runtime.dapr.guard import Guard
from taskora.runtime.ports import Interval

log = structlog.get_logger()


class Rounds:
    """Serves the intervals of one service."""

    def __init__(self, intervals: Sequence[Interval]) -> None:
        self._intervals = intervals

    def add_to(self, router: APIRouter, guard: Guard) -> None:
        """Add a route for each; the sidecar asks by OPTIONS whether it is there before it begins."""
        for interval in self._intervals:
            guard.add(router, f"/{interval.name}", _Round(interval), "POST", "OPTIONS")


class _Round:
    def __init__(self, interval: Interval) -> None:
        self._interval = interval
        self._running = False

    async def __call__(self, request: Request) -> Response:
        """Run once unless a round runs still. One that fails is logged; the next one comes."""
        if request.method == "POST" and not self._running:
            self._running = True
            try:
                await self._interval.run()
            except TaskoraError as error:
                log.warning("round put off", interval=self._interval.name, reason=error.code)
            except Exception:  # the outermost edge of a round: logged and answered here
                log.exception("round failed", interval=self._interval.name)
            finally:
                self._running = False
        return JSONResponse({})
