"""What became of a command: a sentence for each task, what was assumed, and why an item was refused."""

from collections.abc import Callable, Mapping, Sequence

from services.local import exits
from services.local.cli import wording
from services.local.cli.host_client import Json
from services.local.cli.screen import Look, Screen, clean, note
from taskora.api.problems import from_problem

Sentence = Callable[[Json, Json], str]
"""Tells what happened to a task; it gets the task and the item that was sent."""


def tell(screen: Screen, answer: Json, sentence: Sentence, sent: Sequence[Json] = ()) -> int:
    """Print the answer and return the exit code: 1 when an item was refused."""
    failed = [result for result in answer["results"] if not result["ok"]]
    if screen.look is Look.JSON:
        screen.json(answer)
        return exits.REFUSED if failed else 0
    for place, result in enumerate(answer["results"]):
        if result["ok"]:
            _tell_one(screen, result, sentence(result["task"], sent[place] if place < len(sent) else {}))
    for result in failed:
        refuse(result["problem"])
    return exits.REFUSED if failed else 0


def refuse(problem: Json) -> None:
    """Print why an item was refused, with the tasks that may have been meant."""
    note(clean(exits.line_of(from_problem(problem))))
    for candidate in problem.get("candidates") or ():
        due = f"  {candidate['due']}" if candidate.get("due") else ""
        note(f"  #{candidate['number']} {clean(candidate['title'])}{due}")


def added(task: Json, _: Json) -> str:
    """Tell of a new task."""
    return f"Added {wording.name(task)}\n  {wording.details(task)}"


def changed(task: Json, _: Json) -> str:
    """Tell of a changed task."""
    return f"Changed {wording.name(task)}\n  {wording.details(task)}"


def moved(task: Json, _: Json) -> str:
    """Tell of a task with another date."""
    return f"Moved {wording.name(task)} to {wording.when(task) or 'no date'}"


def reopened(task: Json, _: Json) -> str:
    """Tell of a task that is open again."""
    return f"Opened {wording.name(task)} again\n  {wording.details(task)}"


def deleted(task: Json, _: Json) -> str:
    """Tell of a task in the trash."""
    stops = " and it repeats no more" if task.get("repeats") else ""
    return f"Moved {wording.name(task)} to the trash{stops}; `taskora undo` brings it back"


def restored(task: Json, _: Json) -> str:
    """Tell of a task that came back."""
    return f"Brought back {wording.name(task)}\n  {wording.details(task)}"


def completed(following: Mapping[str, Json]) -> Sentence:
    """Tell of a done task with its next occurrence, by the id of the done one."""

    def sentence(task: Json, _: Json) -> str:
        said = f"Completed {wording.name(task)}"
        successor = following.get(task["id"])
        return said if successor is None else f"{said}\n  Next: {wording.name(successor)}, {wording.when(successor)}"

    return sentence


def _tell_one(screen: Screen, result: Json, said: str) -> None:
    first, _, rest = said.partition("\n")
    verb, _, after = first.partition(" ")
    screen.say(f"{screen.styled(verb, fg='green', bold=True)} {after}")
    for line in rest.splitlines():
        screen.say(line, dim=True) if not line.startswith("  Next") else screen.say(line)
    for assumption in result.get("assumptions") or ():
        screen.say(f"  ({clean(assumption)})", fg="yellow")
    for left in result.get("left") or ():
        screen.say(f"  (“{clean(left)}” stayed in the title)", fg="yellow")
