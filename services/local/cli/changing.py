"""`taskora done | reopen | delete | restore | undo`: commands over tasks that words name, and `change`, which they share.

One task is named to the service as it was typed. Several are looked up first, shown, and changed once the person agrees.
"""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from services.local.cli import outcome, wording
from services.local.cli.choosing import BATCH, agreed, found, settled
from services.local.cli.host_client import HostClient, Json
from services.local.cli.outcome import Sentence
from services.local.cli.progress import Progress
from services.local.cli.screen import Look, Screen
from services.local.cli.words import Named, named
from taskora.domain.errors import InvalidField

PATIENCE = 1.5
"""Seconds to wait for the next occurrences of tasks that were completed."""


@dataclass(frozen=True, slots=True)
class Verb:
    """A command over tasks: how it is asked about, its route, and where its tasks are looked for (`open`, `trash`, …)."""

    words: str
    example: str
    method: str
    path: str
    scope: str
    sentence: Sentence


COMPLETE = Verb("complete", "done dentist", "POST", "/tasks/complete", "open", outcome.added)
REOPEN = Verb("reopen", "reopen dentist", "POST", "/tasks/reopen", "completed", outcome.reopened)
DELETE = Verb("move to the trash", "delete dentist", "POST", "/tasks/delete", "any", outcome.deleted)
RESTORE = Verb("bring back", "restore dentist", "POST", "/tasks/restore", "trash", outcome.restored)


def run(client: HostClient, screen: Screen, verb: Verb, words: Sequence[str], *, yes: bool) -> int:
    """Do it to the tasks that the words name and return the exit code."""
    answer, items = change(client, screen, verb, named(words), {}, yes=yes)
    sentence = verb.sentence
    if verb is COMPLETE:
        sentence = outcome.completed(_following(client, answer))
    return outcome.tell(screen, answer, sentence, items)


def undo(client: HostClient, screen: Screen) -> int:
    """Take the last command back."""
    answer = client.send("POST", "/undo", {})
    if screen.look is not Look.JSON:
        screen.say(f"Undone: {answer['undone']}.")
    return outcome.tell(screen, answer, _undone)


def change(
    client: HostClient, screen: Screen, verb: Verb, targets: Named, fields: Mapping[str, object], *, yes: bool
) -> tuple[Json, Sequence[Json]]:
    """Return the answer for the tasks meant, each changed by `fields`, and the items sent. Raises NotWanted or NeedsYes."""

    def send(items: Sequence[Json]) -> Json:
        return client.send(verb.method, verb.path, {"items": list(items)})

    if not targets.several:
        if not targets.references[0]:
            raise InvalidField("Which task?", advice=f"Name it by number or title, such as: taskora {verb.example}")
        items: list[Json] = [{"task": targets.references[0], **fields}]
        return settled(screen, send, items), items
    tasks = found(client, screen, targets, verb.scope)
    if len(tasks) > 1:
        agreed(screen, tasks, verb.words, yes=yes)
    items = [{"task": task["id"], **fields} for task in tasks]
    return _in_batches(screen, send, items), items


def nothing_fits(answer: Json) -> bool:
    """Tell whether a list of tasks to change was empty."""
    return not answer["results"]


def _in_batches(screen: Screen, send: Callable[[Sequence[Json]], Json], items: Sequence[Json]) -> Json:
    answer: Json = {"results": []}
    with Progress(screen, "Working", len(items)) as progress:
        for start in range(0, len(items), BATCH):
            chunk = items[start : start + BATCH]
            part = send(chunk)
            answer = {**part, "results": [*answer["results"], *part["results"]]}
            progress.advance(len(chunk))
    return answer


def _following(client: HostClient, answer: Json) -> dict[str, Json]:
    """Return the next occurrence of each completed task by the id of the completed one; it comes a moment later."""
    following: dict[str, Json] = {}
    deadline = time.monotonic() + PATIENCE
    waiting = [
        result["task"]["id"]
        for result in answer["results"]
        if result["ok"] and (result["task"].get("repeats") or {}).get("state") == "active"
    ]
    pause = 0.01
    while waiting and time.monotonic() < deadline:
        time.sleep(pause)
        pause *= 1.6
        for task_id in tuple(waiting):
            outcome_of_it = client.get(f"/tasks/{task_id}").get("next")
            if outcome_of_it is None:
                continue
            waiting.remove(task_id)
            if outcome_of_it.get("task_id"):
                following[task_id] = client.get(f"/tasks/{outcome_of_it['task_id']}")
    return following


def _undone(task: Json, _: Json) -> str:
    state = "in the trash" if task.get("deleted_at") else task["status"]
    return f"{wording.name(task)} is {state}\n  {wording.details(task)}"
