"""Plays a dialogue on a stage of its own, turn by turn, and judges each turn."""

from evals.case import Dialogue, Turn
from evals.dialogue import Seen, judge_turn
from evals.engine import Result
from evals.engines.person import Person, touched
from evals.engines.seeds import seed
from evals.engines.stage import Theatre
from evals.form import Json
from evals.moments import chosen_by
from evals.scorers import Verdict
from taskora.domain.due import local_datetime

USER = "local"


async def play(case: Dialogue, theatre: Theatre) -> Result:
    """Play every turn. Raises UnknownPreference and CannotSeed for what cannot be set up."""
    async with theatre.open_stage(case.moment.now) as stage:
        person = Person(stage, USER, case.moment.tz)
        await person.tasks.set_preferences(chosen_by(case.moment))
        await seed(person, case.tasks)
        shown: list[Json] = []
        judged: dict[str, bool] = {}
        for place, turn in enumerate(case.turns, start=1):
            stage.comes(case.id, place)
            seen = await _take(person, turn)
            shown.append(_show(turn, seen))
            judged |= {f"turn {place} {field}": passed for field, passed in judge_turn(turn.expect, seen).items()}
    failed = tuple(field for field, passed in judged.items() if not passed)
    return Result(case, {"turns": shown}, Verdict(tuple(judged), failed))


async def _take(person: Person, turn: Turn) -> Seen:
    """Let the time pass, say the words, and look at what there is afterwards."""
    stage = person.stage
    stage.set_clock(stage.now + turn.wait)
    await stage.settle()
    await person.new_changes()
    reply = await person.say(turn.say)
    changes = await person.new_changes()
    today = local_datetime(stage.now, person.tz).date()
    called = tuple(name for name, _ in reply.tools)
    return Seen(reply.text, await person.shown(), touched(changes), not changes, today, called)


def _show(turn: Turn, seen: Seen) -> Json:
    return {
        "say": turn.say,
        "reply": seen.reply,
        "changed": seen.changed,
        "asks": seen.asks,
        "tools": list(seen.tools),
        "tasks": seen.tasks,
    }
