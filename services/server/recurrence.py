"""The composition root of the recurrence service's process: events in, commands out, no database and no users' tokens."""

from importlib.metadata import version

from services.recurrence.app import SERVICE, inbound
from services.server.service import Service, application
from taskora.config import Settings
from taskora.runtime.dapr.host import DaprHost


async def build(settings: Settings) -> Service:
    """Put the service together. Raises CannotStart."""
    dapr = DaprHost(settings)
    app = application(SERVICE, version("taskora"), settings, dapr.sidecar.is_ready)
    app.include_router(dapr.router(inbound(dapr.broker)))
    return Service(app, dapr)
