"""What the shell completes: titles of open tasks word by word, tags, the usual words for dates. Starts no host."""

import os
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

_MOMENTS = (
    *("today", "tomorrow", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
    *("every", "overdue", "next", "this", "week", "month"),
)
_WHERE: Mapping[str, Mapping[str, object]] = {"reopen": {"status": "completed"}, "restore": {"trash": True}}
_ASKED = 200


def complete_tasks(context: click.Context, _: click.Parameter, incomplete: str) -> list["CompletionItem"]:
    """Complete the name of a task."""
    said = _said(context)
    where = _WHERE.get(context.info_name or "", {})
    return _items(_titles(said, incomplete, _asked("/tasks", {"limit": _ASKED, **where}, "tasks")))


def complete_words(context: click.Context, _: click.Parameter, incomplete: str) -> list["CompletionItem"]:
    """Complete the words after a command: for one that changes a task its name, a tag after "#", words of dates."""
    if incomplete.startswith("#"):
        found = _asked("/tags", {}, "tags")
        return _items((f"#{tag['name']}", "") for tag in found if f"#{tag['name']}".startswith(incomplete))
    moments = [(word, "") for word in _MOMENTS if incomplete and word.startswith(incomplete)]
    if context.info_name not in {"edit", "move", "history", "list"}:
        return _items(moments)
    return _items([*_titles(_said(context), incomplete, _asked("/tasks", {"limit": _ASKED}, "tasks")), *moments])


def _items(found: Iterable[tuple[str, str]]) -> list["CompletionItem"]:
    from click.shell_completion import CompletionItem

    return [CompletionItem(value, help=about or None) for value, about in found]


def _said(context: click.Context) -> list[str]:
    """Return the words that stand before the one to complete."""
    given = context.params.get("task") or context.params.get("words") or ()
    return [str(word) for word in given]


def _titles(said: list[str], incomplete: str, tasks: Iterable[Mapping[str, object]]) -> Iterable[tuple[str, str]]:
    """Yield the next word of each title that begins with what was said, and the number of a task for a digit."""
    begun = [word.casefold() for word in said]
    seen = set()
    for task in tasks:
        about = f"{task['title']} {task.get('due_text') or ''}".strip()
        if not said and incomplete.isdigit() and str(task["number"]).startswith(incomplete):
            yield str(task["number"]), about
        words = str(task["title"]).split()
        if len(words) <= len(begun) or [word.casefold() for word in words[: len(begun)]] != begun:
            continue
        following = words[len(begun)]
        if following.casefold().startswith(incomplete.casefold()) and following not in seen:
            seen.add(following)
            yield following, f"#{task['number']} {about}"


def _asked(path: str, query: Mapping[str, object], member: str) -> list[dict[str, object]]:
    """Ask the running host; nothing where none runs or something is wrong: completion never disturbs."""
    from services.local import host_file, lock
    from services.local.cli.host_client import HostClient
    from taskora.config import Settings
    from taskora.domain.errors import TaskoraError

    try:
        settings = Settings.read(os.environ)
        if not lock.is_held(settings.data_dir) or host_file.read(settings.data_dir) is None:
            return []
        found: list[dict[str, object]] = HostClient(settings, lambda _: None).get(path, query)[member]
    except TaskoraError:
        return []
    return found
