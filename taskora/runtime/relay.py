"""The relay: takes events out of a service's outbox and hands them to the broker, at least once and under one id.

Below it: `storage.outbox` and the publish port. Woken by each commit that wrote events; a sweep finds what no wake-up told
of, such as what an earlier process left. A crash between publishing and marking publishes again under the same id. While
the broker is away it waits with growing pauses, without end; what a healthy broker refuses is parked and blocks nobody.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import structlog

from taskora.domain.errors import Refused, Unavailable
from taskora.domain.events import Event, Topic
from taskora.runtime.ports import Publisher
from taskora.runtime.worker import Backoff, Worker
from taskora.storage import outbox
from taskora.storage.database import Database
from taskora.storage.outbox import Waiting
from taskora.storage.unit_of_work import UnitOfWork

BATCH = 100
GATHER = 0.01
"""Seconds in which commits that come close together are published at once: a tenth of what R-059 allows."""
BETWEEN = 0.03
"""Seconds from one round to the next while commits go on: fewer and larger rounds leave more time for those who ask."""
log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class _Parcel:
    row: Waiting
    topic: Topic
    event: Event


class Relay:
    """Empties the outbox of one service. Of several processes with one database, one does it at a time."""

    def __init__(self, database: Database, service: str, publisher: Publisher, *, sweep: float = 1.0) -> None:
        self._database = database
        self._service = service
        self._publisher = publisher
        self._sweep = sweep
        self._worker = Worker(f"relay {service}", self._round, Backoff(0.1, 30.0), gather=GATHER, between=BETWEEN)
        database.on_commit(self._worker.wake)

    def start(self) -> None:
        """Begin with what is in the outbox already."""
        self._worker.start()

    async def stop(self) -> None:
        """Stop after the present batch; the rest stays in the outbox."""
        await self._worker.stop()

    async def backlog(self) -> int:
        """Return how many rows are neither sent nor parked."""
        waiting, _ = await self._database.read(lambda connection: outbox.counts(connection, self._service))
        return waiting

    async def _round(self) -> float:
        if not await self._database.claim(f"relay {self._service}"):
            return self._sweep
        rows = await self._database.read(lambda connection: outbox.pending(connection, self._service, BATCH))
        if not rows:
            return self._sweep
        parcels, refused = _open(rows)
        held: list[int] = []
        away: Unavailable | None = None
        for topic in dict.fromkeys(parcel.topic for parcel in parcels):
            of_topic = [parcel for parcel in parcels if parcel.topic is topic]
            try:
                refused |= await self._publish(topic, of_topic)
            except Unavailable as error:
                away = error
                break
            held += [parcel.row.id for parcel in of_topic if parcel.row.id not in refused]
        await self._mark(held, refused)
        if away is not None:
            raise away
        return 0 if len(rows) == BATCH else self._sweep  # whoever commits meanwhile has woken the next round

    async def _publish(self, topic: Topic, parcels: Sequence[_Parcel]) -> dict[int, str]:
        """Publish in one call; when the broker refuses something of it, one by one. Return what it refused, and why."""
        try:
            await self._publisher.publish(topic, [parcel.event for parcel in parcels])
        except Refused as error:
            if len(parcels) == 1:
                return {parcels[0].row.id: error.detail}
            refused: dict[int, str] = {}
            for parcel in parcels:
                refused |= await self._publish(topic, [parcel])
            return refused
        return {}

    async def _mark(self, held: Sequence[int], refused: Mapping[int, str]) -> None:
        def work(unit: UnitOfWork) -> None:
            outbox.sent(unit.connection, self._service, held)
            for row, reason in refused.items():
                outbox.park(unit.connection, self._service, row, reason)

        for row, reason in refused.items():
            log.error("event parked", service=self._service, row=row, reason=reason)
        await self._database.write(work)


def _open(rows: Sequence[Waiting]) -> tuple[list[_Parcel], dict[int, str]]:
    """Return what can be published, and what cannot be read with the reason. An event of two topics is read once."""
    parcels: list[_Parcel] = []
    unreadable: dict[int, str] = {}
    events: dict[str, Event] = {}
    for row in rows:
        try:
            event = events.get(row.envelope) or Event.from_text(row.envelope)
            parcels.append(_Parcel(row, Topic(row.topic), event))
        except (ValueError, TypeError, AttributeError) as error:
            unreadable[row.id] = f"cannot be read: {error}"
        else:
            events[row.envelope] = event
    return parcels, unreadable
