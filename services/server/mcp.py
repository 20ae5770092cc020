"""The composition root of the MCP server's process: /mcp, which keeps nothing and reaches the task service by invocation."""

from importlib.metadata import version

from starlette.routing import Route

from mcp_server.door import PATH, Door
from services.server.service import Service, application, signing_key
from taskora.config import Settings
from taskora.runtime.dapr.host import DaprHost
from taskora.runtime.ports import Inbound

SERVICE = "mcp"


async def build(settings: Settings) -> Service:
    """Put the service together. Raises CannotStart or Unavailable."""
    dapr = DaprHost(settings)
    tasks = dapr.client_of("tasks")
    door = Door(await signing_key(settings, dapr), tasks)
    app = application(SERVICE, version("taskora"), settings, dapr.sidecar.is_ready)
    app.router.routes.append(Route(PATH, door))
    app.include_router(dapr.router(Inbound(SERVICE)))
    service = Service(app, dapr, end_streams=door.end_streams)
    service.running.push_async_callback(tasks.aclose)
    service.running.push_async_callback(door.close)
    return service
