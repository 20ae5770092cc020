"""The recurrence service put together: it has handlers and nothing else, no table and no route. A host drives them."""

from services.recurrence.handlers import subscriptions
from taskora.runtime.ports import Inbound, Publisher

SERVICE = "recurrence"


def inbound(publisher: Publisher) -> Inbound:
    """Return what may reach the recurrence service; its commands go out by `publisher`."""
    return Inbound(SERVICE, subscriptions(publisher))
