"""Judges a turn of a dialogue by what was said and stored after it."""

import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from evals.form import ALT, Json
from evals.scorers import accepted, judge_keys
from taskora.domain.task import Status

_QUESTION = re.compile(r"\?[\"')\]]*(\s|$)")


@dataclass(frozen=True, slots=True)
class Seen:
    """What there is after a turn: the reply, every stored task in the form of the cases, and what the turn touched.

    `changed` counts the tasks that the turn's own commands changed; `untouched` says that nothing at all was changed,
    also not by a worker. `tools` are the names of those that were called, in their order.
    """

    reply: str
    tasks: Sequence[Json]
    changed: int
    untouched: bool
    today: dt.date
    tools: Sequence[str] = ()

    @property
    def asks(self) -> bool:
        """Tell whether the reply is a question and nothing changed."""
        return self.untouched and bool(_QUESTION.search(self.reply))


def judge_turn(expect: Json, seen: Seen) -> dict[str, bool]:
    """Tell by field whether a turn came out as expected."""
    fields = dict.fromkeys(name.removesuffix(ALT) for name in expect)
    return {field: any(_JUDGES[field](value, seen) for value in accepted(expect, field)) for field in fields}


def matching(wanted: Json, tasks: Sequence[Json], today: dt.date) -> list[Json]:
    """Return the tasks that have every key that `wanted` gives; without a status the open ones are meant."""
    known = {"status": Status.OPEN, **{key: value for key, value in wanted.items() if not _unsaid(key, value)}}
    status = known.pop("status")
    return [task for task in tasks if task.get("status") == status and all(judge_keys(known, task, today).values())]


def _unsaid(key: str, value: object) -> bool:
    return key == "priority" and value is None


def _each_once(wanted: object, seen: Seen) -> bool:
    return isinstance(wanted, list) and all(len(matching(one, seen.tasks, seen.today)) == 1 for one in wanted)


def _open(seen: Seen) -> list[Json]:
    return [task for task in seen.tasks if task.get("status") == Status.OPEN]


def _absent(wanted: object, seen: Seen) -> bool:
    titles = {str(task.get("title")).strip().casefold() for task in _open(seen)}
    return isinstance(wanted, list) and titles.isdisjoint(str(title).strip().casefold() for title in wanted)


def _holds(wanted: object, seen: Seen) -> bool:
    return isinstance(wanted, list) and all(str(piece) in seen.reply for piece in wanted)


def _holds_none(wanted: object, seen: Seen) -> bool:
    return isinstance(wanted, list) and not any(str(piece) in seen.reply for piece in wanted)


def _called(wanted: object, seen: Seen) -> bool:
    return isinstance(wanted, list) and set(seen.tools) >= set(wanted)


def _called_none(wanted: object, seen: Seen) -> bool:
    return isinstance(wanted, list) and set(seen.tools).isdisjoint(wanted)


_JUDGES: Mapping[str, Callable[[object, Seen], bool]] = {
    "asks": lambda wanted, seen: bool(wanted) == seen.asks,
    "tasks": _each_once,
    "count": lambda wanted, seen: wanted == len(_open(seen)),
    "absent": _absent,
    "reply": _holds,
    "reply_not": _holds_none,
    "changed": lambda wanted, seen: wanted == seen.changed,
    "tools": _called,
    "tools_not": _called_none,
}
