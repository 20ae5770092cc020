"""`taskora list`: tasks in columns, chosen by words and options."""

from collections.abc import Sequence

import click

from services.local.cli import wording
from services.local.cli.choosing import PAGE, read_list
from services.local.cli.host_client import HostClient, Json
from services.local.cli.screen import Screen, note
from services.local.cli.words import wanted

DEFAULT = 50


def run(
    client: HostClient,
    screen: Screen,
    words: Sequence[str],
    *,
    sort: str | None = None,
    limit: int = DEFAULT,
    cursor: str | None = None,
    tags: Sequence[str] = (),
    text: str | None = None,
) -> int:
    """Print the tasks that the words ask for."""
    looked = wanted(words)
    query = dict(looked.query)
    query.update({name: value for name, value in (("sort", sort), ("cursor", cursor)) if value is not None})
    if tags:
        listed = query.get("tag")
        query["tag"] = [*(listed if isinstance(listed, list) else ()), *(tag.lstrip("#+") for tag in tags)]
    page, searched = _pages(client, looked.words, query, limit, text)
    heading = _heading(page, query, searched or text)

    def drawn() -> None:
        from services.local.cli import drawing

        drawing.tasks(screen, page["tasks"], heading)

    def plain() -> None:
        for line in wording.rows(page["tasks"]):
            click.echo(line)
        if not page["tasks"]:
            note(heading)

    screen.show(page, plain, drawn)
    if page.get("next_cursor") and not cursor:
        note(f"There are more: taskora list --limit {limit * 2} …, or name a day, a #tag or a priority.")
    return 0


def _pages(
    client: HostClient, words: Sequence[str], query: dict[str, object], limit: int, text: str | None
) -> tuple[Json, str | None]:
    """Return as many tasks as were asked for as one page."""
    asked = {**query, "limit": min(limit, PAGE)}
    if text is not None:
        page, searched = client.get("/tasks", {**asked, "text": text, "when": " ".join(words) or None}), None
    else:
        page, searched = read_list(client, words, asked)
    when = None if not page.get("period") else " ".join(words)
    while page.get("next_cursor") and len(page["tasks"]) < limit:
        rest = {**asked, "limit": min(limit - len(page["tasks"]), PAGE), "cursor": page["next_cursor"]}
        following = client.get("/tasks", {**rest, "when": when, "text": searched or text})
        page = {**following, "tasks": [*page["tasks"], *following["tasks"]]}
    return page, searched


def _heading(page: Json, query: dict[str, object], text: str | None) -> str:
    """Say what is listed: "3 open tasks · #home · Mon 23 Nov 2026 to Sun 29 Nov 2026"."""
    number = len(page["tasks"])
    parts = [f"{number or 'No'} {_kind(query)}task{'' if number == 1 else 's'}"]
    if query.get("overdue"):
        parts.append("overdue")
    parts += [f"{query['priority']} priority"] if query.get("priority") else []
    parts += [f"{query['min_priority']} priority and above"] if query.get("min_priority") else []
    tags = query.get("tag")
    parts += [f"#{tag}" for tag in tags] if isinstance(tags, list) else []
    parts += [str(page["period"]["text"])] if page.get("period") else []
    parts += [f"with “{text}”"] if text else []
    return " · ".join(parts)


def _kind(query: dict[str, object]) -> str:
    if query.get("trash"):
        return "deleted "
    return {"completed": "completed ", "all": ""}.get(str(query.get("status")), "open ")
