"""Tags: rows per user, made when a name is first used; the order of a task's tags is kept on the link."""

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy import Connection
from uuid_utils import uuid7

from services.tasks.store.tables import tag_table, task_tag_table
from taskora.domain.fields import tag_key

_KNOWN = sa.select(tag_table.c.key, tag_table.c.id, tag_table.c.name).where(
    tag_table.c.user_id == sa.bindparam("user"), tag_table.c.key.in_(sa.bindparam("keys", expanding=True))
)
_TAGS_INSERTED = sa.insert(tag_table)
_LINKS_INSERTED = sa.insert(task_tag_table)
_DETACHED = sa.delete(task_tag_table).where(task_tag_table.c.task_id == sa.bindparam("task"))


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag of a user, under the name by which they first used it."""

    id: str
    name: str


def known(connection: Connection, user_id: str, names: Sequence[str]) -> dict[str, Tag]:
    """Return the user's tags of these names by their keys; a name that was never used has none."""
    if not names:
        return {}
    rows = connection.execute(_KNOWN, {"user": user_id, "keys": [tag_key(name) for name in names]})
    return {key: Tag(tag_id, name) for key, tag_id, name in rows}


def made(connection: Connection, user_id: str, names: Sequence[str]) -> list[Tag]:
    """Return the user's tags of these names in their order; those of a new name are made."""
    tags = known(connection, user_id, names)
    new = {tag_key(name): Tag(str(uuid7()), name) for name in names if tag_key(name) not in tags}
    if new:
        rows = [
            {"id": tag.id, "user_id": user_id, "key": key, "name": tag.name, "colour": None} for key, tag in new.items()
        ]
        connection.execute(_TAGS_INSERTED, rows)
    tags |= new
    return [tags[tag_key(name)] for name in names]


def attach(connection: Connection, task_id: str, tags: Sequence[Tag], *, replaced: bool = False) -> None:
    """Link a task with its tags in their order; `replaced` takes its former links away first."""
    if replaced:
        connection.execute(_DETACHED, {"task": task_id})
    if tags:
        links = [{"task_id": task_id, "tag_id": tag.id, "position": place} for place, tag in enumerate(tags)]
        connection.execute(_LINKS_INSERTED, links)
