"""Events that got stuck: dead letters of consumers, and what the broker refused. Above: `operations`, the routes.

An id is the number of a dead letter, or `parked-` and the number of a row of the outbox.
"""

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from taskora.api.operations import (
    DeadLetterDetail,
    DeadLetterLine,
    DeadLetterPage,
    ReplayDeadLetters,
    ReplayedLetter,
    ReplayedLetters,
)
from taskora.domain.errors import InvalidField, NotFound, Refused
from taskora.domain.events import Event, Topic
from taskora.runtime.ports import Redeliverer
from taskora.storage import dead_letters, outbox
from taskora.storage.database import Database
from taskora.storage.dead_letters import KeptLetter
from taskora.storage.outbox import Waiting
from taskora.storage.unit_of_work import UnitOfWork

_PARKED = "parked-"
_BATCH = 1000


@dataclass(frozen=True, slots=True)
class Stuck:
    """The stuck events of one database, whose `service` has the outbox."""

    database: Database
    redeliverer: Redeliverer
    service: str

    async def page(self, limit: int) -> DeadLetterPage:
        """Return the first of them and how many there are."""

        def look(connection: Any) -> DeadLetterPage:
            letters = dead_letters.listed(connection, limit)
            parked = outbox.parked(connection, self.service, limit)
            return DeadLetterPage(
                dead_letters=[*map(_dead_line, letters), *map(_parked_line, parked)][:limit],
                dead=dead_letters.count(connection),
                parked=outbox.counts(connection, self.service)[1],
            )

        return await self.database.read(look)

    async def detail(self, letter_id: str) -> DeadLetterDetail:
        """Return one with its event. Raises NotFound."""
        found = await self._find(letter_id)
        line, envelope = (
            (_dead_line(found), found.letter.envelope)
            if isinstance(found, KeptLetter)
            else (_parked_line(found), found.envelope)
        )
        return DeadLetterDetail(**line.model_dump(), event=_read(envelope))

    async def replay(self, asked: ReplayDeadLetters) -> ReplayedLetters:
        """Deliver them again; one that cannot be stays and says why. Raises InvalidField when none is named."""
        if asked.all == bool(asked.ids):
            raise InvalidField("Name the dead letters, or ask for all of them.", field="ids")
        ids = asked.ids or [line.id for line in (await self.page(_BATCH)).dead_letters]
        results = []
        for letter_id in ids:
            try:
                await self._replay(await self._find(letter_id))
                results.append(ReplayedLetter(id=letter_id, ok=True))
            except Refused as refusal:
                results.append(ReplayedLetter(id=letter_id, ok=False, detail=refusal.sentence))
        return ReplayedLetters(results=results)

    async def _replay(self, found: KeptLetter | Waiting) -> None:
        if isinstance(found, Waiting):

            def send_again(unit: UnitOfWork) -> None:
                outbox.replay(unit.connection, self.service, [found.id])
                unit.sent = True  # the commit wakes the relay

            await self.database.write(send_again)
            return
        letter = found.letter
        try:
            event, topic = Event.from_text(letter.envelope), Topic(letter.topic)
        except (ValueError, TypeError, AttributeError) as error:
            raise Refused(f"Its event cannot be read: {error}.") from error
        await self.redeliverer.redeliver(letter.consumer, topic, [event])
        await self.database.write(lambda unit: dead_letters.remove(unit.connection, found))

    async def _find(self, letter_id: str) -> KeptLetter | Waiting:
        """Return a dead letter or a parked row. Raises NotFound."""
        number = letter_id.removeprefix(_PARKED)
        if number.isascii() and number.isdigit() and len(number) < 19:
            row_id = int(number)
            found: KeptLetter | Waiting | None = await self.database.read(
                lambda connection: (
                    dead_letters.by_id(connection, row_id)
                    if number == letter_id
                    else outbox.parked_row(connection, self.service, row_id)
                )
            )
            if found is not None:
                return found
        raise NotFound(
            f"There is no dead letter {letter_id[:40]}.",
            field="id",
            advice="`taskora dead-letters list` shows those there are.",
        )


def _dead_line(kept: KeptLetter) -> DeadLetterLine:
    letter = kept.letter
    return DeadLetterLine(
        id=str(kept.id),
        consumer=letter.consumer,
        topic=letter.topic,
        event_id=letter.event_id,
        type=_type(letter.envelope),
        user_id=letter.partition_key,
        reason=letter.reason,
        attempts=letter.attempts,
        at=dt.datetime.fromtimestamp(kept.died_at, tz=dt.UTC),
    )


def _parked_line(row: Waiting) -> DeadLetterLine:
    return DeadLetterLine(
        id=f"{_PARKED}{row.id}",
        consumer=None,
        topic=row.topic,
        event_id=row.event_id,
        type=_type(row.envelope),
        user_id=row.user_id,
        reason=row.reason or "",
        attempts=0,
        at=None,
    )


def _read(envelope: str) -> object:
    try:
        value: object = json.loads(envelope)
    except ValueError:
        return envelope
    return value


def _type(envelope: str) -> str:
    value = _read(envelope)
    return str(value.get("type", "")) if isinstance(value, Mapping) else ""
