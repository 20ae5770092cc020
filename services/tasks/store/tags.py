"""Tags: rows per user, made when a name is first used; the order of a task's tags is kept on the link."""

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy import Connection
from uuid_utils import uuid7

from services.tasks.store.tables import tag_table, task_table, task_tag_table
from taskora.domain.fields import tag_key

_KNOWN = sa.select(tag_table.c.key, tag_table.c.id, tag_table.c.name, tag_table.c.colour).where(
    tag_table.c.user_id == sa.bindparam("user"), tag_table.c.key.in_(sa.bindparam("keys", expanding=True))
)
_TAGS_INSERTED = sa.insert(tag_table)
LINKS_INSERTED = sa.insert(task_tag_table)
_LINKS_COPIED = sa.insert(task_tag_table).from_select(
    ["task_id", "tag_id", "position"],
    sa.select(
        sa.bindparam("to_task", type_=task_tag_table.c.task_id.type), task_tag_table.c.tag_id, task_tag_table.c.position
    ).where(task_tag_table.c.task_id == sa.bindparam("from_task")),
)
_DETACHED = sa.delete(task_tag_table).where(task_tag_table.c.task_id == sa.bindparam("task"))


Link = dict[str, str | int]
"""A row of LINKS_INSERTED."""


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag of a user, under the name by which they first used it. `colour` is `#rrggbb`."""

    id: str
    name: str
    colour: str | None = None


def known(connection: Connection, user_id: str, names: Sequence[str]) -> dict[str, Tag]:
    """Return the user's tags of these names by their keys; a name that was never used has none."""
    if not names:
        return {}
    rows = connection.execute(_KNOWN, {"user": user_id, "keys": [tag_key(name) for name in names]})
    return {key: Tag(tag_id, name, colour) for key, tag_id, name, colour in rows}


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
        connection.execute(LINKS_INSERTED, links(task_id, tags))


def links(task_id: str, tags: Sequence[Tag]) -> list[Link]:
    """Return the rows that link a task with its tags in their order."""
    return [{"task_id": task_id, "tag_id": tag.id, "position": place} for place, tag in enumerate(tags)]


def copy(connection: Connection, from_task: str, to_task: str) -> None:
    """Link a task with the tags of another one, in their order."""
    connection.execute(_LINKS_COPIED, {"from_task": from_task, "to_task": to_task})


def of_user(connection: Connection, user_id: str) -> list[tuple[Tag, int]]:
    """Return the user's tags in the order of their names, each with the number of open tasks that have it."""
    return [
        (Tag(tag_id, name, colour), count)
        for tag_id, name, colour, count in connection.execute(_OF_USER, {"user": user_id})
    ]


def store(connection: Connection, tag: Tag) -> None:
    """Store a tag's name and colour."""
    values = {"tag": tag.id, "new_key": tag_key(tag.name), "new_name": tag.name, "new_colour": tag.colour}
    connection.execute(_STORED, values)


def tagged(connection: Connection, tag_id: str) -> list[str]:
    """Return the ids of the tasks that have a tag, those of the trash among them."""
    return [task_id for (task_id,) in connection.execute(_TAGGED, {"tag": tag_id})]


def merge(connection: Connection, tag_id: str, into: str) -> None:
    """Give the tasks of one tag another one instead, where they do not have it already, and remove the first."""
    connection.execute(_MOVED, {"tag": tag_id, "into": into})
    remove(connection, tag_id)


def remove(connection: Connection, tag_id: str) -> None:
    """Remove a tag, also from every task."""
    connection.execute(_UNLINKED, {"tag": tag_id})
    connection.execute(_REMOVED, {"tag": tag_id})


_link, _other = task_tag_table, task_tag_table.alias("other")
_OF_USER = (
    sa.select(tag_table.c.id, tag_table.c.name, tag_table.c.colour, sa.func.count(task_table.c.id))
    .select_from(
        tag_table.outerjoin(_link, _link.c.tag_id == tag_table.c.id).outerjoin(
            task_table,
            sa.and_(
                task_table.c.id == _link.c.task_id, task_table.c.status == "open", task_table.c.deleted_at.is_(None)
            ),
        )
    )
    .where(tag_table.c.user_id == sa.bindparam("user"))
    .group_by(tag_table.c.id, tag_table.c.name, tag_table.c.colour, tag_table.c.key)
    .order_by(tag_table.c.key)
)
_STORED = (
    sa.update(tag_table)
    .where(tag_table.c.id == sa.bindparam("tag"))
    .values(key=sa.bindparam("new_key"), name=sa.bindparam("new_name"), colour=sa.bindparam("new_colour"))
)
_TAGGED = sa.select(_link.c.task_id).where(_link.c.tag_id == sa.bindparam("tag")).order_by(_link.c.task_id)
_MOVED = (
    sa.update(_link)
    .where(
        _link.c.tag_id == sa.bindparam("tag"),
        _link.c.task_id.not_in(sa.select(_other.c.task_id).where(_other.c.tag_id == sa.bindparam("into"))),
    )
    .values(tag_id=sa.bindparam("into"))
)
_UNLINKED = sa.delete(_link).where(_link.c.tag_id == sa.bindparam("tag"))
_REMOVED = sa.delete(tag_table).where(tag_table.c.id == sa.bindparam("tag"))
