"""The tasks of a tag: which have it at which place, and how they get it back. Tags themselves are in `tags`."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy import Connection

from services.tasks.store.tables import tag_table, task_table, task_tag_table
from services.tasks.store.tags import Tag
from taskora.domain.fields import tag_key

_link = task_tag_table.c
_BY_ID = sa.select(tag_table.c.name, tag_table.c.colour).where(
    tag_table.c.user_id == sa.bindparam("user"), tag_table.c.id == sa.bindparam("tag")
)
_PLACES = sa.select(_link.task_id, _link.position).where(_link.tag_id == sa.bindparam("tag")).order_by(_link.task_id)
_TAKING = sa.select(task_table.c.id).where(
    task_table.c.user_id == sa.bindparam("user"),
    task_table.c.id.in_(sa.bindparam("tasks", expanding=True)),
    task_table.c.id.not_in(sa.select(_link.task_id).where(_link.tag_id == sa.bindparam("tag"))),
)
_ADDED = sa.insert(tag_table)
_LINKED = sa.insert(task_tag_table)
_other = task_tag_table.alias("other")
_SHIFTED = (
    sa.update(task_tag_table)
    .where(
        _link.position >= sa.bindparam("place"),
        _link.task_id.in_(
            sa.select(_other.c.task_id).where(
                _other.c.position == sa.bindparam("place"),
                _other.c.task_id.in_(sa.bindparam("tasks", expanding=True)),
            )
        ),
    )
    .values(position=_link.position + 1)
)
_UNLINKED = sa.delete(task_tag_table).where(
    _link.tag_id == sa.bindparam("tag"), _link.task_id.in_(sa.bindparam("tasks", expanding=True))
)

Place = tuple[str, int]
"""The id of a task, and at which place of its tags it has the tag."""


def by_id(connection: Connection, user_id: str, tag_id: str) -> Tag | None:
    """Return a tag of the user."""
    row = connection.execute(_BY_ID, {"user": user_id, "tag": tag_id}).first()
    return None if row is None else Tag(tag_id, row.name, row.colour)


def places(connection: Connection, tag_id: str) -> list[Place]:
    """Return the tasks that have a tag, those of the trash among them, each with the place of the tag."""
    return [(row.task_id, row.position) for row in connection.execute(_PLACES, {"tag": tag_id})]


def add(connection: Connection, user_id: str, tag: Tag) -> None:
    """Add a tag; the user has none of that name."""
    row = {"id": tag.id, "user_id": user_id, "key": tag_key(tag.name), "name": tag.name, "colour": tag.colour}
    connection.execute(_ADDED, row)


def link(connection: Connection, user_id: str, tag_id: str, wanted: Sequence[Place]) -> None:
    """Give tasks a tag at a place among their tags, where they are still there and do not have it."""
    if not wanted:
        return
    ids = [task_id for task_id, _ in wanted]
    taking = set(connection.execute(_TAKING, {"user": user_id, "tag": tag_id, "tasks": ids}).scalars())
    for place in {place for _, place in wanted}:
        there = [task_id for task_id, one in wanted if one == place and task_id in taking]
        if there:
            connection.execute(_SHIFTED, {"place": place, "tasks": there})
            rows = [{"task_id": task_id, "tag_id": tag_id, "position": place} for task_id in there]
            connection.execute(_LINKED, rows)


def unlink(connection: Connection, tag_id: str, task_ids: Sequence[str]) -> None:
    """Take a tag off tasks."""
    if task_ids:
        connection.execute(_UNLINKED, {"tag": tag_id, "tasks": task_ids})
