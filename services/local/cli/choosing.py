"""Which tasks are meant: candidates are shown where words fit several, and several are shown before they are changed.

At a terminal the person is asked; elsewhere the command is refused, with the way to say it clearly.
"""

from collections.abc import Callable, Sequence

import click

from services.local.cli import wording
from services.local.cli.host_client import HostClient, Json
from services.local.cli.screen import Screen, clean
from services.local.cli.words import Named, readings, wanted
from taskora.api.problems import from_problem
from taskora.domain.errors import NotUnderstood, Refused

SHOWN = 10
PAGE = 200
BATCH = 100
"""Most items of one command."""


class NeedsYes(Refused):
    """Several tasks would be changed, and nobody is there to say yes."""

    code = "needs_yes"
    advice = "Add --yes to do it."


class NotWanted(Refused):
    """Nothing was changed."""

    code = "not_wanted"


def agreed(screen: Screen, tasks: Sequence[Json], verb: str, *, yes: bool) -> None:
    """Let the person see what would happen to several tasks and say yes. Raises NotWanted or NeedsYes."""
    what = f"{verb} {wording.count(len(tasks), 'task')}"
    if yes:
        return
    if not screen.asks:
        named = ", ".join(wording.name(task) for task in tasks[:SHOWN])
        raise NeedsYes(f"This would {what}: {named}{', …' if len(tasks) > SHOWN else ''}.")
    screen.say(f"This would {what}:")
    for line in wording.rows(tasks[:SHOWN]):
        screen.say(f"  {line}")
    if len(tasks) > SHOWN:
        screen.say(f"  … and {len(tasks) - SHOWN} more")
    if not click.confirm("Go on?", default=False):
        raise NotWanted


def found(client: HostClient, screen: Screen, named: Named, scope: str) -> list[Json]:
    """Return the tasks that words name. Raises NotFound, Ambiguous, or NotUnderstood for words of a list that are none."""
    if named.every is not None:
        return everything(client, named.every, scope)
    items: list[Json] = [{"task": reference} for reference in named.references]
    answer = client.send("POST", "/tasks/lookup", {"items": items, "scope": scope})
    tasks = []
    for result in answer["results"]:
        if not result["ok"]:
            task_id = one_of(screen, result["problem"])
            result = client.send("POST", "/tasks/lookup", {"items": [{"task": task_id}], "scope": scope})["results"][0]  # noqa: PLW2901  the settled one
        tasks.append(result["task"])
    return list({task["id"]: task for task in tasks}.values())


def everything(client: HostClient, words: str, scope: str) -> list[Json]:
    """Return every task of a list. Raises NotUnderstood for words that are no period: a search would be a guess."""
    looked = wanted(words.split())
    query: dict[str, object] = {"limit": PAGE, **_within(scope), **looked.query}
    if looked.words:
        query["when"] = " ".join(looked.words)
    tasks: list[Json] = []
    cursor = None
    while True:
        page = client.get("/tasks", {**query, "cursor": cursor})
        tasks += page["tasks"]
        cursor = page.get("next_cursor")
        if not cursor:
            return tasks


def one_of(screen: Screen, problem: Json) -> str:
    """Return the id of the candidate that the person chooses. Raises the problem where nobody can or wants to."""
    candidates: Sequence[Json] = problem.get("candidates") or ()
    if not (screen.asks and candidates):
        raise from_problem(problem)
    screen.say(problem["detail"])
    for place, candidate in enumerate(candidates, start=1):
        due = f"  {candidate['due']}" if candidate.get("due") else ""
        screen.say(f"  {place}  #{candidate['number']} {clean(candidate['title'])}{due}")
    said = click.prompt(f"Which one? 1 to {len(candidates)}, Enter for none", default="", show_default=False)
    by_place = {str(place): one["id"] for place, one in enumerate(candidates, start=1)}
    by_number = {f"#{one['number']}": one["id"] for one in candidates}
    task_id = (by_place | by_number).get(said.strip())
    if task_id is None:
        raise NotWanted
    return str(task_id)


def settled(screen: Screen, send: Callable[[Sequence[Json]], Json], items: Sequence[Json]) -> Json:
    """Send items, and once more, with the task that the person chooses, each for which several fit."""
    answer = send(items)
    for place, result in enumerate(answer["results"]):
        problem = result.get("problem") or {}
        if problem.get("candidates") and screen.asks:
            again = send([{**items[place], "task": one_of(screen, problem)}])
            answer = {**answer, "results": [*answer["results"]]}
            answer["results"][place] = again["results"][0]
    return answer


def read_list(client: HostClient, words: Sequence[str], query: dict[str, object]) -> tuple[Json, str | None]:
    """Return the page that words ask for, as a period, a search or both, and the text that was searched for."""
    for when, text in readings(words):
        try:
            return client.get("/tasks", {**query, "when": when, "text": text}), text
        except NotUnderstood:
            if when is None:
                raise
    raise NotUnderstood


def _within(scope: str) -> dict[str, object]:
    return {"trash": True} if scope == "trash" else {"status": "completed"} if scope == "completed" else {}
