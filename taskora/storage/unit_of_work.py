"""What a write is given: the connection, and the three things that belong into the same transaction as its rows.

Above: the commands and handlers of services. Below: `outbox`, `inbox`, `changes`. It never commits: `writer` does. Change and
outbox rows are collected and written `together` when the work ends.
"""

import time
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Connection, Insert, TextClause, Update, bindparam, column, insert, table, text, update
from sqlalchemy.sql.dml import ReturningUpdate

from taskora.domain.errors import TooLarge
from taskora.domain.events import EVENT_SIZE_LIMIT, EVENT_TABLE, Event, EventType
from taskora.storage import together
from taskora.storage.changes import Change, change_table, counter_table
from taskora.storage.columns import to_json
from taskora.storage.inbox import inbox_table
from taskora.storage.outbox import outbox_table


class UnitOfWork:
    """One work inside a transaction. `connection` is for statements only: no commit, no rollback.

    `sent` tells whether outbox rows were written.
    """

    __slots__ = ("_behind", "_changes", "_counters", "_later", "_outbox", "connection", "sent")

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.sent = False
        self._outbox: dict[str, list[dict[str, Any]]] = {}
        self._changes: dict[str, list[dict[str, Any]]] = {}
        self._later: dict[Insert, list[dict[str, Any]]] = {}
        self._counters: dict[tuple[str, str], int] = {}
        self._behind: dict[tuple[str, str], dict[str, Any]] = {}

    def send(self, service: str, event: Event) -> None:
        """Put an event into the service's outbox, once for each topic of its type (see `EVENT_TABLE`).

        Raises TooLarge when the envelope is over the limit of an event.
        """
        envelope = to_json(event.to_dict())
        if len(envelope.encode()) > EVENT_SIZE_LIMIT:
            raise TooLarge(f"The change is too large: its event is over {EVENT_SIZE_LIMIT // 1024} KiB.")
        rows = self._outbox.setdefault(service, [])
        for topic in EVENT_TABLE[EventType(event.type)].topics:
            rows.append(
                {
                    "event_id": event.id,
                    "topic": topic.value,
                    "user_id": event.partitionkey,
                    "envelope": envelope,
                }
            )
        self.sent = True

    def first_time(self, service: str, event_id: str, topic: str, consumer: str) -> bool:
        """Note that a consumer does an event now; False when it has done it before, and then nothing must be done."""
        values = {"event_id": event_id, "topic": topic, "consumer": consumer, "seen_at": time.time()}
        return self.connection.execute(_statements(service).add_to_inbox, values).rowcount == 1

    def count_from(self, service: str, user_id: str, sequence: int) -> None:
        """Know the user's last number, which a work read when it locked the counter row: it is not asked for again."""
        self._counters.setdefault((service, user_id), sequence)

    def keep(self, service: str, user_id: str, **columns: object) -> None:
        """Set further columns of the user's counter row, in the statement that sets its number (see `count_from`)."""
        self._behind.setdefault((service, user_id), {}).update(columns)

    def later(self, insert: Insert, row: dict[str, Any]) -> None:
        """Insert a row when the work ends: nothing in the work may read it, or depend on whether it goes in."""
        self._later.setdefault(insert, []).append(row)

    def record(self, change: Change) -> int:
        """Put a change into the log under the user's next number, and return the number.

        Raises LookupError when the user has no counter row: a write locks or creates it before anything else.
        """
        key = (change.service, change.user_id)
        if key in self._counters:
            sequence = self._counters[key] + 1
            self._behind.setdefault(key, {})
        else:
            sequence = self._next_number(change)
        self._counters[key] = sequence
        self._changes.setdefault(change.service, []).append(
            {
                "user_id": change.user_id,
                "sequence": sequence,
                "event_id": change.event_id,
                "type": change.type,
                "subject": change.subject,
                "task_version": change.task_version,
                "fields": change.fields,
                "snapshot": change.snapshot,
                "actor_kind": change.actor.kind.value,
                "actor_name": change.actor.name,
                "channel": change.channel.value,
                "command_id": change.command_id,
                "at": change.at,
                "correlation_id": change.correlation_id,
                "traceparent": change.traceparent,
                "more": change.more,
            }
        )
        return sequence

    def flush(self) -> None:
        """Write the rows collected so far. The writer calls it; a work needs it only to read its own changes."""
        inserts = [(_statements(service).add_changes, rows) for service, rows in self._changes.items()]
        inserts += [(_statements(service).add_outbox_rows, rows) for service, rows in self._outbox.items()]
        inserts += self._later.items()
        updates = []
        for (service, user_id), columns in self._behind.items():
            values = {"user": user_id, "new_sequence": self._counters[service, user_id]}
            values |= {f"new_{name}": value for name, value in columns.items()}
            updates.append((_set_counter(service, *columns), values))
        for further in updates[1:]:  # nearly always there is one: that of the user who asked
            self.connection.execute(*further)
        together.run(self.connection, inserts, updates[0] if updates else None)
        self._changes.clear()
        self._outbox.clear()
        self._later.clear()
        self._behind.clear()

    def _next_number(self, change: Change) -> int:
        query = _statements(change.service).next_number
        row = self.connection.execute(query, {"user": change.user_id}).first()
        if row is None:
            raise LookupError(f"user {change.user_id} has no counter row in {change.service}_user")
        return int(row[0])


class _Statements(NamedTuple):
    """The statements of a service, built once: building one costs more than running it."""

    add_changes: Insert
    add_outbox_rows: Insert
    add_to_inbox: TextClause
    next_number: ReturningUpdate[int]


@cache
def _statements(service: str) -> _Statements:
    counter = counter_table(service)
    of_user = update(counter).where(counter.c.user_id == bindparam("user"))
    add_to_inbox = (
        f"INSERT INTO {inbox_table(service).name} (event_id, topic, consumer, seen_at) "  # noqa: S608  the name is ours
        "VALUES (:event_id, :topic, :consumer, :seen_at) ON CONFLICT DO NOTHING"
    )
    return _Statements(
        add_changes=insert(change_table(service)),
        add_outbox_rows=insert(outbox_table(service)),
        add_to_inbox=text(add_to_inbox),
        next_number=of_user.values(sequence=counter.c.sequence + 1).returning(counter.c.sequence),
    )


@cache
def _set_counter(service: str, *columns: str) -> Update:
    """Return the statement that sets a user's number and further columns of the counter row."""
    counter = table(f"{service}_user", *(column(name) for name in ("user_id", "sequence", *columns)))
    values: dict[str, Any] = {name: bindparam(f"new_{name}") for name in ("sequence", *columns)}
    return update(counter).where(counter.c.user_id == bindparam("user")).values(values)
