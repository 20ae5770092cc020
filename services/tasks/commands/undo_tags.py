"""Undo of a command on tags: former names and colours, and tags that went with the tasks that had them.

Commands are taken back from the last one on, so what a tag was given since has been taken from it before. A name that
another tag has by now joins the two, as renaming does.
"""

from collections.abc import Sequence
from typing import Any

from services.tasks.store import tag_links, tags, tasks
from services.tasks.store.tag_links import Place
from services.tasks.store.tags import Tag
from services.tasks.work import Work
from taskora.domain.fields import tag_key
from taskora.storage.changes import Change, NumberedChange


def take_back_tags(work: Work, log: Sequence[NumberedChange]) -> str:
    """Take the changes of a command on tags back, whose tasks are remembered, and return in words what they were."""
    for numbered in reversed(log):
        change = numbered.change
        if "deleted" in change.fields:
            _bring_back(work, change)
        else:
            _give_back(work, change)
    return _words([numbered.change for numbered in log])


def are_remembered(log: Sequence[NumberedChange]) -> bool:
    """Tell whether the tasks are known that had the tags which went: there may have been too many, or it was long ago."""
    gone = (numbered.change for numbered in log if "deleted" in numbered.change.fields)
    return all(change.more.get("tasks") is not None for change in gone)


def _give_back(work: Work, change: Change) -> None:
    """Give a tag its former name and colour; one that is gone by now stays away."""
    present = tag_links.by_id(work.connection, work.user.user_id, change.subject)
    if present is None:
        return
    former = {name: values[0] for name, values in _fields(change).items()}
    tag = Tag(present.id, former.get("name", present.name), former.get("colour", present.colour))
    other = _named(work, tag.name)
    if other is not None and other.id != tag.id:
        tag = Tag(tag.id, present.name, tag.colour)
    if tag != present:
        tags.store(work.connection, tag)
        work.note_tag(present, tag)
        tasks.index_anew(work.connection, work.user.user_id, tags.tagged(work.connection, tag.id))


def _bring_back(work: Work, change: Change) -> None:
    """Bring a tag back to the tasks that had it, and take from them the one that they got instead."""
    had, moved = _places(change, "tasks"), _places(change, "moved")
    name = str(change.snapshot["name"])
    tag = _named(work, name)
    if tag is None:
        colour = change.snapshot["colour"]
        tag = Tag(change.subject, name, colour if isinstance(colour, str) else None)
        tag_links.add(work.connection, work.user.user_id, tag)
        work.note_tag(None, tag)
    into = change.more.get("into")
    if isinstance(into, str) and into != tag.id:
        tag_links.unlink(work.connection, into, [task_id for task_id, _ in moved])
    tag_links.link(work.connection, work.user.user_id, tag.id, had)
    tasks.index_anew(work.connection, work.user.user_id, [task_id for task_id, _ in had])


def _named(work: Work, name: str) -> Tag | None:
    return tags.known(work.connection, work.user.user_id, [name]).get(tag_key(name))


def _places(change: Change, name: str) -> list[Place]:
    kept: Any = change.more.get(name) or ()
    return [(task_id, place) for task_id, place in kept]


def _fields(change: Change) -> dict[str, Any]:
    return dict(change.fields)


def _words(changes: Sequence[Change]) -> str:
    subjects = {change.subject for change in changes}
    first = changes[0]
    if len(subjects) > 1 and not any("into" in change.more for change in changes):
        return f"changing {len(subjects)} tags"
    if "deleted" in first.fields:
        return f"{'joining' if 'into' in first.more else 'removing'} the tag “{first.snapshot['name']}”"
    if "name" in first.fields:
        return f"renaming the tag “{_fields(first)['name'][0]}”"
    return f"colouring the tag “{first.snapshot['name']}”"
