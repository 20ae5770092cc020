"""Commands on tags: another name, another colour, or away with it.

A tag that goes leaves in the change log which tasks had it, so that `undo_tags` can bring it back to them.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from services.tasks import render
from services.tasks.commands.run import Answer
from services.tasks.store import tag_links, tags, tasks
from services.tasks.store.tag_links import Place
from services.tasks.store.tags import Tag
from services.tasks.work import Work
from taskora.domain.errors import NotFound, Refused
from taskora.domain.fields import check_colour, check_tags, tag_key

REMEMBERED = 2000
"""Most tasks of a tag that goes which an event can hold; what more tasks had does not come back by undo."""
Result = dict[str, Any]
TagItem = Callable[[Work], Result]


def change_tags(work: Work, items: Sequence[TagItem | Refused], *, atomic: bool = False) -> Answer:
    """Carry out each item, or all of them or none, and return one result for each."""
    outcomes: Sequence[Result | Refused] = (
        work.all_or_none(items)
        if atomic
        else [item if isinstance(item, Refused) else work.attempt(item) for item in items]
    )
    results = [
        {"ok": False, "problem": render.problem(one, work.user.zone)}
        if isinstance(one, Refused)
        else {"ok": True, **one}
        for one in outcomes
    ]
    return {"command_id": work.caller.command_id, "results": results}


def update_tag(named: str, sent: dict[str, Any]) -> TagItem:
    """Return the item that renames or colours a tag; a name that another tag has joins the two."""

    def item(work: Work) -> Result:
        before = _find(work, named)
        (name,) = check_tags([sent["name"]], "name") if sent.get("name") is not None else (before.name,)
        colour = check_colour(sent["colour"]) if "colour" in sent else before.colour
        tag = replace(before, name=name, colour=colour)
        other = tags.known(work.connection, work.user.user_id, [name]).get(tag_key(name))
        if other is not None and other.id != before.id:
            return _joined(work, before, replace(other, colour=colour if "colour" in sent else other.colour))
        if tag != before:
            tags.store(work.connection, tag)
            work.note_tag(before, tag)
            tasks.index_anew(work.connection, work.user.user_id, tags.tagged(work.connection, tag.id))
        return {"tag": {"name": tag.name, "colour": tag.colour}}

    return item


def delete_tag(named: str) -> TagItem:
    """Return the item that takes a tag away, also from its tasks."""

    def item(work: Work) -> Result:
        tag = _find(work, named)
        had = tag_links.places(work.connection, tag.id)
        tags.remove(work.connection, tag.id)
        work.note_tag(tag, None, {"tasks": _remembered(had)})
        tasks.index_anew(work.connection, work.user.user_id, [task_id for task_id, _ in had])
        return {"tag": None, "assumptions": [f"taken off {len(had)} tasks"] if had else []}

    return item


def _joined(work: Work, tag: Tag, into: Tag) -> Result:
    """Give the tasks of a tag another one instead; `into` may have a new colour."""
    had = tag_links.places(work.connection, tag.id)
    both = {task_id for task_id, _ in tag_links.places(work.connection, into.id)}
    before = tag_links.by_id(work.connection, work.user.user_id, into.id)
    tags.merge(work.connection, tag.id, into.id)
    tags.store(work.connection, into)
    moved = [place for place in had if place[0] not in both]
    work.note_tag(tag, None, {"tasks": _remembered(had), "into": into.id, "moved": _remembered(moved)})
    if before != into:
        work.note_tag(before, into)
    tasks.index_anew(work.connection, work.user.user_id, [task_id for task_id, _ in had])
    said = f"joined with the tag “{into.name}” that was there already"
    return {"tag": {"name": into.name, "colour": into.colour}, "assumptions": [said]}


def _remembered(had: Sequence[Place]) -> list[list[object]] | None:
    """Return the tasks of a tag for the change log; nothing when there are too many for an event."""
    return None if len(had) > REMEMBERED else [[task_id, place] for task_id, place in had]


def _find(work: Work, named: str) -> Tag:
    (name,) = check_tags([named], "tag")
    tag = tags.known(work.connection, work.user.user_id, [name]).get(tag_key(name))
    if tag is None:
        raise NotFound(f"There is no tag “{name}”.", field="tag", advice="List the tags to see what there is.")
    return tag
