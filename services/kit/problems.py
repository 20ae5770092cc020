"""Errors as HTTP answers: RFC 9457 problems. The only place that knows which status an error of the domain has here.

An unexpected exception is logged with the correlation id of the request, and the person sees that id.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from pydantic_core import to_json
from starlette.exceptions import HTTPException
from starlette.responses import Response

from taskora import telemetry
from taskora.api.problems import to_problem
from taskora.domain import errors
from taskora.domain.errors import InvalidField, TaskoraError

MEDIA_TYPE = "application/problem+json"
RETRY_AFTER = "1"
"""Seconds after which what is unavailable may be asked for again."""

STATUS: Mapping[type[TaskoraError], int] = {
    errors.Refused: 400,
    errors.Unauthenticated: 401,
    errors.Forbidden: 403,
    errors.NotFound: 404,
    errors.Conflict: 409,
    errors.Ambiguous: 409,
    errors.PreconditionFailed: 412,
    errors.TooLarge: 413,
    errors.InvalidField: 422,
    errors.NotUnderstood: 422,
    errors.KeyReused: 422,
    errors.TooMany: 429,
    errors.TaskoraError: 500,
    errors.Unavailable: 503,
    errors.CannotStart: 503,
    errors.StorageFull: 507,
}
"""The narrowest class that is listed counts."""

log = structlog.get_logger()


def install(app: FastAPI) -> None:
    """Let the application answer every error as a problem."""
    app.add_exception_handler(TaskoraError, _taskora_error)
    app.add_exception_handler(RequestValidationError, _wrong_request)
    app.add_exception_handler(HTTPException, _http_error)


def problem_response(error: TaskoraError) -> Response:
    """Return the answer for an error of the domain."""
    status = status_of(error)
    title = (type(error).__doc__ or "").strip().splitlines()[0]
    headers = {}
    if status == 401:
        headers["WWW-Authenticate"] = "Bearer"
    if status in {503, 507}:
        headers["Retry-After"] = RETRY_AFTER
    if status == 429:
        headers["Retry-After"] = str(error.extra.get("retry_after", RETRY_AFTER))
    return _response(status, title, to_problem(error), headers)


def status_of(error: TaskoraError) -> int:
    """Return the HTTP status of an error."""
    return next(STATUS[kind] for kind in type(error).__mro__ if kind in STATUS)


def unexpected(error: Exception) -> Response:
    """Log an exception that nobody foresaw, and answer with the id under which it is found in the log."""
    correlation_id = telemetry.correlation_id()
    log.error("unexpected exception", exc_info=error)
    members = {
        "code": "internal",
        "detail": "Something went wrong inside Taskora.",
        "advice": f"Report it with the id {correlation_id}.",
        "correlation_id": correlation_id,
    }
    return _response(500, "An unexpected error.", members, {})


def invalid(problems: Sequence[Mapping[str, Any]], *, skip: int = 0) -> InvalidField:
    """Return the first of pydantic's errors as one sentence; `skip` leaves out outer parts of the field's path."""
    first = problems[0]
    field = ".".join(str(part) for part in first["loc"][skip:]) or "body"
    kind = first["type"]
    if kind == "extra_forbidden":
        return InvalidField(
            f"There is no field “{field[:80]}”.", field=field[:80], advice="Remove it, or mind its spelling."
        )
    if kind == "missing":
        return InvalidField(f"“{field}” is missing.", field=field)
    if kind == "json_invalid":
        return InvalidField("The body is no valid JSON.", field="body", advice=f"{first['msg']}.")
    return InvalidField(f"“{field[:80]}” has the wrong form: {first['msg']}.", field=field[:80])


async def _taskora_error(_: Request, error: Exception) -> Response:
    if not isinstance(error, TaskoraError):
        raise error
    return problem_response(error)


async def _wrong_request(_: Request, error: Exception) -> Response:
    if not isinstance(error, RequestValidationError):
        raise error
    return problem_response(invalid(error.errors(), skip=1))


async def _http_error(_: Request, error: Exception) -> Response:
    """Answer what the router itself refuses: an unknown path, a wrong method."""
    if not isinstance(error, HTTPException):
        raise error
    code = {404: "no_such_path", 405: "method_not_allowed"}.get(error.status_code, "refused")
    members = {"code": code, "detail": str(error.detail), "advice": ""}
    return _response(error.status_code, str(error.detail), members, dict(error.headers or {}))


def _response(status: int, title: str, members: Mapping[str, object], headers: Mapping[str, str]) -> Response:
    body = {"type": f"/problems/{members['code']}", "title": title, "status": status, **members}
    return Response(to_json(body), status, dict(headers), MEDIA_TYPE)
