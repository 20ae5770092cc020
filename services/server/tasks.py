"""The composition root of the task service's process: the one that has the database, and with it everybody's dead letters."""

import asyncio
from importlib.metadata import version

from services.kit.identity import TokenVerifier
from services.kit.operations import operations_router
from services.server.service import Service, application, signing_key
from services.tasks.app import TasksService
from services.tasks.steps import SERVICE
from taskora.config import Settings
from taskora.domain.errors import CannotStart
from taskora.domain.preferences import Preferences
from taskora.runtime.dapr.host import DaprHost
from taskora.runtime.embedded.clock import SystemClock
from taskora.runtime.relay import Relay
from taskora.storage import dead_letters
from taskora.storage.database import Database
from taskora.storage.dead_letters import DeadLetter
from taskora.storage.migration import check_revision

CONSUMERS = ("tasks", "recurrence")
"""Every service that hears events. Their dead letters are kept here, and from here events are delivered to them again."""


async def build(settings: Settings) -> Service:
    """Put the service together. It never migrates: several processes may share the database.

    Raises CannotStart (no database set, another revision, no key) or Unavailable.
    """
    if settings.database_url is None:
        raise CannotStart("TASKORA_DATABASE_URL is not set.", advice="Set it to postgresql://….")
    await asyncio.to_thread(check_revision, settings.database_url, wait=settings.request_wait)
    dapr = DaprHost(settings, CONSUMERS)
    verifier = TokenVerifier(await signing_key(settings, dapr))
    database = Database(settings.database_url, wait=settings.request_wait, pool_size=settings.pool_size)
    tasks = TasksService(
        database,
        SystemClock(),
        verifier,
        Preferences(zone=settings.zone or "UTC", require_end=settings.require_end),
        seen_days=settings.seen_days,
        trash_days=settings.trash_days,
        answer_days=settings.answer_days,
        series_limit=settings.series_limit,
        rate_limit=settings.rate_limit,
    )

    async def keep(letter: DeadLetter) -> None:
        await database.write(lambda unit: dead_letters.keep(unit.connection, letter))

    async def ready() -> bool:
        return await database.read(lambda _: True) and await dapr.sidecar.is_ready()

    app = application(SERVICE, version("taskora"), settings, ready)
    app.include_router(tasks.router)
    app.include_router(operations_router(database, dapr.broker, SERVICE, verifier))
    app.include_router(dapr.router(tasks.inbound, keep))
    return Service(app, dapr, [Relay(database, SERVICE, dapr.broker)], database)
