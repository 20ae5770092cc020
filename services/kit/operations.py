"""The routes for operators: see what got stuck, deliver it again, hand past events to a consumer. The token needs the scope.

A process that has the database offers them for all consumers. Nothing is lost on the way: a dead letter goes only when the
broker holds its event again, and only if it has not died anew meanwhile.
"""

from typing import Annotated

from fastapi import APIRouter, Depends, Query

from services.kit.identity import Identity, TokenVerifier
from services.kit.stuck import Stuck
from taskora.api.operations import (
    AUDIENCE,
    BASE,
    SCOPE,
    DeadLetterDetail,
    DeadLetterPage,
    ReplayChanges,
    ReplayDeadLetters,
    ReplayedChanges,
    ReplayedLetters,
)
from taskora.domain.actor import Principal
from taskora.domain.errors import Forbidden
from taskora.domain.events import Topic
from taskora.runtime.ports import Redeliverer
from taskora.storage import changes
from taskora.storage.changes import NumberedChange
from taskora.storage.database import Database

PAGE = 500


def operations_router(database: Database, redeliverer: Redeliverer, service: str, verifier: TokenVerifier) -> APIRouter:
    """Return the routes; `service` is the one whose outbox and change log are in the database."""
    identity = Identity(verifier, AUDIENCE)

    async def operator(principal: Annotated[Principal, Depends(identity)]) -> Principal:
        if SCOPE not in principal.scopes:
            raise Forbidden(f"The token lacks the scope “{SCOPE}”.")
        return principal

    router = APIRouter(prefix=BASE, dependencies=[Depends(operator)])
    stuck = Stuck(database, redeliverer, service)

    @router.get("/dead-letters")
    async def listed(limit: Annotated[int, Query(ge=1, le=1000)] = 100) -> DeadLetterPage:
        """List what got stuck, oldest first."""
        return await stuck.page(limit)

    @router.get("/dead-letters/{letter_id}")
    async def shown(letter_id: str) -> DeadLetterDetail:
        """Show one with its event."""
        return await stuck.detail(letter_id)

    @router.post("/dead-letters/replay")
    async def replayed(asked: ReplayDeadLetters) -> ReplayedLetters:
        """Deliver again what got stuck, each to the consumer that it got stuck with."""
        return await stuck.replay(asked)

    @router.post("/replay")
    async def replayed_changes(asked: ReplayChanges) -> ReplayedChanges:
        """Hand the events of past changes to one consumer."""
        return await _replay(database, redeliverer, service, asked)

    return router


async def _replay(database: Database, redeliverer: Redeliverer, service: str, asked: ReplayChanges) -> ReplayedChanges:
    """Walk through the change log: each change has exactly one event on task-events."""
    await redeliverer.redeliver(
        asked.consumer, Topic.TASK_EVENTS, []
    )  # a consumer that is not known is refused at once
    number, after = 0, ("", 0)
    while page := await _page(database, service, asked, after):
        await redeliverer.redeliver(asked.consumer, Topic.TASK_EVENTS, [changes.event_of(one) for one in page])
        number += len(page)
        after = (page[-1].change.user_id, page[-1].sequence)
    return ReplayedChanges(consumer=asked.consumer, events=number)


async def _page(database: Database, service: str, asked: ReplayChanges, after: tuple[str, int]) -> list[NumberedChange]:
    return await database.read(
        lambda connection: changes.walk(
            connection, service, after=after, user_id=asked.user, at_least=asked.since, limit=PAGE
        )
    )
