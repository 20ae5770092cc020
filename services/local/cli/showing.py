"""`taskora show | history | tags`: what is read of one task, of what happened, of the tags."""

from collections.abc import Sequence

import click

from services.local.cli import wording
from services.local.cli.choosing import one_of
from services.local.cli.host_client import HostClient, Json
from services.local.cli.screen import Look, Screen, clean, note
from services.local.cli.words import is_number, joined
from taskora.api.problems import from_problem
from taskora.domain.errors import InvalidField, NotUnderstood, Refused

DATES = 4
"""Next dates on the card of a repeating task."""


def show(client: HostClient, screen: Screen, words: Sequence[str]) -> int:
    """Print the card of the task that the words name."""
    task = one_task(client, screen, joined(words))
    dates = _dates(client, task)

    def drawn() -> None:
        from services.local.cli import drawing

        drawing.card(screen, task, dates)

    def plain() -> None:
        click.echo(wording.name(task))
        for label, text in wording.card(task, dates, screen.now):
            click.echo(f"{label + ':':<11}{', '.join(text.splitlines())}")
        for line in task["description"].splitlines():
            click.echo(clean(line))

    screen.show({**task, "dates": dates}, plain, drawn)
    return 0


def one_task(client: HostClient, screen: Screen, reference: str) -> Json:
    """Return the task that words mean, wherever it is. Raises NotFound or Ambiguous."""
    if not reference:
        raise InvalidField("Which task?", advice="Name it by number or title, such as: taskora show dentist")
    if is_number(reference):
        return client.get(f"/tasks/{reference.removeprefix('#')}")
    answer = client.send("POST", "/tasks/lookup", {"items": [{"task": reference}], "scope": "any"})
    result: Json = answer["results"][0]
    if result["ok"]:
        task: Json = result["task"]
        return task
    problem = result["problem"]
    if problem.get("candidates") and screen.asks:
        return client.get(f"/tasks/{one_of(screen, problem)}")
    error = from_problem(problem)
    error.extra.setdefault("candidates", problem.get("candidates"))
    raise error


def history(
    client: HostClient, screen: Screen, words: Sequence[str], *, actor: str | None, limit: int, cursor: str | None
) -> int:
    """Print what happened, newest first: all of it, of a task or in a period."""
    query: dict[str, object] = {"actor": actor, "limit": limit, "cursor": cursor}
    page = _activity(client, screen, joined(words), query)

    def drawn() -> None:
        from services.local.cli import drawing

        drawing.activity(screen, page["activity"])

    def plain() -> None:
        for entry in page["activity"]:
            task = entry.get("task")
            about = f"#{task['number']} {clean(task['title'])}" if task else "-"
            undone = "  (undone)" if entry.get("undone") else ""
            click.echo(
                f"{wording.moment(entry['at'], screen.now)}  {entry['actor_text']}  {about}  {clean(entry['text'])}{undone}"
            )

    screen.show(page, plain, drawn)
    if not page["activity"] and screen.look is not Look.JSON:
        note("Nothing happened.")
    return 0


def _activity(client: HostClient, screen: Screen, text: str, query: dict[str, object]) -> Json:
    if not text:
        return client.get("/activity", query)
    try:
        return client.get("/activity", {**query, "when": text})
    except NotUnderstood:
        return client.get("/activity", {**query, "task": one_task(client, screen, text)["id"]})


def _dates(client: HostClient, task: Json) -> list[Json]:
    if not task.get("repeats") or task["status"] == "completed" or task.get("deleted_at"):
        return []
    try:
        found: list[Json] = client.get(f"/tasks/{task['id']}/dates", {"count": DATES})["dates"]
    except Refused:
        return []
    return found
