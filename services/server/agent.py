"""The composition root of the agent's process: the chat, its tools, and conversations in the state store.

The tools run in this process and reach the task service by invocation.
"""

from importlib.metadata import version
from typing import Any

from agent.app import router as agent_router
from agent.identity import ActingFor
from agent.language_model.choice import chosen
from services.kit.identity import TokenVerifier
from services.kit.tokens import TokenSigner
from services.server.service import Service, application, signing_key
from taskora import telemetry
from taskora.api.client import TasksClient
from taskora.config import Settings
from taskora.runtime.dapr.host import DaprHost
from taskora.runtime.embedded.clock import SystemClock
from taskora.runtime.ports import Inbound

SERVICE = "agent"


async def build(settings: Settings) -> Service:
    """Put the service together. Raises CannotStart or Unavailable."""
    dapr = DaprHost(settings)
    key = await signing_key(settings, dapr)
    acting = ActingFor(TokenSigner(key))
    tasks = dapr.client_of("tasks")

    def tools() -> Any:
        from mcp_server.server import build as build_tools  # noqa: PLC0415  costs most of a second, at the first chat only

        following = {"correlation_id": telemetry.correlation_id, "traceparent": telemetry.traceparent}
        return build_tools(lambda: TasksClient(tasks, acting.token, **following))

    app = application(SERVICE, version("taskora"), settings, dapr.sidecar.is_ready)
    app.include_router(
        agent_router(
            verifier=TokenVerifier(key),
            acting=acting,
            tools=tools,
            state=dapr.state,
            clock=SystemClock(),
            model=chosen(settings),
            trace_content=settings.trace_content,
        )
    )
    app.include_router(dapr.router(Inbound(SERVICE)))
    service = Service(app, dapr)
    service.running.push_async_callback(tasks.aclose)
    return service
