"""Says the phrase of a case to the agent, as a user of its own on a shared stage, with the tasks in store that it needs."""

import datetime as dt

from evals.case import Phrase
from evals.dialogue import Seen
from evals.engine import Result
from evals.engines.observation import Observation, judgeable, read_back
from evals.engines.person import Person
from evals.engines.seeds import seed
from evals.engines.stage import Stage
from evals.form import Json
from evals.moments import chosen_by, local_day
from evals.scorers import judge_phrase
from evals.stored import show_task
from taskora.domain.task import Status
from taskora.nlu.reading import Intent

_STATE_BEFORE = {Intent.REOPEN: "completed", Intent.RESTORE: "trash"}
_REPEATING = frozenset({Intent.SKIP, Intent.STOP_SERIES})
_TIMED = frozenset({Intent.REMIND, Intent.SNOOZE})


async def say(case: Phrase, stage: Stage) -> Result:
    """Say the phrase and judge what came of it. Raises UnknownPreference and CannotSeed for what cannot be set up."""
    expected = _commands(case.expect)
    today = local_day(case.moment)
    stage.set_clock(case.moment.now)
    stage.comes(case.id, 1)
    person = Person(stage, f"eval-{case.id}", case.moment.tz)
    await person.tasks.set_preferences(chosen_by(case.moment))
    needed = [task for command in expected for task in _needed(command, today)]
    await seed(person, needed)
    got = read_back(expected, await _observe(person, case.text, today, stocked=bool(needed)))
    wanted = [judgeable(command) for command in expected]
    verdict = judge_phrase({"commands": wanted} if "commands" in case.expect else wanted[0], got, today)
    return Result(case, got[0] if len(got) == 1 else {"commands": got}, verdict)


def _commands(expect: Json) -> list[Json]:
    commands = expect.get("commands")
    return list(commands) if isinstance(commands, list) else [expect]


async def _observe(person: Person, text: str, today: dt.date, *, stocked: bool) -> Observation:
    """Say the line and look at the tasks before and after; with nothing in store there is nothing to see before."""
    before = await _tasks(person, trash=True) if stocked else {}
    reply = await person.say(text)
    after = await _tasks(person, trash=stocked)
    asks = Seen(reply.text, list(after.values()), 0, before == after, today).asks
    return Observation(reply, asks, before, after)


async def _tasks(person: Person, *, trash: bool) -> dict[int, Json]:
    return {task.number: show_task(task, person.tz) for task in await person.stored(trash=trash)}


def _needed(command: Json, today: dt.date) -> list[Json]:
    """Return the tasks that a command is about: the one that its target names, or two that its filter means."""
    target, filter_ = command.get("target"), command.get("filter")
    if isinstance(target, str) and not target.startswith("#"):
        return [{"title": target, **_state(command, today)}]
    if isinstance(filter_, dict) and command.get("needs_confirmation"):
        return [{"title": title, **_fitting(filter_, today)} for title in ("polish the boots", "sharpen the knives")]
    return []


def _state(command: Json, today: dt.date) -> Json:
    """Return the fields that a task needs so that the command can change them."""
    intent = Intent(str(command.get("intent")))
    changes = command.get("changes")
    changed = changes if isinstance(changes, dict) else {}
    state: dict[str, object] = {}
    if intent in _STATE_BEFORE:
        state["status"] = _STATE_BEFORE[intent]
    if intent in _REPEATING:
        state |= {"due": _days_on(today, 1) + "T09:00", "rrule": "FREQ=DAILY"}
    if intent in _TIMED or ("due" in changed and changed["due"] is None):
        state["due"] = _days_on(today, 9) + "T15:00"
    if changed.get("tags_remove"):
        state["tags"] = changed["tags_remove"]
    return state


def _fitting(filter_: Json, today: dt.date) -> Json:
    """Return the fields of a task that a filter means."""
    due = filter_.get("due_from") or filter_.get("due_to") or (_days_on(today, -1) if filter_.get("overdue") else None)
    found = {
        "due": due,
        "tags": filter_.get("tags"),
        "priority": filter_.get("priority"),
        "status": filter_.get("status") if filter_.get("status") == Status.COMPLETED else None,
    }
    return {key: value for key, value in found.items() if value is not None}


def _days_on(today: dt.date, days: int) -> str:
    return (today + dt.timedelta(days=days)).isoformat()
