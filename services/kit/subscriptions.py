"""What every handler of events has in common: read first, then act, and say what became of it.

A service's handlers stand in one table (`Subscription`, see taskora.runtime.ports); they are made here from a function that
reads the event and one that acts.
"""

from collections.abc import Awaitable, Callable
from typing import TypeVar

from taskora.domain.errors import Refused, Unavailable
from taskora.domain.events import Event
from taskora.runtime.ports import DONE, Handled, Handler, Outcome
from taskora.telemetry import correlated

Read = TypeVar("Read")


def handler(read: Callable[[Event], Read], act: Callable[[Read], Awaitable[None]]) -> Handler:
    """Return a handler. An event that can't be read, or that is refused, is dropped with the reason and never tried again.

    What is unavailable is tried again; any other exception is a defect and goes up to the host, which logs it.
    """

    async def handle(event: Event) -> Handled:
        try:
            message = read(event)
        except (KeyError, TypeError, ValueError) as error:
            return Handled(Outcome.DROP, f"malformed {event.type}: {type(error).__name__}: {error}")
        with correlated(event.correlationid, event.traceparent):
            try:
                await act(message)
            except Unavailable as error:
                return Handled(Outcome.RETRY, error.sentence, counted=False)
            except Refused as error:
                return Handled(Outcome.DROP, error.sentence)
        return DONE

    return handle
