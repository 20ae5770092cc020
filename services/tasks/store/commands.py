"""Commands that were carried out: the way back for undo, and the answers that idempotency keys give again."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from services.tasks.store.tables import command_table
from taskora.domain.actor import Actor, ActorKind, Channel
from taskora.storage.changes import change_table
from taskora.storage.unit_of_work import UnitOfWork

change = change_table("tasks")
UNDO = "undo"
NOT_UNDONE = ("preferences",)
"""Kinds of command whose answers say what was before."""
_NO_NUMBER = 2**62
"""Above the number of any change."""
PEOPLE = (ActorKind.USER.value, ActorKind.AGENT.value)


@dataclass(frozen=True, slots=True)
class CommandRecord:
    """A command as it is kept. `key`, `fingerprint` and `answer` only if it came with an idempotency key."""

    id: str
    user_id: str
    kind: str
    actor: Actor
    channel: Channel
    at: dt.datetime
    first_sequence: int
    last_sequence: int
    undone_by: str | None = None
    key: str | None = None
    fingerprint: str | None = None
    answer: dict[str, Any] | None = None


_INSERTED = sa.insert(command_table)
_ANSWERED = sa.select(command_table.c.fingerprint, command_table.c.answer).where(
    command_table.c.user_id == sa.bindparam("user"), command_table.c.idempotency_key == sa.bindparam("key")
)
_KEPT = (
    command_table.c.id,
    command_table.c.user_id,
    command_table.c.kind,
    command_table.c.actor_kind,
    command_table.c.actor_name,
    command_table.c.channel,
    command_table.c.at,
    command_table.c.first_sequence,
    command_table.c.last_sequence,
    command_table.c.undone_by,
)
_LAST = (
    sa.select(*_KEPT)
    .where(
        command_table.c.user_id == sa.bindparam("user"),
        command_table.c.last_sequence > 0,
        command_table.c.last_sequence < sa.bindparam("below", type_=sa.BigInteger),
        command_table.c.undone_by.is_(None),
        command_table.c.kind.not_in((UNDO, *NOT_UNDONE)),
        command_table.c.actor_kind.in_(PEOPLE),
    )
    .order_by(command_table.c.last_sequence.desc())
    .limit(1)
)
_BY_ID = sa.select(*_KEPT).where(
    command_table.c.user_id == sa.bindparam("user"), command_table.c.id == sa.bindparam("command")
)
_UNDONE = (
    sa.update(command_table).where(command_table.c.id == sa.bindparam("command")).values(undone_by=sa.bindparam("undo"))
)
_TOUCHED = (
    sa.select(sa.literal(1))
    .select_from(change.join(command_table, command_table.c.id == change.c.command_id))
    .where(
        change.c.user_id == sa.bindparam("user"),
        change.c.subject == sa.bindparam("task"),
        change.c.sequence > sa.bindparam("after"),
        command_table.c.actor_kind.in_(PEOPLE),
        command_table.c.kind != UNDO,
        command_table.c.undone_by.is_(None),
    )
    .limit(1)
)


_FORGOTTEN = (
    sa.update(command_table)
    .where(command_table.c.idempotency_key.is_not(None), command_table.c.at < sa.bindparam("before"))
    .values(idempotency_key=None, fingerprint=None, answer=sa.null())
)


def answer_of_key(connection: Connection, user_id: str, key: str) -> tuple[str, dict[str, Any]] | None:
    """Return the fingerprint and the answer of the command that first came with a key."""
    row = connection.execute(_ANSWERED, {"user": user_id, "key": key}).first()
    return None if row is None else (row[0], row[1])


def keep(unit: UnitOfWork, record: CommandRecord) -> None:
    """Keep a command that was carried out, when its work ends."""
    unit.later(
        _INSERTED,
        {
            "id": record.id,
            "user_id": record.user_id,
            "kind": record.kind,
            "actor_kind": record.actor.kind.value,
            "actor_name": record.actor.name,
            "channel": record.channel.value,
            "at": record.at,
            "first_sequence": record.first_sequence,
            "last_sequence": record.last_sequence,
            "idempotency_key": record.key,
            "fingerprint": record.fingerprint,
            "answer": record.answer,
        },
    )


def last_to_undo(connection: Connection, user_id: str, below: int = _NO_NUMBER) -> CommandRecord | None:
    """Return the last command on tasks or tags by a person or an agent that was not taken back yet.

    `below` is the number of a change: only what came before it.
    """
    return _record(connection.execute(_LAST, {"user": user_id, "below": below}).first())


def find(connection: Connection, user_id: str, command_id: str) -> CommandRecord | None:
    """Return a command of the user."""
    return _record(connection.execute(_BY_ID, {"user": user_id, "command": command_id}).first())


def mark_undone(connection: Connection, command_id: str, undo_id: str) -> None:
    """Note which undo took a command back."""
    connection.execute(_UNDONE, {"command": command_id, "undo": undo_id})


def touched(connection: Connection, user_id: str, task_id: str, after: int = 0) -> bool:
    """Tell whether a person or agent changed a task after a sequence number, by a command that still stands."""
    return connection.execute(_TOUCHED, {"user": user_id, "task": task_id, "after": after}).first() is not None


def forget_answers(connection: Connection, before: dt.datetime) -> None:
    """Forget the keys and answers of commands from before an instant; the commands themselves can still be undone."""
    connection.execute(_FORGOTTEN, {"before": before})


def _record(row: Sequence[Any] | None) -> CommandRecord | None:
    if row is None:
        return None
    command_id, user_id, kind, actor_kind, actor_name, channel, at, first, last, undone_by = row
    actor = Actor(ActorKind(actor_kind), actor_name)
    return CommandRecord(command_id, user_id, kind, actor, Channel(channel), at, first, last, undone_by)
