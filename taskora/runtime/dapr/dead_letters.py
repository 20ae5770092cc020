"""The keeper's side of the dead letters: the process with the database takes them from every consumer's topic here.

A dead letter has no dead letters of its own: while it cannot be kept, the broker goes on delivering it.
"""

import hashlib
import json
from collections.abc import Awaitable, Callable, Mapping

import structlog
from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response

from taskora.domain.errors import TaskoraError
from taskora.runtime.dapr.broker import DEAD_REASON, ORIGINAL_TOPIC
from taskora.runtime.dapr.guard import Guard
from taskora.runtime.ports import Outcome
from taskora.storage.dead_letters import DeadLetter

GIVEN_UP = "the sidecar gave up after its tries"
_ADDED = frozenset({"topic", "pubsubname", "traceid", "tracestate", "expiration", ORIGINAL_TOPIC, DEAD_REASON})
log = structlog.get_logger()


Keeper = Callable[[DeadLetter], Awaitable[None]]
"""Stores a dead letter; one that is there already is replaced."""


class DeadLetters:
    """Serves the dead-letter topics. `roles` gives a topic's role by its name at the broker, where they differ."""

    def __init__(self, keep: Keeper, roles: Mapping[str, str]) -> None:
        self._keep = keep
        self._roles = roles

    def add_to(self, router: APIRouter, guard: Guard) -> None:
        """Add the route."""
        guard.add(router, "/dead-letters/{consumer}", self._take)

    async def _take(self, request: Request) -> Response:
        letter = self._read(request.path_params["consumer"], await request.body())
        try:
            await self._keep(letter)
        except TaskoraError as error:
            log.warning("dead letter put off", consumer=letter.consumer, event_id=letter.event_id, reason=error.code)
            return JSONResponse({"status": Outcome.RETRY.value})
        return JSONResponse({"status": Outcome.SUCCESS.value})

    def _read(self, consumer: str, body: bytes) -> DeadLetter:
        """Read whatever came: a dead letter is often one because it is malformed."""
        text = body.decode(errors="replace")
        try:
            said = json.loads(text)
        except ValueError:
            said = text
        envelope: dict[str, object] = said if isinstance(said, dict) else {"data": said}
        topic = str(envelope.get(ORIGINAL_TOPIC) or envelope.get("topic") or "")
        event = {name: value for name, value in envelope.items() if name not in _ADDED}
        event_id = event.get("id")
        return DeadLetter(
            consumer=consumer,
            topic=self._roles.get(topic, topic),
            event_id=event_id if isinstance(event_id, str) and event_id else hashlib.sha256(body).hexdigest(),
            partition_key=str(event.get("partitionkey", "")),
            envelope=json.dumps(event, ensure_ascii=False, separators=(",", ":")),
            reason=str(envelope.get(DEAD_REASON) or GIVEN_UP),
        )
