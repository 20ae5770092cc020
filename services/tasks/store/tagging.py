"""Conditions on the tags of a task, by the keys of the tags: names that were never used stand for no tag at all."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy import ColumnElement

from services.tasks.store.tables import tag_table, task_table, task_tag_table

_link, _tag = task_tag_table.c, tag_table.c


def tag_of(name: str) -> sa.ScalarSelect[str]:
    """Select the id of the user's tag whose key is the value of that name."""
    return (
        sa.select(_tag.id)
        .where(_tag.user_id == sa.bindparam("user"), _tag.key == sa.bindparam(name, type_=_tag.key.type))
        .scalar_subquery()
    )


def has_tag(name: str) -> ColumnElement[bool]:
    """Ask of a task whether it has a tag."""
    has: sa.Select[Any] = sa.select(sa.literal_column("1")).where(
        _link.task_id == task_table.c.id, _link.tag_id == tag_of(name)
    )
    return has.correlate(task_table).exists()


def having(name: str) -> sa.Select[Any]:
    """Select the ids of the tasks that have one of the tags of a list."""
    keys = _tag.key.in_(sa.bindparam(name, expanding=True, type_=_tag.key.type))
    return sa.select(_link.task_id).where(
        _link.tag_id.in_(sa.select(_tag.id).where(_tag.user_id == sa.bindparam("user"), keys))
    )


def without_tags() -> ColumnElement[bool]:
    """Ask of a task whether it has no tag."""
    tagged: sa.Select[Any] = sa.select(sa.literal_column("1")).where(_link.task_id == task_table.c.id)
    return sa.not_(tagged.correlate(task_table).exists())
