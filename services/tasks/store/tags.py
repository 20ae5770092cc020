"""Tags: rows per user, made when a name is first used; the order of a task's tags is kept on the link."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy import Connection
from uuid_utils import uuid7

from services.tasks.store.tables import tag_table, task_tag_table
from taskora.domain.fields import tag_key
from taskora.domain.task import Task

_KNOWN = sa.select(tag_table.c.key, tag_table.c.id, tag_table.c.name).where(
    tag_table.c.user_id == sa.bindparam("user"), tag_table.c.key.in_(sa.bindparam("keys", expanding=True))
)
_TAGS_INSERTED = sa.insert(tag_table)
_LINKS_INSERTED = sa.insert(task_tag_table)
_DETACHED = sa.delete(task_tag_table).where(task_tag_table.c.task_id == sa.bindparam("task"))


def known_names(connection: Connection, user_id: str, names: Sequence[str]) -> tuple[str, ...]:
    """Return tags under the names they have already: "work" is "Work" if that is how the user first wrote it."""
    if not names:
        return ()
    known = {key: name for key, _, name in _known(connection, user_id, names)}
    return tuple(known.get(tag_key(name), name) for name in names)


def attach(connection: Connection, task: Task, *, replaced: bool = False) -> None:
    """Link a task with its tags in their order; `replaced` takes its former links away first."""
    if replaced:
        connection.execute(_DETACHED, {"task": task.id})
    if not task.tags:
        return
    ids = {key: tag_id for key, tag_id, _ in _known(connection, task.user_id, task.tags)}
    new = [
        {"id": str(uuid7()), "user_id": task.user_id, "key": tag_key(name), "name": name, "colour": None}
        for name in task.tags
        if tag_key(name) not in ids
    ]
    if new:
        connection.execute(_TAGS_INSERTED, new)
        ids |= {str(row["key"]): str(row["id"]) for row in new}
    links = [
        {"task_id": task.id, "tag_id": ids[tag_key(name)], "position": position}
        for position, name in enumerate(task.tags)
    ]
    connection.execute(_LINKS_INSERTED, links)


def _known(connection: Connection, user_id: str, names: Sequence[str]) -> Sequence[sa.Row[str, str, str]]:
    return connection.execute(_KNOWN, {"user": user_id, "keys": [tag_key(name) for name in names]}).all()
