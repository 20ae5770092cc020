"""The jobs port on Dapr's scheduler: it keeps the jobs and their times, the sidecar calls `POST /job/{name}` when one is due.

The scheduler's own failure policy would drop a one-shot job after three more tries, so every job carries one that goes on for a
day. A job is derived from a row, which a reconciler finds again after that.
"""

import datetime as dt
from collections.abc import Mapping

import structlog
from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response

from taskora.domain.errors import Unavailable
from taskora.runtime.dapr.guard import Guard
from taskora.runtime.dapr.sidecar import Sidecar, reason
from taskora.runtime.handling import handle_job
from taskora.runtime.ports import Job, JobHandler, Outcome, checked_job_name

PAUSE = 5
"""Seconds between the tries of a job that fails."""
TRIES = 24 * 60 * 60 // PAUSE
log = structlog.get_logger()


class DaprJobs:
    """Sets and cancels jobs of this app id. A job that fails is tried again every `pause` seconds."""

    def __init__(self, sidecar: Sidecar, pause: int = PAUSE) -> None:
        self._sidecar = sidecar
        self._policy = {"constant": {"interval": f"{pause}s", "maxRetries": TRIES}}

    async def schedule(self, name: str, at: dt.datetime, data: Mapping[str, object]) -> None:
        """Set a job, or replace the one of that name; a time that has passed means at once.

        Raises InvalidField for a name that does not fit into a path, Unavailable while the scheduler is away.
        """
        due = max(at, dt.datetime.now(tz=dt.UTC)).astimezone(dt.UTC)
        body = {"dueTime": due.isoformat(), "data": dict(data), "overwrite": True, "failurePolicy": self._policy}
        answer = await self._sidecar.send("POST", _path(name), json=body)
        if answer.status_code >= 400:
            raise Unavailable(f"The scheduler does not take {name}: {reason(answer)}")

    async def cancel(self, name: str) -> None:
        """Take a job away; one that is not there is no error. Raises Unavailable while the scheduler is away."""
        answer = await self._sidecar.send("DELETE", _path(name))
        if answer.status_code >= 400 and answer.status_code != 404:
            raise Unavailable(f"The scheduler does not cancel {name}: {reason(answer)}")


class DueJobs:
    """Serves the jobs of one service whose time has come. A handler has `patience` seconds."""

    def __init__(self, handlers: Mapping[str, JobHandler], patience: float) -> None:
        self._handlers = handlers
        self._patience = patience

    def add_to(self, router: APIRouter, guard: Guard) -> None:
        """Add the route."""
        guard.add(router, "/job/{name}", self._due)

    async def _due(self, request: Request) -> Response:
        """Do a job. 200 ends it and 503 repeats it; never 404, which would end it undone."""
        try:
            data = await request.json()
        except ValueError:
            data = {}
        job = Job(request.path_params["name"], data if isinstance(data, dict) else {})
        handled = await handle_job(job, self._handlers, self._patience)
        if handled.outcome is Outcome.RETRY:
            log.warning("job put off", job=job.name, reason=handled.reason)
            return JSONResponse({"detail": handled.reason}, status_code=503)
        if handled.outcome is Outcome.DROP:
            log.error("job given up", job=job.name, reason=handled.reason)
        return JSONResponse({})


def _path(name: str) -> str:
    return f"/v1.0/jobs/{checked_job_name(name)}"
