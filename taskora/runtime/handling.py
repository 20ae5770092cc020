"""What both hosts do with an event that has arrived for a consumer, or with a job that is due, up to the answer.

What they do with the answer is theirs. Embedded: `embedded.consumer` and `jobs`; Dapr: `dapr.subscriptions` and `jobs`. A
handler's exception ends here: this is the outermost edge of what happens outside a request.
"""

import asyncio
from collections.abc import Awaitable, Mapping

import structlog

from taskora.domain.errors import TaskoraError, Unavailable
from taskora.domain.events import EVENT_TABLE, Event, EventType
from taskora.runtime.ports import DONE, Handled, Handler, Job, JobHandler, Outcome
from taskora.telemetry import correlated

log = structlog.get_logger()


def read(envelope: object) -> Event | Handled:
    """Return the event of an envelope (CloudEvents, JSON event format), or why it can never be handled."""
    try:
        if not isinstance(envelope, Mapping):
            raise ValueError("an object is needed")  # noqa: TRY004, TRY301  a wrong form of input, one kind of error for all
        event = Event.from_dict(envelope)
    except (ValueError, TypeError, AttributeError) as error:
        return Handled(Outcome.DROP, f"the envelope cannot be read: {error}")
    unknown = _unknown(event)
    return event if unknown is None else Handled(Outcome.DROP, unknown)


def read_text(envelope: str) -> Event | Handled:
    """Return the event of an envelope that is JSON text, or why it can never be handled."""
    try:
        event = Event.from_text(envelope)
    except (ValueError, TypeError, AttributeError) as error:
        return Handled(Outcome.DROP, f"the envelope cannot be read: {error}")
    unknown = _unknown(event)
    return event if unknown is None else Handled(Outcome.DROP, unknown)


async def handle(event: Event, handlers: Mapping[str, Handler], patience: float) -> Handled:
    """Return what the handler of the event's type says; types without one succeed unseen.

    A handler that takes longer than `patience` seconds, or fails, is tried again.
    """
    handler = handlers.get(event.type)
    if handler is None:
        return DONE
    with correlated(event.correlationid, event.traceparent), structlog.contextvars.bound_contextvars(event_id=event.id):
        return await _answer(handler(event), patience, event.type)


async def handle_job(job: Job, handlers: Mapping[str, JobHandler], patience: float) -> Handled:
    """Return what the handler of the job's kind says.

    A job without one is tried again: perhaps a newer version set it, and another instance knows it.
    """
    handler = handlers.get(job.kind)
    if handler is None:
        return Handled(Outcome.RETRY, f"no handler for {job.kind}")
    return await _answer(handler(job), patience, job.name)


async def _answer(doing: Awaitable[Handled], patience: float, what: str) -> Handled:
    try:
        async with asyncio.timeout(patience):
            return await doing
    except TimeoutError:
        return Handled(Outcome.RETRY, f"the handler took longer than {patience:g} seconds")
    except TaskoraError as error:
        return Handled(Outcome.RETRY, f"{error.code}: {error.detail}", counted=not isinstance(error, Unavailable))
    except Exception as error:
        log.exception("handler failed", of=what)
        return Handled(Outcome.RETRY, f"{type(error).__name__}: {error}")


def _unknown(event: Event) -> str | None:
    """Tell what of an event this version does not know: its type, or a schema newer than its own."""
    try:
        kind = EVENT_TABLE[EventType(event.type)]
    except (ValueError, KeyError):
        return f"unknown type {event.type}"
    schema = event.data.get("schema")
    if not isinstance(schema, int) or isinstance(schema, bool):
        return f"{event.type}: data.schema: a number is needed"
    if schema > kind.schema_version:
        return f"{event.type}: schema {schema} is newer than {kind.schema_version}, the newest known here"
    return None
